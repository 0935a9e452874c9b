"""Addresses of the figures: all of the report, and each with the rows it counts."""

from django.urls import path

from . import views

urlpatterns = [
    path("bao-cao/", views.FiguresView.as_view(), name="report"),
    path("bao-cao/so-lieu.<form>", views.FiguresFileView.as_view(), name="report-file"),
    path("so-lieu/<code>/", views.FigureDetailView.as_view(), name="figure"),
    path("so-lieu/<code>/xuat.<form>", views.FigureFileView.as_view(), name="figure-file"),
]
