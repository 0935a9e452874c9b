"""Addresses of the report, its figures and annexes."""

from django.urls import include, path

from .figures import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("", include("reports.narrative.urls")),
    path("", include("reports.reporting_periods.urls")),
    path("", include("reports.reconciliation.urls")),
    path("", include("reports.form_templates.urls")),
    path("tong-quan/", views.Dashboard.as_view(), name="dashboard"),
    path("bao-cao/", views.Report.as_view(), name="report"),
    path("bao-cao/so-lieu.<form>", views.ReportFile.as_view(), name="report-file"),
    path("so-lieu/<code>/", views.Figure.as_view(), name="figure"),
    path("so-lieu/<code>/xuat.<form>", views.FigureFile.as_view(), name="figure-file"),
    path("bieu/", views.Annexes.as_view(), name="annexes"),
    path("bieu/<code>/", views.Annex.as_view(), name="annex"),
    path("bieu/<code>.xlsx", views.AnnexFile.as_view(), name="annex-file"),
]
