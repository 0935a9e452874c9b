"""Two connections of PostgreSQL that write at once, without a clock: one goes on until it is done or waits."""

from contextlib import suppress
from threading import Thread

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

WAITS = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"


class Meanwhile(Thread):
    """A thread that writes on a connection of its own; `refusal` is what stood in its way, or None."""

    def __init__(self, write):
        super().__init__(daemon=True)
        self.write, self.refusal, self.backend = write, None, None
        self.start()
        while self.is_alive() and not self._waits():
            self.join(0.01)

    def run(self):
        """Write, and let the connection go."""
        with suppress(Exception):
            connection.ensure_connection()
            self.backend = connection.connection.get_backend_pid()
        try:
            self.write()
        except (ValidationError, IntegrityError) as error:
            self.refusal = error
        finally:
            connection.close()

    def _waits(self):
        if self.backend is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute(WAITS, [self.backend])
            return (cursor.fetchone() or (False,))[0]
