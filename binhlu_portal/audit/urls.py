"""Addresses of the history."""

from django.urls import path

from . import views

urlpatterns = [
    path("lich-su/", views.History.as_view(), name="history"),
    path("lich-su/truy-cap/", views.AccessLog.as_view(), name="access-log"),
    path("lich-su/lan-ghi/<uuid:act>/", views.ActPage.as_view(), name="act"),
    path("lich-su/lan-ghi/<uuid:act>/hoan-tac/", views.TakeBackAct.as_view(), name="act-revert"),
    path("lich-su/thay-doi/<int:pk>/hoan-tac/", views.TakeBack.as_view(), name="entry-revert"),
    path("lich-su/<slug:table>/<int:pk>/", views.RowHistory.as_view(), name="row-history"),
]
