"""Addresses of the meetings of a month."""

from django.urls import path

from . import views

urlpatterns = [path("sinh-hoat-thang/", views.MeetingMonthView.as_view(), name="meetings-month")]
