"""Two people who write at once cannot break together a rule of the database that neither breaks alone (write skew).

Every rule that looks at other rows is tried both ways, on two connections: the row is written while what it rests on
goes away, and what it rests on goes away while the row is written. Read on PostgreSQL only: SQLite lets one writer in
at a time (see `collect_ignore` in conftest.py).
"""

import importlib
import re
from copy import copy

import pytest
from django.db import transaction

from assessments.models import Meeting
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.triggers import Guard
from members.models import Position, Spell, Vacancy
from organizations.models import Unit, UnitPeriod
from reports.reporting_periods.closing.locks import Lock
from reports.reporting_periods.models import ReportingPeriod
from tests.factories import START
from tests.faults.connections import Meanwhile
from tests.proofs import APPS, guards, insert_in_bulk, make_world, named, update_by_sql

LOOKS_AT = re.compile(r"(?:FROM|JOIN|,) (\w+_\w+) \w+")
EARLY = START.replace(year=1990)


class Lives:
    """All units exist from long ago for ever, and then no longer than they did."""

    def __init__(self, world, row):
        self.lives = list(Unit.objects.values_list("pk", "started_on", "ended_on"))
        Unit.objects.update(started_on=EARLY, ended_on=OPEN)

    def take(self):
        for unit, started_on, ended_on in self.lives:
            Unit.objects.filter(pk=unit).exclude(started_on=started_on, ended_on=ended_on).update(
                started_on=started_on, ended_on=ended_on
            )


class Gone:
    """Some rows stand in the way; they are taken away, and then written again."""

    def __init__(self, rows):
        self.rows = list(rows)
        rows.delete()

    def take(self):
        for row in self.rows:
            insert_in_bulk(row)


class Changed:
    """One row is changed, and then what it was."""

    def __init__(self, row, **values):
        self.row, self.was = row, {name: getattr(row, name) for name in values}
        update_by_sql(row, **values)

    def take(self):
        update_by_sql(self.row, **self.was)


def closed_period(world, row):
    return Changed(ReportingPeriod.objects.get(pk=row.period_id), closed_on=None, reopened_for="Mẫu")


WAYS = {
    "spell_in_cell": lambda w, row: Changed(UnitPeriod.objects.get(unit=row.unit), kind="subordinate_cell"),
    "unitperiod_suits": lambda w, row: Changed(
        UnitPeriod.objects.get(unit=row.parent), kind="party_organization", sector="state_agency"
    ),
    "unitperiod_holds_no_members": lambda w, row: Gone(Spell.objects.filter(unit=row.unit)),
    "vacancy_of_nobody": lambda w, row: Gone(Position.objects.filter(unit=row.unit, post=row.post)),
    "position_not_vacant": lambda w, row: Gone(Vacancy.objects.filter(unit=row.unit, post=row.post)),
    "confirmation_in_open_period": closed_period,
    "reporttext_closed": closed_period,
    "absence_of_its_meeting": lambda w, row: Changed(
        Meeting.objects.get(pk=row.meeting_id), unit_id=row.unit_id, held_on=row.held_on
    ),
}
"""What makes room for the row that a rule refuses, other than longer lives of units."""

FREE = {
    "unitperiod_possible": "a pair that is excluded later leaves the units as they are",
    "position_from_a_cell": "a stay that is put right later leaves the post as it was written",
    "unitrating_in_life": "a life that is put right later leaves the rating as it was written",
    "fourgoods_in_life": "as above",
    "memberrating_of_a_member": "a stay that is put right later leaves the rating as it was written",
    "case_of_a_member": "a stay that is put right later leaves the case as it was written",
    "meeting_of_a_cell": "a kind that is put right later leaves the meeting as it was written",
    "meeting_within_members": "a stay that is put right later leaves the meeting as it was written",
    "meeting_of_somebody": "as above",
    "absence_of_a_member": "a stay that is put right later leaves the attendance as it was written",
}
"""Rules that ask about the moment of writing alone, so that either order is right."""

ONE_WAY = {
    "confirmation_in_open_period": "a period is closed with what was confirmed",
    "confirmation_in_life": "a unit ends later with what it has confirmed",
    "reporttext_closed": "a period is closed with what was written",
}
"""Rules that hold for whoever writes the row; what it rests on may go away afterwards."""


def inserts():
    """Return the rows that each rule of the database refuses, by rule."""
    return {
        rule: make
        for app in APPS
        for rule, make in importlib.import_module(f"tests.{app}.test_triggers").INSERTS.items()
        if rule in guards()
    }


def looks_elsewhere(rule):
    """Whether a guard of new rows looks at other tables; the locks of dated records are tried with the closing."""
    return (
        isinstance(rule, Guard)
        and (not isinstance(rule, Lock) or rule.name in WAYS)
        and "INSERT" in rule.events
        and LOOKS_AT.search(str(rule.refuse))
    )


RULES = sorted(name for name, rule in guards().items() if looks_elsewhere(rule) and name not in FREE)


@pytest.mark.parametrize("name", RULES)
def test_a_row_and_what_it_rests_on_wait_for_each_other(name, transactional_db):
    world = make_world()
    row = inserts()[name](world)
    way = WAYS.get(name, Lives)(world, row)
    with transaction.atomic():
        way.take()
        late = Meanwhile(lambda: insert_in_bulk(copy(row)))
    late.join()
    assert named(late.refusal) == name

    way = WAYS.get(name, Lives)(world, row)
    with transaction.atomic():
        insert_in_bulk(row)
        late = Meanwhile(way.take)
    late.join()
    assert name in ONE_WAY or late.refusal is not None
