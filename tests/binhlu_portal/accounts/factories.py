"""Accounts with a second factor, for tests: what a telephone would show, and the sheet of paper."""

from datetime import timedelta

import pyotp
from django.utils import timezone

from binhlu_portal.accounts.second_factor import actions, codes

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_doubly_safe(user):
    """Give an account a second factor; return its codes on paper."""
    used = codes.step_of(SECRET, app_code(), timezone.now())
    user.proof = "password"
    printed = actions.turn_on(user=user, secret=SECRET, step=used - 2, now=timezone.now())
    user.proof = ""
    return printed


def app_code(steps=0, secret=SECRET):
    """Return what a telephone shows now, or some half minutes later."""
    return pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30 * steps))


def wrong_code():
    """Return six digits that no telephone shows about now."""
    near = {app_code(steps) for steps in range(-3, 4)}
    return next(f"{number:06}" for number in range(10) if f"{number:06}" not in near)
