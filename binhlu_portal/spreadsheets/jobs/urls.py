"""Addresses of the import."""

from django.urls import path

from . import views

urlpatterns = [
    path("nhap-excel/", views.BatchListView.as_view(), name="imports"),
    path("nhap-excel/tep-mau.xlsx", views.EmptyWorkbookView.as_view(), name="workbook-empty"),
    path("nhap-excel/du-lieu.xlsx", views.FilledWorkbookView.as_view(), name="workbook-filled"),
    path("nhap-excel/<int:pk>/", views.BatchView.as_view(), name="import"),
    path("nhap-excel/<int:pk>/tep-loi/", views.ErrorWorkbookView.as_view(), name="import-returned"),
    path("nhap-excel/<int:pk>/hoan-tac/", views.RevertBatchView.as_view(), name="import-undo"),
]
