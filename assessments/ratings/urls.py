"""Addresses of the ratings of a year."""

from django.urls import path

from . import views

urlpatterns = [
    path("xep-loai/", views.RatingProgressView.as_view(), name="ratings"),
    path("xep-loai/xuat.<form>", views.RatingProgressFileView.as_view(), name="ratings-file"),
    path("xep-loai/to-chuc/", views.UnitRatingsView.as_view(), name="rating-units"),
    path("xep-loai/<slug:code>/", views.MemberRatingsView.as_view(), name="rating-grid"),
]
