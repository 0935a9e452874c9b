"""Addresses of one's own passkeys."""

from django.urls import path

from . import views

urlpatterns = [
    path("tai-khoan/khoa-truy-cap/moi/", views.NewPasskeyView.as_view(), name="passkey-new"),
    path("tai-khoan/khoa-truy-cap/<int:pk>/bo/", views.RemovePasskeyView.as_view(), name="passkey-remove"),
]
