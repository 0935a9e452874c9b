"""Addresses of comparing a report that was sent with the records."""

from django.urls import path

from . import views

urlpatterns = [
    path("doi-chieu/", views.ReconciliationView.as_view(), name="reconciliation"),
    path("doi-chieu/mau.csv", views.ReconciliationTemplateView.as_view(), name="reconciliation-template"),
    path("doi-chieu/ket-qua.<form>", views.ReconciliationFileView.as_view(), name="reconciliation-file"),
]
