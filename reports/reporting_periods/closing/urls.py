"""Addresses of closing, and of what closings froze."""

from django.urls import path

from . import views

urlpatterns = [
    path("ky-bao-cao/<int:pk>/ket-thuc/", views.ClosePeriodView.as_view(), name="period-close"),
    path("ky-bao-cao/<int:pk>/mo-lai/", views.ReopenPeriodView.as_view(), name="period-reopen"),
    path("ky-bao-cao/<int:pk>/so-lieu/", views.FrozenFiguresView.as_view(), name="frozen"),
    path("ky-bao-cao/<int:pk>/so-lieu/<code>/", views.FrozenFigureView.as_view(), name="frozen-figure"),
    path(
        "ky-bao-cao/<int:pk>/so-lieu/<code>/xuat.<form>",
        views.FrozenFigureFileView.as_view(),
        name="frozen-figure-file",
    ),
    path("ky-bao-cao/<int:pk>/chenh-lech/", views.DifferencesView.as_view(), name="frozen-differences"),
    path("ky-bao-cao/<int:pk>/tep/<int:number>/<code>", views.FrozenFileView.as_view(), name="frozen-file"),
]
