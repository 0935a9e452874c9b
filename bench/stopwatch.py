"""Two ways to the same numbers, timed in turns in one run: what counts is their ratio, not the clock."""

import gc
import time
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.figures import evaluate
from reports.figures.registry import FIGURES, ChangeFigure, Figure

from .sql import counts

CODES = [code for code, figure in FIGURES.items() if isinstance(figure, Figure | ChangeFigure)]
"""Every figure that is counted: all but the targets."""

GOAL = 1.3
"""The portal may take so many times as long as the statements written by hand."""


class Mismatch(Exception):
    """The portal and the statements written by hand disagree: there is nothing to measure then."""


@dataclass(frozen=True)
class Comparison:
    """Seconds of each turn of the portal and of the statements by hand, and how many statements each sent."""

    portal: tuple
    hand: tuple
    statements: tuple

    @property
    def ratio(self):
        """The median of the ratios of turns that stood side by side."""
        return median(one / other for one, other in zip(self.portal, self.hand, strict=True))

    def __str__(self):
        def seconds(times):
            return f"{min(times) * 1000:9.1f} {median(times) * 1000:9.1f}"

        verdict = "" if self.ratio <= GOAL else f"  over {GOAL}"
        sent = f"{self.statements[0]:5d} {self.statements[1]:5d}"
        return f"{seconds(self.portal)} {seconds(self.hand)} {self.ratio:6.2f} {sent}{verdict}"


HEADING = f"{'':20} {'portal, ms':>19} {'by hand, ms':>19} {'ratio':>6} {'statements':>11}\n" + (
    f"{'':20} {'least':>9} {'median':>9} {'least':>9} {'median':>9} {'':6} {'ours':>5} {'hand':>5}"
)


def by_portal(moment, units):
    """Return the results of all figures of `units` as a page would ask for them."""
    return evaluate.results_of_units(moment, CODES, units)


def check(moment, units):
    """Raise `Mismatch` unless every figure of every unit is counted by both ways and is the same."""
    if set(CODES) != counts.CODES:
        raise Mismatch(f"Counted by one way only: {', '.join(sorted(counts.CODES ^ set(CODES)))}.")
    ours, theirs = by_portal(moment, units), counts.by_hand(moment, units)
    for unit in units:
        for code in CODES:
            one, other = ours[unit][code].value, theirs[unit].get(code, 0)
            if one != other:
                raise Mismatch(f"{code} of unit {unit}: {one} by the portal, {other} by hand.")


def compare(moment, units, pairs):
    """Return the comparison of `pairs` turns each, after `check` has warmed both ways up."""
    check(moment, units)
    turns = [(timed(by_portal, moment, units), timed(counts.by_hand, moment, units)) for _ in range(pairs)]
    portal, hand = zip(*turns, strict=True)
    return Comparison(portal, hand, (statements(by_portal, moment, units), statements(counts.by_hand, moment, units)))


def timed(way, moment, units):
    """Return the seconds that `way` takes."""
    gc.collect()
    started = time.perf_counter()
    way(moment, units)
    return time.perf_counter() - started


def statements(way, moment, units):
    """Return the number of statements that `way` sends."""
    with CaptureQueriesContext(connection) as queries:
        way(moment, units)
    return len(queries)
