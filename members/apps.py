"""The members app."""

from binhlu_portal.db import triggers


class MembersConfig(triggers.GuardedAppConfig):
    """Members and every dated fact about them."""

    name = "members"
    verbose_name = "Đảng viên"
