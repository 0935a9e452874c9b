"""Addresses of the portal; every app lists its own."""

from django.urls import include, path

handler500 = "binhlu_portal.db.outages.server_error"

urlpatterns = [
    path("", include("binhlu_portal.accounts.urls")),
    path("", include("binhlu_portal.accounts.second_factor.urls")),
    path("", include("binhlu_portal.accounts.phones.urls")),
    path("", include("binhlu_portal.audit.urls")),
    path("", include("organizations.account_management.urls")),
    path("", include("organizations.retention.urls")),
    path("", include("binhlu_portal.records.tables.urls")),
    path("", include("binhlu_portal.records.urls")),
    path("", include("binhlu_portal.data_checks.urls")),
    path("", include("binhlu_portal.spreadsheets.jobs.urls")),
    path("", include("organizations.units.urls")),
    path("", include("binhlu_portal.spreadsheets.folders.urls")),
    path("", include("members.unit_pages.urls")),
    path("", include("members.secretary_accounts.urls")),
    path("", include("members.restructuring.urls")),
    path("", include("members.duplicates.urls")),
    path("", include("members.directory.urls")),
    path("", include("members.change_reports.urls")),
    path("", include("members.positions.urls")),
    path("", include("members.admissions.urls")),
    path("", include("members.reminders.urls")),
    path("", include("assessments.ratings.urls")),
    path("", include("assessments.meetings.urls")),
    path("", include("reports.beginning.urls")),
    path("", include("reports.home.urls")),
    path("", include("reports.offline.urls")),
    path("", include("reports.search.urls")),
    path("", include("reports.narrative.urls")),
    path("", include("reports.reporting_periods.urls")),
    path("", include("reports.reconciliation.urls")),
    path("", include("reports.form_templates.urls")),
    path("", include("reports.dashboard.urls")),
    path("", include("reports.figures.urls")),
    path("", include("reports.printed_forms.urls")),
    path("", include("reports.monthly_fees.urls")),
]
