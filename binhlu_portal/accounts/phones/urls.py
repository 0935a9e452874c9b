"""Addresses of signing in on a paired phone, of pairing and of forgetting one."""

from django.urls import path

from . import views

urlpatterns = [
    path("dang-nhap/ma-pin/", views.PinView.as_view(), name="phone-sign-in"),
    path("tai-khoan/nho-dien-thoai/", views.PairPhoneView.as_view(), name="phone-pair"),
    path("tai-khoan/quen-dien-thoai/<int:pk>/", views.ForgetPhoneView.as_view(), name="phone-forget"),
]
