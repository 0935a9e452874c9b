"""Addresses of the record types; `register` in an address is the code of a record type."""

from django.urls import path

from . import views

urlpatterns = [
    path("so/", views.RecordTypesView.as_view(), name="registers"),
    path("so/<slug:register>/", views.RecordListView.as_view(), name="records"),
    path("so/<slug:register>/xuat.<form>", views.RecordFileView.as_view(), name="record-file"),
    path("so/<slug:register>/them/", views.RecordCreateView.as_view(), name="record-add"),
    path("so/<slug:register>/<int:pk>/", views.RecordDetailView.as_view(), name="record"),
    path("so/<slug:register>/<int:pk>/xoa/", views.RecordDeleteView.as_view(), name="record-remove"),
    path("so/<slug:register>/<int:pk>/<slug:action>/", views.RecordUpdateView.as_view(), name="record-form"),
]
