"""Addresses of the report of a period."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("ky-bao-cao/<int:pk>/bao-cao/nguoi-ky/", views.SignatureView.as_view(), name="period-signature"),
    path("ky-bao-cao/<int:pk>/bao-cao/", views.ReportView.as_view(), name="period-report"),
    path("ky-bao-cao/<int:pk>/bao-cao/tep.<form>", views.ReportFileView.as_view(), name="period-report-file"),
    path("ky-bao-cao/<int:pk>/bao-cao/muc/<section>/", views.WriteTextView.as_view(), name="period-report-text"),
    path("ky-bao-cao/<int:pk>/bao-cao/de-cuong/", include("reports.narrative.outline.urls")),
    path("ky-bao-cao/<int:pk>/bao-cao/mau/", views.UseTemplateView.as_view(), name="report-template"),
    path("ky-bao-cao/<int:pk>/bao-cao/mau/bo/", views.UseBuiltinTemplateView.as_view(), name="report-template-own"),
    path("ky-bao-cao/<int:pk>/bao-cao/mau/tai/", views.TemplateFileView.as_view(), name="report-template-file"),
]
