"""The members app."""

from binhlu_portal import guards


class MembersConfig(guards.GuardedAppConfig):
    """Members and every dated fact about them."""

    name = "members"
    verbose_name = "Đảng viên"
