"""Fresh sign-in: whether somebody has proved within the last minutes to be whose session it is (ASVS 5.0, 7.5.3).

What an act asks of its doer comes with the account of the request (`User.proof`), so that an action can ask for it.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import models

from .models import User

FRESH = timedelta(minutes=10)
KEPT = "proof"
"""Where a session keeps how and when its person last gave a proof."""


class Proof(models.TextChoices):
    """By what somebody has proved who they are."""

    PASSWORD = "password", "Mật khẩu"
    APP = "app", "Mã trên điện thoại"
    PASSKEY = "passkey", "Khóa truy cập"
    PAPER = "paper", "Mã giấy"


class SignInAgain(PermissionDenied):
    """An act asks for a fresh sign-in, by the `needed` proof; the page that asks for it comes in its place."""

    def __init__(self, needed: str = "") -> None:
        super().__init__(needed)
        self.needed = needed


def check_fresh(user: User | None, needed: str = "") -> None:
    """Let `user` go on after a fresh proof, the `needed` one if any; None is the keeper of the server.

    Raises SignInAgain.
    """
    if user is not None and (not user.proof or needed not in ("", user.proof)):
        raise SignInAgain(needed)


def remember(session: SessionBase, proof: str, now: datetime) -> None:
    """Keep in the session that a proof was given `now`."""
    session[KEPT] = [proof, now.isoformat()]


def fresh_proof(session: SessionBase, now: datetime) -> str:
    """Fresh proof of a session: the last one, else the sign-in it began with; empty where that is too long ago."""
    proof, at = session.get(KEPT, [Proof.PASSWORD, None])
    at = datetime.fromisoformat(at) if at else session.row and session.row.started_at
    return proof if at and now - at <= FRESH else ""
