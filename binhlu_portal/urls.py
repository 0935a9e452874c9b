"""Addresses of the portal; every app lists its own."""

from django.urls import include, path

from .views import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("", include("binhlu_portal.accounts.urls")),
    path("", include("reports.urls")),
]
