from datetime import UTC, date, datetime

import pytest

from organizations.codes import RoleKind
from reports.models import Confirmation, ReportingPeriod
from tests.factories import START, make_user
from tests.proofs import DAY, broken, every_insert, every_update, make_world

AT = datetime(2026, 1, 20, tzinfo=UTC)


def period(unit, as_of=DAY, since=START, **fields):
    return ReportingPeriod(unit=unit, as_of=as_of, since=since, year=2025, due_on=DAY, opened_on=DAY, **fields)


def saved(row):
    row.save()
    return row


def confirmation(unit, of):
    return Confirmation(period=of, unit=unit, user=make_user(f"u{unit.code}", (RoleKind.LEADER, unit)), at=AT)


def confirmed(world):
    """Return a confirmation of A and its period."""
    return saved(confirmation(world.a, saved(period(world.root))))


def again(world):
    first = confirmed(world)
    return Confirmation(period=first.period, unit=first.unit, user=first.user, at=AT)


def two(world):
    first = confirmed(world)
    return saved(confirmation(world.b, first.period)), {"unit": world.a}


def closed(world):
    return saved(period(world.root, closed_on=DAY))


INSERTS = {
    "reports_reportingperiod_since_first": lambda w: period(w.root, since=DAY, as_of=START),
    "reports_reportingperiod_one_open": lambda w: period(saved(period(w.root)).unit),
    "reports_confirmation_once": again,
    "confirmation_in_open_period": lambda w: confirmation(w.a, closed(w)),
    "confirmation_in_life": lambda w: confirmation(w.gone, saved(period(w.root))),
}

UPDATES = {
    "reports_reportingperiod_since_first": lambda w: (saved(period(w.root)), {"since": date(2026, 2, 1)}),
    "reports_reportingperiod_one_open": lambda w: (
        (saved(period(w.root)), saved(period(w.root, closed_on=DAY)))[1],
        {"closed_on": None},
    ),
    "reports_confirmation_once": two,
    "confirmation_in_open_period": lambda w: (confirmed(w), {"period": closed(w)}),
    "confirmation_in_life": lambda w: (confirmed(w), {"unit": w.gone}),
}


@every_insert
@pytest.mark.parametrize("rule", INSERTS)
def test_the_database_refuses_a_new_row_that_breaks(rule, insert, db):
    row = INSERTS[rule](make_world())
    with broken(rule):
        insert(row)


@every_update
@pytest.mark.parametrize("rule", UPDATES)
def test_the_database_refuses_a_change_that_breaks(rule, update, db):
    row, values = UPDATES[rule](make_world())
    with broken(rule):
        update(row, **values)
