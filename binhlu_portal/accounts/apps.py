"""The accounts app."""

from binhlu_portal import guards


class AccountsConfig(guards.GuardedAppConfig):
    """Accounts and sign-in."""

    name = "binhlu_portal.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
