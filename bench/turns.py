"""Two ways to do the same thing, timed in turns in one run: what counts is their ratio, not the clock."""

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import transaction


@dataclass(frozen=True)
class Turns:
    """Seconds of each turn of the portal and of the other way; the portal may take `goal` times as long."""

    portal: tuple
    other: tuple
    goal: float

    @property
    def ratio(self):
        """The median of the ratios of turns that stood side by side."""
        return median(one / other for one, other in zip(self.portal, self.other, strict=True))

    def __str__(self):
        verdict = "" if self.ratio <= self.goal else f"  over {self.goal:.3g}"
        return f"{median(self.portal):9.2f} {median(self.other):9.2f} {self.ratio:6.3f}{verdict}"


HEADING = f"{'':34} {'portal, s':>9} {'other, s':>9} {'ratio':>6}"


def take_turns(portal, other, goal, pairs=3):
    """Return the seconds of `pairs` turns of both ways, after each has been warmed up once."""
    portal(), other()
    turns = [(timed(portal), timed(other)) for _ in range(pairs)]
    return Turns(*zip(*turns, strict=True), goal)


def timed(way):
    """Return the seconds that `way` takes."""
    gc.collect()
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


@contextmanager
def taken_back():
    """Take back what the block writes, so that it can be timed again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
