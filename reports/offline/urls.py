"""Addresses of what works without network: the page, what it keeps, its service worker."""

from django.urls import path

from . import views

urlpatterns = [
    path("khi-mat-mang/", views.OfflineView.as_view(), name="offline"),
    path("khi-mat-mang/thang/", views.OfflinePackView.as_view(), name="offline-pack"),
    path("sw.js", views.ServiceWorkerView.as_view(), name="service-worker"),
]
