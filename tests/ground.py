"""What the database holds beneath the tests: a world of records that is made once and serves while it is asked for."""

from contextlib import ExitStack, nullcontext

from django.core.management import call_command
from django.db import transaction

from tests.checks import make_sound_world
from tests.proofs import make_world

WORLDS = {
    "sample": lambda: call_command("loaddata", "thresholds", "binh-lu", verbosity=0),
    "world_of_module": make_world,
    "sound_world": make_sound_world,
}
"""How each world is made, by the fixture that asks for it."""


def world_of(item):
    """Return the world that a test asks for, if it does."""
    return next((name for name in WORLDS if name in getattr(item, "fixturenames", ())), None)


class Ground:
    """A world in a transaction around those of the tests; taken back before a test that asks for another or none."""

    def __init__(self):
        self.name, self.world, self.blocker, self.transaction = None, None, None, ExitStack()

    def lay(self, name, blocker):
        """Have a world beneath what follows, with the database open to it, and return it."""
        if self.name != name:
            self.clear()
            self.blocker = blocker
            self.transaction.enter_context(blocker.unblock())
            self.transaction.enter_context(transaction.atomic())
            self.transaction.callback(transaction.set_rollback, True)
            self.name = name
            self.world = WORLDS[name]()
        return self.world

    def closed(self):
        """Return a context in which the world stays and nobody reaches it."""
        return self.blocker.block() if self.name else nullcontext()

    def clear(self):
        """Take back what lies beneath, also after a last test to which the database is closed."""
        with self.blocker.unblock() if self.name else nullcontext():
            self.name = self.world = None
            self.transaction.close()


GROUND = Ground()
