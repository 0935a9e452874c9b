"""The organizations app."""

from binhlu_portal import guards


class OrganizationsConfig(guards.GuardedAppConfig):
    """Party organizations: the ground on which everything else stands."""

    name = "organizations"
    verbose_name = "Tổ chức đảng"
