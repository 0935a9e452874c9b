"""Addresses of what people keep of lists."""

from django.urls import path

from . import saved_lists

urlpatterns = [
    path("bo-loc/luu/", saved_lists.SaveListView.as_view(), name="list-save"),
    path("bo-loc/<int:pk>/bo/", saved_lists.DeleteSavedListView.as_view(), name="list-forget"),
]
