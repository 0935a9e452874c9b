"""Addresses of what people keep of lists."""

from django.urls import path

from . import saved_lists

urlpatterns = [
    path("bo-loc/luu/", saved_lists.SaveList.as_view(), name="list-save"),
    path("bo-loc/<int:pk>/bo/", saved_lists.ForgetList.as_view(), name="list-forget"),
]
