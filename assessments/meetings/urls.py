"""Addresses of meetings: those of a month, one by the names of those who were there."""

from django.urls import path

from . import views

urlpatterns = [
    path("sinh-hoat-thang/", views.MeetingMonthView.as_view(), name="meetings-month"),
    path("sinh-hoat-thang/<slug:unit>/", views.MeetingByNameView.as_view(), name="meeting-by-name"),
]
