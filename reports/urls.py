"""Addresses of the report, its figures and annexes."""

from django.urls import include, path

from reports.dashboard import views as dashboard_views
from reports.home import views as home_views
from reports.printed_forms import views as printed_form_views

from .figures import views

urlpatterns = [
    path("", home_views.HomeView.as_view(), name="home"),
    path("", include("reports.narrative.urls")),
    path("", include("reports.reporting_periods.urls")),
    path("", include("reports.reconciliation.urls")),
    path("", include("reports.form_templates.urls")),
    path("tong-quan/", dashboard_views.DashboardView.as_view(), name="dashboard"),
    path("bao-cao/", views.FiguresView.as_view(), name="report"),
    path("bao-cao/so-lieu.<form>", views.FiguresFileView.as_view(), name="report-file"),
    path("so-lieu/<code>/", views.FigureDetailView.as_view(), name="figure"),
    path("so-lieu/<code>/xuat.<form>", views.FigureFileView.as_view(), name="figure-file"),
    path("bieu/", printed_form_views.AnnexListView.as_view(), name="annexes"),
    path("bieu/<code>/", printed_form_views.AnnexDetailView.as_view(), name="annex"),
    path("bieu/<code>.xlsx", printed_form_views.AnnexFileView.as_view(), name="annex-file"),
]
