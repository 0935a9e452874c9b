"""Roles as pages name them."""

from django.db.models import F


def named(roles):
    """Return `roles` with the last name of their units as `unit_name`, in the order in which they were given."""
    latest = roles.filter(unit__periods__ended_on=F("unit__ended_on"))
    return latest.annotate(unit_name=F("unit__periods__name")).order_by("pk")
