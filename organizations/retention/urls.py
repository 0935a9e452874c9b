"""Addresses of the pages about how long what is kept is kept."""

from django.urls import path

from . import views

urlpatterns = [
    path("quan-tri/thoi-gian-giu/", views.RetentionView.as_view(), name="retention"),
    path("quan-tri/thoi-gian-giu/<int:pk>/", views.RetentionUpdateView.as_view(), name="retention-set"),
]
