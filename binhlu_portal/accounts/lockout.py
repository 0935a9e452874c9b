"""Rate limit of signing in (lockout): who must wait before the next attempt, counted from the attempts only.

Over a quarter of an hour (ASVS 5.0, 6.3.1) an account is locked for one address after a few failures there, and for all
after many. A device on which it signed in before counts its own failures only, so that nobody can lock a colleague out.
An address that fails a lot is slowed down, never shut: an account not known from there waits longer after each further
failure. Names that do not exist count alike.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac

from .models import Attempt, AttemptOutcome, User, account_key

WINDOW = timedelta(minutes=15)

KNOWN_FROM = timedelta(days=30)
"""For how long an account that signed in from an address is known from there."""

SLOWED_AFTER = 30
"""Failures at one address within `WINDOW`, after which names not known from there have to wait."""

LONGEST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """Rate limit: how many failures that agree in `keys` are let pass within `WINDOW`."""

    keys: tuple[str, ...]
    failures: int

    def of(self, attempt: Attempt) -> tuple:
        """Bucket of the rate limit: what failures must have in common with `attempt` to count together with it."""
        return tuple(getattr(attempt, key) for key in self.keys)


OF_DEVICES = (Limit(("name", "device"), 5),)
OF_STRANGERS = (Limit(("name", "address"), 5), Limit(("name",), 20))
"""Limits of devices that the account knows, and of all others."""


def digest(username: str) -> str:
    """Digest (HMAC) of the account that a typed user name means: all that is kept of it."""
    return salted_hmac("binhlu_portal.accounts.lockout", account_key(username), algorithm="sha256").hexdigest()


def locked_until(username: str, address: str, now: datetime, device: str = "") -> datetime | None:
    """Rate limit: when `username` may be tried again at `address`, or None when it may be now.

    `device` is the number of one that the account knows.
    """
    asked = Attempt(name=digest(username), address=address, device=device)
    recent = [*_standing(_recent(now).filter(Q(name=asked.name) | Q(address=address)))]
    limits = OF_DEVICES if device else OF_STRANGERS
    waits = [until for limit, what, until in _locks(recent) if limit in limits and what == limit.of(asked)]
    slowed = None if device or not address else _slowed_until(recent, asked, now)
    return max([*waits, *([slowed] if slowed else [])], default=None)


def is_locked(user: User, now: datetime) -> bool:
    """Locked account: whether `user` has to wait, at some address or at all of them."""
    return any(_locks(_standing(_recent(now).filter(name=digest(user.username)))))


def record_attempt(
    outcome: str, username: str, address: str, now: datetime, user: User | None = None, device: str = ""
) -> None:
    """Record an attempt to sign in, or an unlocking; `outcome` is an `AttemptOutcome`."""
    given = {"address": address, "device": device, "outcome": outcome, "user": user}
    Attempt.objects.create(at=now, name=digest(username), **given)


def _recent(now):
    return Attempt.objects.filter(at__gt=now - WINDOW).order_by("-at", "-pk")


def _slowed_until(failures, asked, now):
    """Return until when an address that has failed a lot is slowed for a name that is not known from there, or None."""
    here = [attempt for attempt in failures if attempt.address == asked.address and not attempt.device]
    further = len(here) - SLOWED_AFTER
    if further < 0:
        return None
    until = here[0].at + min(timedelta(seconds=2 ** min(further + 1, 10)), LONGEST_WAIT)
    known = Attempt.objects.filter(
        name=asked.name, address=asked.address, outcome=AttemptOutcome.SUCCEEDED, at__gt=now - KNOWN_FROM
    )
    return until if until > now and not known.exists() else None


def _locks(failures):
    """Yield each limit that `failures` (newest first) reach, what they have in common, and until when it holds."""
    counted = Counter()
    for attempt in failures:
        for limit in OF_DEVICES if attempt.device else OF_STRANGERS:
            counted[limit, limit.of(attempt)] += 1
            if counted[limit, limit.of(attempt)] == limit.failures:
                yield limit, limit.of(attempt), attempt.at + WINDOW


def _standing(attempts):
    """Yield the failures that still count.

    An unlocking takes back all failures of its name, a success only those at its own address: signing in at one place
    must not clear what somebody else tries at another.
    """
    unlocked, cleared = set(), set()
    for attempt in attempts:
        if attempt.outcome == AttemptOutcome.UNLOCKED:
            unlocked.add(attempt.name)
        elif attempt.outcome == AttemptOutcome.SUCCEEDED:
            cleared.add((attempt.name, attempt.address))
        elif attempt.name not in unlocked and (attempt.name, attempt.address) not in cleared:
            yield attempt
