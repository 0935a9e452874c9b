"""Addresses of reporting periods and confirmations."""

from django.urls import path

from . import views

urlpatterns = [
    path("ky-bao-cao/", views.Periods.as_view(), name="periods"),
    path("ky-bao-cao/mo/", views.OpenPeriod.as_view(), name="period-open"),
    path("ky-bao-cao/<int:pk>/", views.Board.as_view(), name="period"),
    path("ky-bao-cao/<int:pk>/ket-thuc/", views.ClosePeriod.as_view(), name="period-close"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/", views.Confirm.as_view(), name="confirm"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/rut/", views.Withdraw.as_view(), name="confirm-withdraw"),
]
