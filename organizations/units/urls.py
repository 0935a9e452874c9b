"""Addresses of units that are brought in many at once."""

from django.urls import path

from . import views

urlpatterns = [path("to-chuc/<slug:code>/them-nhieu/", views.NewUnitsView.as_view(), name="units-add")]
