"""Addresses of the way into the Party."""

from django.urls import path

from . import views

urlpatterns = [
    path("ket-nap/", views.PipelineView.as_view(), name="admissions"),
    path("ket-nap/xuat.<form>", views.PipelineFileView.as_view(), name="admissions-file"),
    path("ket-nap/them/", views.CandidateCreateView.as_view(), name="admission-new"),
    path("ket-nap/chi-tieu/", views.TargetsView.as_view(), name="admission-targets"),
    path("ket-nap/chinh-thuc/", views.OfficialGridView.as_view(), name="admissions-official"),
    path("ket-nap/<int:pk>/<slug:step>/", views.AdmissionStepView.as_view(), name="admission-step"),
]
