"""Addresses of reporting periods and confirmations."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("ky-bao-cao/", views.Periods.as_view(), name="periods"),
    path("ky-bao-cao/mo/", views.OpenPeriod.as_view(), name="period-open"),
    path("ky-bao-cao/tien-do/", views.Progress.as_view(), name="periods-progress"),
    path("ky-bao-cao/<int:pk>/", views.Board.as_view(), name="period"),
    path("ky-bao-cao/<int:pk>/bo/", views.CancelPeriod.as_view(), name="period-cancel"),
    path("ky-bao-cao/<int:pk>/nhan-het/", views.AcceptAll.as_view(), name="period-accept"),
    path("", include("reports.reporting_periods.closing.urls")),
    path("ky-bao-cao/<int:pk>/<slug:unit>/", views.Confirm.as_view(), name="confirm"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/rut/", views.Withdraw.as_view(), name="confirm-withdraw"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/nhan/", views.Accept.as_view(), name="confirm-accept"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/tra-lai/", views.SendBack.as_view(), name="confirm-return"),
]
