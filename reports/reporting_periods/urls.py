"""Addresses of reporting periods and confirmations."""

from django.urls import include, path

from .views import confirmations, periods, unit_changes

urlpatterns = [
    path("ky-bao-cao/", periods.PeriodListView.as_view(), name="periods"),
    path("ky-bao-cao/mo/", periods.OpenPeriodView.as_view(), name="period-open"),
    path("ky-bao-cao/tien-do/", periods.PeriodProgressView.as_view(), name="periods-progress"),
    path("ky-bao-cao/<int:pk>/", periods.PeriodBoardView.as_view(), name="period"),
    path("ky-bao-cao/<int:pk>/bo/", periods.CancelPeriodView.as_view(), name="period-cancel"),
    path("ky-bao-cao/<int:pk>/nhan-het/", confirmations.AcceptAllView.as_view(), name="period-accept"),
    path("", include("reports.reporting_periods.closing.urls")),
    path("ky-bao-cao/<int:pk>/<slug:unit>/", confirmations.ConfirmView.as_view(), name="confirm"),
    path(
        "ky-bao-cao/<int:pk>/<slug:unit>/thay-doi/",
        unit_changes.ChangesSinceConfirmedView.as_view(),
        name="changes-since-confirmed",
    ),
    path(
        "ky-bao-cao/<int:pk>/<slug:unit>/thay-doi-tu-khi-khoa/",
        unit_changes.ChangesSinceClosedView.as_view(),
        name="changes-since-closed",
    ),
    path("ky-bao-cao/<int:pk>/<slug:unit>/rut/", confirmations.WithdrawView.as_view(), name="confirm-withdraw"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/nhan/", confirmations.AcceptView.as_view(), name="confirm-accept"),
    path("ky-bao-cao/<int:pk>/<slug:unit>/tra-lai/", confirmations.SendBackView.as_view(), name="confirm-return"),
]
