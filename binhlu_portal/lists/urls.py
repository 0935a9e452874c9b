"""Addresses of what people keep of lists."""

from django.urls import path

from . import saved

urlpatterns = [
    path("bo-loc/luu/", saved.SaveList.as_view(), name="list-save"),
    path("bo-loc/<int:pk>/bo/", saved.ForgetList.as_view(), name="list-forget"),
]
