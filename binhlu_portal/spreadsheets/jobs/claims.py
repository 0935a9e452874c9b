"""Claims of workers on files (job queue with leases): each file is worked on by one worker, of however many there are.

A claim is void when its worker is gone: at once where that can be seen, on the same machine, else after `LEASE`.
"""

import os
import socket
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db.models import BooleanField, Case, F, When
from django.db.models.functions import Now

from binhlu_portal.spreadsheets.models import WAITING, Batch

LEASE = timedelta(hours=1)
"""How long a worker of another machine may need for one file; those of 34,000 people take minutes."""

FREE = {"taken_by": "", "taken_at": None}
"""What a batch says that no worker has claimed."""


def claim_next() -> Batch | None:
    """Claim the batch that has waited longest and that no other worker is at; None when there is none.

    What is to be written goes before what is to be checked: a check may find what was just written. An attempt is
    counted with the claim.
    """
    expired = Case(When(taken_at__lt=Now() - LEASE, then=True), default=False, output_field=BooleanField())
    waiting = Batch.objects.filter(state__in=WAITING).annotate(expired=expired).defer("content", "result")
    for batch in waiting.order_by("-state", "pk"):
        if (batch.expired or _is_void(batch.taken_by)) and _claim(batch):
            return batch
    return None


def _claim(batch):
    """Claim a batch unless another worker was faster; return whether it is claimed."""
    same = Batch.objects.filter(pk=batch.pk, state=batch.state, attempts=batch.attempts, taken_by=batch.taken_by)
    claimed = same.update(attempts=F("attempts") + 1, taken_by=_me(), taken_at=Now())
    batch.attempts += claimed
    return bool(claimed)


def _is_void(taken_by):
    """Return whether nobody is at a batch: it is not claimed, or by a process of this machine that is gone."""
    host, _, rest = taken_by.partition(" ")
    pid, _, birth = rest.partition(" ")
    return taken_by in ("", _me()) or (host == _host() and _birth(pid) != birth)


def _me():
    return f"{_host()} {os.getpid()} {_birth(os.getpid())}"


@cache
def _host():
    return socket.gethostname().replace(" ", "-")[:60]


def _birth(pid):
    """Return since when a process runs, by which it is told from a later one of its number; nothing of one that ended.

    Where the system does not tell, as outside of Linux, nothing is known of any.
    """
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else rest[18]
