"""Addresses of the pages about people who may have been written down twice."""

from django.urls import path

from . import views

urlpatterns = [
    path("dang-vien/trung/", views.DuplicatesView.as_view(), name="members-duplicates"),
    path("dang-vien/trung/<int:keep>/<int:other>/", views.MergeView.as_view(), name="members-merge"),
    path("dang-vien/trung/<int:keep>/<int:other>/hai-nguoi/", views.DistinctView.as_view(), name="members-distinct"),
    path(
        "dang-vien/trung/hai-nguoi/<int:pk>/bo/",
        views.TakeBackDistinctView.as_view(),
        name="members-distinct-take-back",
    ),
]
