"""The organizations app."""

from django.db.models.signals import post_migrate

from binhlu_portal.db import triggers


class OrganizationsConfig(triggers.GuardedAppConfig):
    """Party organizations: the ground on which everything else stands."""

    name = "organizations"
    verbose_name = "Tổ chức đảng"

    def ready(self):
        """Ask to be called after each migration, to add the regulations that are known from the start."""
        from .regulations.seed import plant

        super().ready()
        post_migrate.connect(plant, sender=self)
