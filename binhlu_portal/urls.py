"""Addresses of the portal; every app lists its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("binhlu_portal.accounts.urls")),
    path("", include("binhlu_portal.audit.urls")),
    path("", include("organizations.administration.urls")),
    path("", include("binhlu_portal.lists.urls")),
    path("", include("binhlu_portal.registers.urls")),
    path("", include("binhlu_portal.checks.urls")),
    path("", include("binhlu_portal.workbook.urls")),
    path("", include("members.units.urls")),
    path("", include("members.restructure.urls")),
    path("", include("members.people.urls")),
    path("", include("members.admitting.urls")),
    path("", include("members.reminders.urls")),
    path("", include("assessments.rating.urls")),
    path("", include("reports.urls")),
]
