"""Codes of a second factor: what a telephone reckons, a sheet holds or a browser is remembered by (ASVS 5.0, 6.5).

A code opens once. The secret of a telephone has to be kept as it is; codes on paper and remembered browsers are known
by digests, random and long enough that no salt is needed.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
import segno
from django.conf import settings

from binhlu_portal.accounts import start_codes
from binhlu_portal.accounts.models import User
from organizations.rights import BEYOND_A_CELL
from organizations.scope import rights_of

DRIFT = 1
"""How many steps of half a minute the clock of a telephone may be off."""

PAPER_CODES, PAPER_GROUPS = 10, 6
REMEMBERED = timedelta(days=30)


def is_required(user: User) -> bool:
    """Whether `user` must have a second factor: on a network everybody whose role reaches beyond a cell."""
    return settings.SECOND_FACTOR_REQUIRED and bool(rights_of(user) & BEYOND_A_CELL)


def may_be_remembered(user: User) -> bool:
    """Whether a browser of `user` may be remembered: of secretaries of cells only."""
    return bool(rights_of(user)) and not rights_of(user) & BEYOND_A_CELL


def new_secret() -> str:
    """Secret of a telephone, as it is typed where its camera cannot read the picture (160 random bits)."""
    return pyotp.random_base32()


def picture(secret: str, user: User) -> str:
    """QR code that an authenticator app reads, as an address that holds the picture itself."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=settings.PORTAL_NAME)
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def step_of(secret: str, typed: str, now: datetime, used: int = 0) -> int | None:
    """Time step whose code was `typed`, out of those after `used`; None where it is a wrong code or an old one."""
    totp = pyotp.TOTP(secret)
    present = totp.timecode(now)
    steps = range(max(present - DRIFT, used + 1), present + DRIFT + 1)
    typed = "".join(typed.split())
    return next((step for step in steps if compare_digest(totp.generate_otp(step), typed)), None)


def use_app_code(user: User, typed: str, now: datetime) -> bool:
    """Use up a code of the telephone of `user`; one statement decides between two that come at once."""
    if not user.has_telephone or not typed.isascii():
        return False
    step = step_of(user.totp_secret, typed, now, user.totp_step)
    return step is not None and bool(User.objects.filter(pk=user.pk, totp_step__lt=step).update(totp_step=step))


def use_paper_code(user: User, typed: str, now: datetime) -> bool:
    """Use up a code on paper of `user`."""
    unused = user.recovery_codes.filter(digest=digest(start_codes.normalize(typed)), used_at=None)
    return bool(unused.update(used_at=now))


def new_paper_codes() -> list[str]:
    """Codes for a sheet of paper, each of 76 random bits."""
    return [start_codes.new_code(PAPER_GROUPS) for _ in range(PAPER_CODES)]


def digest(code: str) -> str:
    """Digest (SHA-256) by which a code or a cookie is known."""
    return hashlib.sha256(code.encode()).hexdigest()


def new_token() -> str:
    """Value of the cookie of a remembered browser."""
    return secrets.token_urlsafe(32)
