"""Address of the dashboard."""

from django.urls import path

from . import views

urlpatterns = [
    path("tong-quan/", views.DashboardView.as_view(), name="dashboard"),
]
