"""Addresses of posts that are written many at once."""

from django.urls import path

from . import views

urlpatterns = [
    path("chuc-vu/cap-uy/", views.CommitteesView.as_view(), name="committees"),
    path("chuc-vu/quyet-dinh/", views.PostDecisionsView.as_view(), name="post-decisions"),
]
