"""Addresses of the wizards that change party organizations."""

from django.urls import path

from . import views

urlpatterns = [path("to-chuc/<slug:code>/<slug:action>/", views.UnitChangeView.as_view(), name="unit-form")]
