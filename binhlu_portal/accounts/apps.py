"""The accounts app."""

from binhlu_portal.db import triggers


class AccountsConfig(triggers.GuardedAppConfig):
    """Accounts and sign-in."""

    name = "binhlu_portal.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
