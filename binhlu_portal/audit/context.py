"""Audit context: telling the database who acts and why, for the history."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from binhlu_portal.accounts.models import User
from binhlu_portal.db.outages import refused_while_busy


@contextmanager
def acting(user: User | None, reason: str = "") -> Iterator[uuid.UUID]:
    """Audit context: run a block as one transaction in the name of `user`; gives the id of the act.

    Every change in it is noted with `user`, `reason` and that id, by which they can be reverted together. Without a
    user it is the keeper of the server, who brings the first records when nobody has an account. Raises Refusal where
    another writer keeps the database for long.
    """
    act = uuid.uuid4()
    with refused_while_busy(), transaction.atomic():
        _tell(user and user.pk, reason[:300], act)
        yield act
        _tell(None, "", None)


def _tell(user, reason, act):
    """Set who acts until the end of the transaction; a rollback takes it back with everything else."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            settings = ", ".join(f"set_config('portal.{name}', %s, true)" for name in ("user", "reason", "act"))
            cursor.execute(f"SELECT {settings}", ["" if value is None else str(value) for value in (user, reason, act)])
        else:
            cursor.execute(
                "INSERT OR REPLACE INTO audit_acting (id, user, reason, act) VALUES (1, %s, %s, %s)",
                [user, reason, act and act.hex],
            )
