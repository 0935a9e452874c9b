"""Addresses of signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

urlpatterns = [
    path("dang-nhap/", LoginView.as_view(template_name="registration/sign_in.html"), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
]
