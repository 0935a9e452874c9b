"""Addresses of the ratings of a year."""

from django.urls import path

from . import views

urlpatterns = [
    path("xep-loai/", views.Ratings.as_view(), name="ratings"),
    path("xep-loai/to-chuc/", views.UnitGrid.as_view(), name="rating-units"),
    path("xep-loai/<slug:code>/", views.MemberGrid.as_view(), name="rating-grid"),
]
