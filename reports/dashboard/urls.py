"""Addresses of the dashboard."""

from django.urls import path

from . import views

urlpatterns = [
    path("tong-quan/", views.DashboardView.as_view(), name="dashboard"),
    path("tong-quan/theo-don-vi/", views.ComparisonView.as_view(), name="comparison"),
    path("tong-quan/theo-don-vi/xuat.<form>", views.ComparisonFileView.as_view(), name="comparison-file"),
]
