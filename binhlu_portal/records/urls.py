"""Addresses of the registers."""

from django.urls import path

from . import views

urlpatterns = [
    path("so/", views.Registers.as_view(), name="registers"),
    path("so/<slug:register>/", views.RecordList.as_view(), name="records"),
    path("so/<slug:register>/xuat.<form>", views.RecordFile.as_view(), name="record-file"),
    path("so/<slug:register>/them/", views.AddRecord.as_view(), name="record-add"),
    path("so/<slug:register>/<int:pk>/", views.RecordPage.as_view(), name="record"),
    path("so/<slug:register>/<int:pk>/xoa/", views.RemoveRecord.as_view(), name="record-remove"),
    path("so/<slug:register>/<int:pk>/<slug:action>/", views.RecordForm.as_view(), name="record-form"),
]
