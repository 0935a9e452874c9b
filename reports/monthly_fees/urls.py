"""Addresses of a month's Party fees."""

from django.urls import path

from . import views

urlpatterns = [
    path("dang-phi/", views.MonthlyFeesView.as_view(), name="monthly-fees"),
    path("dang-phi.xlsx", views.MonthlyFeesFileView.as_view(), name="monthly-fees-file"),
]
