"""Addresses of the way into the Party."""

from django.urls import path

from . import views

urlpatterns = [
    path("ket-nap/", views.Board.as_view(), name="admissions"),
    path("ket-nap/them/", views.AddCandidate.as_view(), name="admission-new"),
    path("ket-nap/chi-tieu/", views.Targets.as_view(), name="admission-targets"),
    path("ket-nap/<int:pk>/<slug:step>/", views.Step.as_view(), name="admission-step"),
]
