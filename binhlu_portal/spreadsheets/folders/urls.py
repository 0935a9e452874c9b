"""Addresses of files sent together."""

from django.urls import path

from . import views

urlpatterns = [
    path("nhap-excel/nhom/<int:pk>/", views.FolderView.as_view(), name="folder"),
    path("nhap-excel/nhom/<int:pk>/hoan-tac/", views.RevertFolderView.as_view(), name="folder-undo"),
]
