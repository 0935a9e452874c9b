"""Addresses of the checks."""

from django.urls import path

from . import views

urlpatterns = [
    path("kiem-tra/", views.ChecksView.as_view(), name="checks"),
    path("kiem-tra/<slug:code>/", views.CheckListView.as_view(), name="check"),
    path("kiem-tra/<slug:code>/xuat.<form>", views.CheckFileView.as_view(), name="check-file"),
]
