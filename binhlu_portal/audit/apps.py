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
        """Have the history of the tables of every app of records kept, and every row of them."""
        super().ready()
        self.more_rules += [history_triggers, kept_tables]
        post_migrate.connect(grant_to_portal, sender=self)
