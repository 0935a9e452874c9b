"""The audit app."""

from binhlu_portal import guards


class AuditConfig(guards.GuardedAppConfig):
    """Every change of every record: who, when, what before and after, why."""

    name = "binhlu_portal.audit"
    label = "audit"
    verbose_name = "Lịch sử thay đổi"
