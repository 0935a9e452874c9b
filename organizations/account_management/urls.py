"""Addresses of the pages of those who keep accounts."""

from django.urls import path

from . import views

urlpatterns = [
    path("quan-tri/tai-khoan/", views.AccountListView.as_view(), name="accounts"),
    path("quan-tri/he-thong/", views.SystemView.as_view(), name="system"),
    path("quan-tri/tai-khoan/moi/", views.AccountCreateView.as_view(), name="account-new"),
    path("quan-tri/tai-khoan/<int:pk>/", views.AccountDetailView.as_view(), name="account-page"),
]
