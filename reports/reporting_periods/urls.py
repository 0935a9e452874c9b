"""Addresses of reporting periods and confirmations."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("ky-bao-cao/", views.PeriodListView.as_view(), name="periods"),
    path("ky-bao-cao/mo/", views.OpenPeriodView.as_view(), name="period-open"),
    path("ky-bao-cao/tien-do/", views.PeriodProgressView.as_view(), name="periods-progress"),
    path("ky-bao-cao/<int:pk>/", views.PeriodBoardView.as_view(), name="period"),
    path("ky-bao-cao/<int:pk>/bo/", views.CancelPeriodView.as_view(), name="period-cancel"),
    path("ky-bao-cao/<int:pk>/nhan-het/", views.AcceptAllView.as_view(), name="period-accept"),
    path("", include("reports.reporting_periods.closing.urls")),
    path("ky-bao-cao/<int:pk>/<slug:unit>/", views.ConfirmView.as_view(), name="confirm"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/rut/", views.WithdrawView.as_view(), name="confirm-withdraw"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/nhan/", views.AcceptView.as_view(), name="confirm-accept"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/tra-lai/", views.SendBackView.as_view(), name="confirm-return"),
]
