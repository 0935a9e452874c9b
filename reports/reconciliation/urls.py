"""Addresses of comparing a report that was sent with the records."""

from django.urls import path

from . import views

urlpatterns = [
    path("doi-chieu/", views.Reconciliation.as_view(), name="reconciliation"),
    path("doi-chieu/mau.csv", views.Template.as_view(), name="reconciliation-template"),
    path("doi-chieu/ket-qua.<form>", views.ReconciliationFile.as_view(), name="reconciliation-file"),
]
