"""Telling the database who acts and why, for the history."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def acting(user, reason=""):
    """Run a block as one transaction in the name of `user`; every change in it is noted with `user` and `reason`."""
    with transaction.atomic():
        _tell(user.pk, reason[:300])
        yield
        _tell(None, "")


def _tell(user, reason):
    """Set who acts until the end of the transaction; a rollback takes it back with everything else."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT set_config('portal.user', %s, true), set_config('portal.reason', %s, true)",
                ["" if user is None else str(user), reason],
            )
        else:
            cursor.execute("INSERT OR REPLACE INTO audit_acting (id, user, reason) VALUES (1, %s, %s)", [user, reason])
