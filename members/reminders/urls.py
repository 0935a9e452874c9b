"""Addresses of reminders."""

from django.urls import path

from . import views

urlpatterns = [
    path("nhac-viec/", views.RemindersView.as_view(), name="reminders"),
    path("nhac-viec/huy-hieu/ghi-ca-dot/", views.AwardView.as_view(), name="badges-award"),
    path("nhac-viec/<slug:kind>/", views.ReminderListView.as_view(), name="reminder"),
    path("nhac-viec/<slug:kind>/xuat.<form>", views.ReminderFileView.as_view(), name="reminder-file"),
]
