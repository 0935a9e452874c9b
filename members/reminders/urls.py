"""Addresses of reminders."""

from django.urls import path

from . import views

urlpatterns = [
    path("nhac-viec/", views.Month.as_view(), name="reminders"),
    path("nhac-viec/<slug:kind>/", views.ReminderList.as_view(), name="reminder"),
    path("nhac-viec/<slug:kind>/xuat.<form>", views.ReminderFile.as_view(), name="reminder-file"),
]
