"""Addresses of the import."""

from django.urls import path

from . import views

urlpatterns = [
    path("nhap-excel/", views.Files.as_view(), name="imports"),
    path("nhap-excel/tep-mau.xlsx", views.EmptyWorkbook.as_view(), name="workbook-empty"),
    path("nhap-excel/du-lieu.xlsx", views.FilledWorkbook.as_view(), name="workbook-filled"),
    path("nhap-excel/<int:pk>/", views.File.as_view(), name="import"),
    path("nhap-excel/<int:pk>/tep-loi/", views.ReturnedFile.as_view(), name="import-returned"),
    path("nhap-excel/<int:pk>/hoan-tac/", views.Undo.as_view(), name="import-undo"),
]
