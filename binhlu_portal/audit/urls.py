"""Addresses of the history."""

from django.urls import path

from . import views

urlpatterns = [
    path("lich-su/", views.HistoryView.as_view(), name="history"),
    path("lich-su/truy-cap/", views.AccessLogView.as_view(), name="access-log"),
    path("lich-su/lan-ghi/<uuid:act>/", views.ChangeSetView.as_view(), name="act"),
    path("lich-su/lan-ghi/<uuid:act>/hoan-tac/", views.RevertChangeSetView.as_view(), name="act-revert"),
    path("lich-su/thay-doi/<int:pk>/hoan-tac/", views.RevertView.as_view(), name="entry-revert"),
    path("lich-su/<slug:table>/<int:pk>/", views.RowHistoryView.as_view(), name="row-history"),
]
