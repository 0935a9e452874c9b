"""Addresses of reports of change."""

from django.urls import path

from . import views

urlpatterns = [
    path("bao-thay-doi/", views.ChangeView.as_view(), name="change"),
    path("bao-thay-doi/<int:pk>/ghi/", views.ChangeReportWriteView.as_view(), name="change-report-write"),
    path("bao-thay-doi/<int:pk>/<slug:action>/", views.ChangeReportStepView.as_view(), name="change-report-step"),
    path("bao-thay-doi/<slug:change>/", views.ChangeReportCreateView.as_view(), name="change-report-new"),
]
