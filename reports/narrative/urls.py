"""Addresses of the report of a period."""

from django.urls import path

from . import views

urlpatterns = [
    path("ky-bao-cao/<int:pk>/bao-cao/", views.ReportPage.as_view(), name="period-report"),
    path("ky-bao-cao/<int:pk>/bao-cao/tep.<form>", views.ReportFile.as_view(), name="period-report-file"),
    path("ky-bao-cao/<int:pk>/bao-cao/muc/<section>/", views.WriteText.as_view(), name="period-report-text"),
    path("ky-bao-cao/<int:pk>/bao-cao/mau/", views.UseTemplate.as_view(), name="report-template"),
    path("ky-bao-cao/<int:pk>/bao-cao/mau/bo/", views.UseOwnTemplate.as_view(), name="report-template-own"),
    path("ky-bao-cao/<int:pk>/bao-cao/mau/tai/", views.TemplateFile.as_view(), name="report-template-file"),
]
