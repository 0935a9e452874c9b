"""Rate limit of signing in (lockout): who must wait before the next attempt, counted from the attempts only.

Three limits over a quarter of an hour (ASVS 5.0, 6.3.1). A name at one address is locked after a few failures; the name
everywhere, and the address for all names, only after many: so no single computer can lock a colleague out elsewhere,
and an office behind one address is not shut by one forgetful person. Names that do not exist count alike.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac

from .models import Attempt, AttemptOutcome, User

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """Rate limit: how many failures that agree in `keys` are let pass within `WINDOW`."""

    keys: tuple[str, ...]
    failures: int

    def of(self, attempt: Attempt) -> tuple:
        """Bucket of the rate limit: what failures must have in common with `attempt` to count together with it."""
        return tuple(getattr(attempt, key) for key in self.keys)


LIMITS = (Limit(("name", "address"), 5), Limit(("name",), 20), Limit(("address",), 30))


def digest(username: str) -> str:
    """Digest (HMAC) of a typed user name: all that is kept of it."""
    return salted_hmac("binhlu_portal.accounts.lockout", username.strip().lower(), algorithm="sha256").hexdigest()


def locked_until(username: str, address: str, now: datetime) -> datetime | None:
    """Rate limit: when `username` may be tried again at `address`, or None when it may be now; one statement."""
    asked = Attempt(name=digest(username), address=address)
    recent = _recent(now).filter(Q(name=asked.name) | Q(address=address))
    return max((until for limit, what, until in _locks(recent) if what == limit.of(asked)), default=None)


def is_locked(user: User, now: datetime) -> bool:
    """Locked account: whether `user` has to wait, at some address or at all of them."""
    return any(_locks(_recent(now).filter(name=digest(user.username))))


def record_attempt(outcome: str, username: str, address: str, now: datetime, user: User | None = None) -> None:
    """Record an attempt to sign in, or an unlocking; `outcome` is an `AttemptOutcome`."""
    Attempt.objects.create(at=now, name=digest(username), address=address, outcome=outcome, user=user)


def _recent(now):
    return Attempt.objects.filter(at__gt=now - WINDOW).order_by("-at", "-pk")


def _locks(attempts):
    """Yield each limit that `attempts` (newest first) reach, what they have in common, and until when it holds."""
    counted = Counter()
    for attempt in _standing(attempts):
        for limit in LIMITS:
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
