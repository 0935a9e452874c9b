"""The organizations app."""

from binhlu_portal.db import triggers


class OrganizationsConfig(triggers.GuardedAppConfig):
    """Party organizations: the ground on which everything else stands."""

    name = "organizations"
    verbose_name = "Tổ chức đảng"
