"""Roles: what an account is to which unit."""

from django.conf import settings
from django.db import models
from django.db.models import F

from .. import choices
from .units import Unit


class RoleQuerySet(models.QuerySet):
    """Roles of accounts."""

    def with_unit_names(self):
        """Return the roles with the last name of their units as `unit_name`, in the order in which they were given."""
        latest = self.filter(unit__periods__ended_on=F("unit__ended_on"))
        return latest.annotate(unit_name=F("unit__periods__name")).order_by("pk")


class Role(models.Model):
    """What an account is to a unit and to everything beneath it. One person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles", verbose_name="tài khoản")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name="tổ chức đảng")
    kind = models.CharField("vai trò", max_length=20, choices=choices.RoleKind)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "kind"],
                name="organizations_role_once",
                violation_error_message="Tài khoản đã có vai trò này.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.unit}"
