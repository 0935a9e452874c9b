"""Locks hold whatever writes: a random change of records after a closing is refused, or no frozen figure is another."""

from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction

from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.dates.validity import OPEN
from members.models import Member
from organizations.scope import SYSTEM
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.closing.freeze import figures
from reports.reporting_periods.closing.locks import DATED, LOCKED, ON_CARD
from tests.factories import START
from tests.reports.worlds import DAYS, build

AS_OF = DAYS[6]
TODAY = AS_OF + timedelta(days=40)
WRITES = 60
"""How many changes are tried in one world."""


def any_day(random):
    """Return a day around the as-of day, or the open end."""
    return random.choice([OPEN, AS_OF, *(AS_OF + timedelta(days=days) for days in (-90, -1, 1, 2, 30, 90))])


def changed(random, row):
    """Return new values for one or two columns of a row: days, years, units, codes, numbers and texts.

    Of a card only its days are locked: all else on it has no day, and what differs then is told.
    """
    names = ON_CARD if isinstance(row, Member) else [field.name for field in row._meta.concrete_fields]
    fields = [field for field in row._meta.concrete_fields if field.name in names and not field.primary_key]
    return {field.name: other(random, row, field) for field in random.sample(fields, random.choice([1, 1, 2]))}


def other(random, row, field):
    """Return another value of a field, often one that its table takes."""
    if field.remote_field:
        return random.choice(list(field.related_model._base_manager.order_by("pk")))
    if field.choices:
        return random.choice([code for code, _ in field.flatchoices])
    kind = field.get_internal_type()
    if kind == "DateField":
        return any_day(random)
    if kind == "BooleanField":
        return not getattr(row, field.name)
    if kind in ("PositiveSmallIntegerField", "DecimalField"):
        return random.choice([2024, 2025, 2026, 2027]) if field.name == "year" else random.randint(0, 9)
    return random.choice(["1990", "02/1990"] if isinstance(field, PartialDateField) else ["", "khác"])


def attempt(random, row):
    """Change, copy or delete a row past all rules but those of the database; return what refused it, if anything."""
    try:
        with transaction.atomic():
            what = random.choice(["change", "change", "copy", "delete"])
            if what == "delete":
                type(row)._base_manager.filter(pk=row.pk)._raw_delete(using="default")
            elif what == "copy":
                for name, value in changed(random, row).items():
                    setattr(row, name, value)
                row.pk = None
                type(row)._base_manager.bulk_create([row])
            else:
                type(row)._base_manager.filter(pk=row.pk).update(**changed(random, row))
            connection.check_constraints()  # now, since a test never gets to the end of its transaction
    except DatabaseError as error:
        return str(error)
    return None


def pick(random):
    """Return a row of a random table, if it has one."""
    rows = list(random.choice(DATED).model._base_manager.order_by("pk"))
    return random.choice(rows) if rows else pick(random)


@pytest.mark.parametrize("seed", range(2))
def test_a_write_is_refused_or_changes_no_frozen_figure(seed, db):
    random = Random(seed)
    tree = build(random)
    commune = tree["xa-1"]
    days = {"as_of": AS_OF, "since": START, "year": 2025, "due_on": TODAY, "today": TODAY}
    period = reporting_periods.close_period(period=reporting_periods.open_period(unit=commune, **days), today=TODAY)
    units = [commune.pk, *period_queries.units_asked(period).values_list("unit", flat=True)]
    moment = period.moment(SYSTEM)
    frozen = figures(moment, units)
    locked = written = 0
    for _ in range(WRITES):
        refusal = attempt(random, pick(random))
        locked += LOCKED in (refusal or "")
        if refusal is None:
            written += 1
            assert figures(moment, units) == frozen
    assert locked > WRITES / 10
    assert written > WRITES / 20
