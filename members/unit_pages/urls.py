"""Addresses of the pages of party organizations."""

from django.urls import path

from . import views

urlpatterns = [
    path("to-chuc/", views.UnitTreeView.as_view(), name="units"),
    path("to-chuc/xuat.<form>", views.UnitTreeFileView.as_view(), name="units-file"),
    path("to-chuc/<slug:code>/", views.UnitDetailView.as_view(), name="unit"),
]
