"""Addresses of closing, and of what closings froze."""

from django.urls import path

from . import views

urlpatterns = [
    path("ky-bao-cao/<int:pk>/ket-thuc/", views.ClosePeriod.as_view(), name="period-close"),
    path("ky-bao-cao/<int:pk>/mo-lai/", views.Reopen.as_view(), name="period-reopen"),
    path("ky-bao-cao/<int:pk>/so-lieu/", views.FrozenFigures.as_view(), name="frozen"),
    path("ky-bao-cao/<int:pk>/so-lieu/<code>/", views.FrozenFigure.as_view(), name="frozen-figure"),
    path("ky-bao-cao/<int:pk>/so-lieu/<code>/xuat.<form>", views.FrozenFigureFile.as_view(), name="frozen-figure-file"),
    path("ky-bao-cao/<int:pk>/chenh-lech/", views.Differences.as_view(), name="frozen-differences"),
    path("ky-bao-cao/<int:pk>/tep/<int:number>/<code>", views.Download.as_view(), name="frozen-file"),
]
