"""Addresses of the second step of signing in and of one's own second factor."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("dang-nhap/buoc-hai/", views.SecondStepView.as_view(), name="second-step"),
    path("tai-khoan/xac-minh-hai-buoc/", views.SecondFactorView.as_view(), name="second-factor"),
    path("tai-khoan/tat-xac-minh-hai-buoc/", views.TurnOffView.as_view(), name="second-factor-off"),
    path("tai-khoan/bo-dien-thoai/", views.RemoveTelephoneView.as_view(), name="telephone-remove"),
    path("", include("binhlu_portal.accounts.second_factor.passkeys.urls")),
    path("tai-khoan/ma-giay/", views.PaperCodesView.as_view(), name="paper-codes"),
    path("tai-khoan/quen-thiet-bi/", views.ForgetDevicesView.as_view(), name="forget-devices"),
]
