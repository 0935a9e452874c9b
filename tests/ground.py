"""What the database holds beneath the tests: records that are made once and serve the tests that ask for them.

They lie in layers, each in a savepoint on those before. A world is one layer; `layer` makes one of a fixture. Before a
test what it does not ask for is taken back from above, and what is missing is laid.
"""

import inspect
from contextlib import ExitStack, nullcontext
from copy import deepcopy
from functools import wraps

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.checks import make_sound_world
from tests.proofs import make_world

WORLDS = {
    "sample": lambda: call_command("loaddata", "thresholds", "binh-lu", verbosity=0),
    "world_of_module": make_world,
    "sound_world": make_sound_world,
}
"""How each world is made, by the fixture that asks for it."""

COMMITTING = {"transactional_db", "live_server"}
"""Fixtures of tests that commit."""


def world_of(item):
    """Return the world that a test asks for, if it does."""
    return next((name for name in WORLDS if name in getattr(item, "fixturenames", ())), None)


def commits(item):
    """Return whether a test commits: it empties the tables and stands on nothing."""
    mark = item.get_closest_marker("django_db")
    return bool(COMMITTING.intersection(item.fixturenames) or (mark and mark.kwargs.get("transaction")))


def layer(make):
    """Make a fixture of a function that only makes records, of what other layers return: it is called once for many.

    Each test gets copies of what was returned. Where it cannot stand on layers, the records are made for it alone.
    """

    @wraps(make)
    def fixture(request, db, **asked):
        copies = GROUND.copies_for(request.node)
        return copies[make] if make in copies else make(**asked)

    names = ("request", "db", *inspect.signature(make).parameters)
    fixture.__signature__ = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    )
    fixture.layer = make
    return pytest.fixture(fixture)


def layers_of(item):
    """Return what makes the layers that a test stands on, each with the makers of what it asks for, lowest first."""
    if not item.get_closest_marker("database") or world_of(item) or commits(item):
        return {}
    known, found = item._fixtureinfo.name2fixturedefs, {}

    def find(name):
        """Note the layer of a fixture above those it asks for, and return its maker; None if it is no layer."""
        make = getattr(known[name][-1].func, "layer", None) if name in known else None
        if make and make not in found:
            asked = {each: find(each) for each in inspect.signature(make).parameters}
            if None in asked.values():
                return None
            found[make] = asked
        return make

    for name in sorted(item.fixturenames):
        find(name)
    return found


class Ground:
    """Layers in transactions around those of the tests; while one lies, fixtures of modules reach the database too."""

    def __init__(self):
        self.blocker, self.layers = None, []
        self._copies = (None, {})

    def open(self, blocker):
        """Let layers be laid from now on: there is a database."""
        self.blocker = blocker

    def keep(self, wanted):
        """Take back every layer from the first not `wanted`, also after a test to which the database is closed.

        A test that has closed the connection took everything with it.
        """
        kept = 0
        for (made, _, _), make in zip(self.layers, wanted, strict=False):
            if made is not make or connection.closed_in_transaction:
                break
            kept += 1
        while len(self.layers) > kept:
            with self.blocker.unblock():
                self.layers.pop()[2].close()

    def lay(self, wanted):
        """Have layers beneath what follows: makers with what each asks for, lowest first."""
        self.keep(wanted)
        if self.blocker is None:
            return
        for make, asked in list(wanted.items())[len(self.layers) :]:
            values = {made: value for made, value, _ in self.layers}
            with ExitStack() as stack:
                stack.enter_context(self.blocker.unblock())
                stack.enter_context(transaction.atomic())
                stack.callback(transaction.set_rollback, True)
                value = make(**{name: values[each] for name, each in asked.items()})
                self.layers.append((make, value, stack.pop_all()))

    def world(self, name):
        """Have a world beneath what follows, with nothing on it, and return it."""
        self.lay({WORLDS[name]: {}})
        return self.layers[0][1]

    def copies_for(self, item):
        """Return copies of what the layers hold, by what made them: the same ones for all fixtures of a test."""
        if self._copies[0] is not item:
            self._copies = item, deepcopy({made: value for made, value, _ in self.layers})
        return self._copies[1]

    def closed(self):
        """Return a context in which the layers stay and nobody reaches them."""
        return self.blocker.block() if self.layers else nullcontext()


GROUND = Ground()
