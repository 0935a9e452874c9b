"""Addresses of the first day."""

from django.urls import path

from . import views

urlpatterns = [
    path("bat-dau/", views.BeginView.as_view(), name="begin"),
    path("du-lieu-mau/", views.SampleView.as_view(), name="sample"),
]
