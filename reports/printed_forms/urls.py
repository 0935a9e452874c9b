"""Addresses of annexes and statistics forms."""

from django.urls import path

from . import views

urlpatterns = [
    path("bieu/", views.AnnexListView.as_view(), name="annexes"),
    path("bieu/<code>/", views.AnnexDetailView.as_view(), name="annex"),
    path("bieu/<code>.xlsx", views.AnnexFileView.as_view(), name="annex-file"),
]
