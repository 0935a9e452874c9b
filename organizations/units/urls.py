"""Addresses of units that are brought in many at once, and of what is offered while one is searched."""

from django.urls import path

from . import views

urlpatterns = [
    path("to-chuc/<slug:code>/them-nhieu/", views.NewUnitsView.as_view(), name="units-add"),
    path("goi-y/to-chuc/", views.UnitSuggestionsView.as_view(), name="unit-suggestions"),
]
