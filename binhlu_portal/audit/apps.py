"""The audit app."""

from django.db.models.signals import post_migrate

from binhlu_portal.db import triggers
from binhlu_portal.db.grants import grant_to_portal

from .history_triggers import history_triggers, kept_tables


class AuditConfig(triggers.GuardedAppConfig):
    """Every change of every record: who, when, what before and after, why."""

    name = "binhlu_portal.audit"
    label = "audit"
    verbose_name = "Lịch sử thay đổi"

    def ready(self):
        """Ask to be called after the migrations of every app."""
        super().ready()
        post_migrate.connect(self.keep_histories)
        post_migrate.connect(grant_to_portal, sender=self)

    def keep_histories(self, sender, using, **kwargs):
        """Keep the history of the tables of an app of records, and every row of them."""
        if isinstance(sender, triggers.GuardedAppConfig):
            triggers.install_triggers([*history_triggers(sender), *kept_tables(sender)], using)
