"""Closing a reporting period, which freezes figures, rows and annexes, beside counting the same figures only."""

from datetime import timedelta

from django.db.models import Sum
from django.db.models.functions import Length

from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.registry import FIGURES
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.closing.models import Frozen

from .nation import load
from .run import YEAR
from .tree import AS_OF, SINCE
from .turns import taken_back, timed

FORMS = ("1B", "5B", "6", "9")
PER_COMMUNE = {True: 1_060, False: 350}
"""Members of a commune, alone with 54 units and in a province with 5,300."""


def measure(members, say):
    """Fill the empty database with `members` and say how long closing takes, and how large what is kept is."""
    root, _ = load(members, min(members, PER_COMMUNE[members < 10_000]), say)
    units, counting, closing, kept = close(root)
    told = f"{closing:.1f} s, {closing / counting:.1f} times counting; {kept / 1e6:.1f} MB kept"
    say(f"closing a period of {units:,} units, {members:,} members: {told}")


def close(root):
    """Close a period of the committee `root` and take it back.

    Return how many units are asked, the seconds of counting their figures and of closing, and the bytes kept.
    """
    day = AS_OF + timedelta(days=1)
    days = {"as_of": AS_OF, "since": SINCE, "year": YEAR, "due_on": day, "today": day}
    period = reporting_periods.open_period(unit=root, forms=FORMS, **days)
    units = [*period_queries.units_asked(period).values_list("unit", flat=True)]
    kept = []

    def freeze():
        with taken_back():
            reporting_periods.close_period(period=period, today=day)
            sizes = Frozen.objects.aggregate(figures=Sum(Length("figures")), lists=Sum(Length("lists")))
            kept.append(sum(filter(None, sizes.values())))
        period.refresh_from_db()

    counting = timed(lambda: evaluate.results_of_units(period.moment(SYSTEM), [*FIGURES], [root.pk, *units]))
    return len(units), counting, timed(freeze), kept[-1]
