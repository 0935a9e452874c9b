"""Address of the page on which the accounts of secretaries are opened."""

from django.urls import path

from . import views

urlpatterns = [path("quan-tri/tai-khoan/bi-thu/", views.SecretaryAccountsView.as_view(), name="secretary-accounts")]
