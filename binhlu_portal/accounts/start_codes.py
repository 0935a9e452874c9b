"""One-time start codes: printed on paper, typed once in place of a password, and then replaced by one.

A code is kept as the hash of the account's password, so a new one makes the older one and every session worthless.
Nobody needs an e-mail address (ASVS 5.0, 6.4.1: random, short-lived, never a lasting password).
"""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser

ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"
"""Letters and digits that are not mistaken for one another on paper: no 0 and O, 1, I and L, 2 and Z, 5 and S."""

GROUPS, LENGTH = 3, 4
LIFETIME = timedelta(days=7)


def new_code(groups: int = GROUPS) -> str:
    """Start code as it is printed: KQ7M-3XPD-9RTA (57 random bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(groups))


def normalize(typed: str) -> str:
    """Normalise a typed start code as it is compared: capitals without dashes and spaces."""
    return "".join(typed.upper().replace("-", " ").split())


def give(user: AbstractBaseUser, now: datetime) -> str:
    """Issue a start code to the account `user` and return it: the password and every session so far are void."""
    code = new_code()
    user.set_password(normalize(code))
    user.start_code_expires_at = now + LIFETIME
    user.save(update_fields=["password", "start_code_expires_at"])
    user.sessions.all().delete()
    user.forget_browsers()
    return code
