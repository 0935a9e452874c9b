"""Addresses of signing in and out and of one's own account."""

from django.urls import path

from . import views

urlpatterns = [
    path("dang-nhap/", views.SignInView.as_view(), name="sign-in"),
    path("dang-xuat/", views.SignOutView.as_view(), name="sign-out"),
    path("tai-khoan/", views.OwnAccountView.as_view(), name="account"),
    path("tai-khoan/dat-mat-khau/", views.ChoosePasswordView.as_view(), name="choose-password"),
    path("tai-khoan/dang-xuat-noi-khac/", views.SignOutElsewhereView.as_view(), name="sign-out-elsewhere"),
]
