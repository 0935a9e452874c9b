"""Addresses of the checks."""

from django.urls import path

from . import views

urlpatterns = [
    path("kiem-tra/", views.Checks.as_view(), name="checks"),
    path("kiem-tra/<slug:code>/", views.CheckList.as_view(), name="check"),
    path("kiem-tra/<slug:code>/xuat.<form>", views.CheckFile.as_view(), name="check-file"),
]
