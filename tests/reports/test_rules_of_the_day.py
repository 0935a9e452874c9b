"""A question goes by the rules of its day: what is set from a later day on changes nothing of it."""

from datetime import date, timedelta

import pytest

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.moment.moment import Moment
from members.reminders.kinds import REMINDERS, counts
from organizations.choices import Subject
from organizations.models import Regulation, Threshold, Unit
from organizations.retention.periods import LEAST_MONTHS
from organizations.scope import SYSTEM
from reports.figures import evaluate, registry

DAY = date(2026, 3, 1)
LATER = DAY + timedelta(days=1)


def answers(unit, day):
    """Return all that is counted and said of a unit on a day: figures, checks, reminders."""
    moment = Moment.of(unit, SYSTEM, today=day, since=date(2025, 7, 1))
    figures = evaluate.results(moment, [*registry.FIGURES])
    return (
        {code: (result.value, result.percent, result.low) for code, result in figures.items()},
        {code: (check.said(moment), check.rows(moment).count()) for code, check in CHECKS.items()},
        {code: moment.in_force.cite(f"{check.advice} {check.source}") for code, check in CHECKS.items()},
        [(reminder.code, number) for reminder, _, number in counts(moment, day)],
        [moment.in_force.cite(sentence) for reminder in REMINDERS.values() for sentence in reminder.prepare],
    )


def set_anew(start):
    """Have every value be a third of what it was and every regulation be another, from a day on.

    How long lines are kept stays: no answer asks it, and there is a least.
    """
    values = Threshold.objects.on(start).exclude(code__in=LEAST_MONTHS)
    for row in [*values, *Regulation.objects.on(start)]:
        type(row).objects.filter(pk=row.pk).update(ended_on=start)
        row.pk, row.started_on = None, start
        if isinstance(row, Threshold):
            row.low = row.low // 3
        else:
            row.number = "1"
        row.save(force_insert=True)


@pytest.mark.usefixtures("sample")
def test_rules_set_from_the_next_day_on_change_no_answer_of_the_day_and_do_change_those_after_it():
    unit = Unit.objects.get(code="binh-lu")
    before, then = answers(unit, DAY), answers(unit, LATER)
    set_anew(LATER)
    assert answers(unit, DAY) == before
    assert all(now != was for now, was in zip(answers(unit, LATER), then, strict=True))
    assert Regulation.objects.filter(number="1").count() == len(Subject) - 1
