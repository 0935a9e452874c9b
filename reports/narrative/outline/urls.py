"""Addresses of the outline of a report."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.OutlineView.as_view(), name="report-outline"),
    path("sua/", views.EditOutlineView.as_view(), name="report-outline-edit"),
    path("moi/", views.NewOutlineView.as_view(), name="report-outline-new"),
    path("chon/", views.FollowOutlineView.as_view(), name="report-outline-choose"),
    path("bo/", views.UseBuiltinOutlineView.as_view(), name="report-outline-own"),
    path("tai/", views.OutlineFileView.as_view(), name="report-outline-file"),
]
