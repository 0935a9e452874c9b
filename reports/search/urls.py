"""Address of the search over everything."""

from django.urls import path

from .views import SearchView

urlpatterns = [path("tim/", SearchView.as_view(), name="search")]
"""The page that the box in the head of every page leads to."""
