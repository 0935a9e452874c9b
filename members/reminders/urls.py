"""Addresses of reminders."""

from django.urls import path

from . import views

urlpatterns = [
    path("nhac-viec/", views.RemindersView.as_view(), name="reminders"),
    path("nhac-viec/<slug:kind>/", views.ReminderListView.as_view(), name="reminder"),
    path("nhac-viec/<slug:kind>/xuat.<form>", views.ReminderFileView.as_view(), name="reminder-file"),
]
