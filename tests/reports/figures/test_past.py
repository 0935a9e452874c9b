"""What was decided stays: whatever happens later, no figure of a past day, period or rating year becomes another."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from assessments.choices import CaseKind, CaseOutcome, MeetingKind, NilRegister, Rating
from assessments.inspections import actions as inspections
from assessments.meetings import actions as meetings
from assessments.nil_returns import actions as nil_returns
from assessments.ratings import actions as ratings
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision
from members import choices
from members.admissions import actions as admissions
from members.member_records import actions as member_records
from members.positions import actions as positions
from organizations.choices import Norm, Subject
from organizations.documents import actions as documents
from organizations.models import Unit
from organizations.regulations import actions as regulations
from reports.figures import evaluate, registry
from tests.factories import DECIDED, START, moment_of, reduce_fee
from tests.reports import worlds

PAST = worlds.DAYS[-1]
"""The day of the question; everything below happens later."""

FIGURES = [*registry.FIGURES, *registry.REGISTERS]
"""All that a page, a report or an annex of a past day shows; statistics count the same records."""


def of_the_past(tree):
    """Return what all figures were: as of the day, in a period that ended with it, of a year that was rated."""
    moments = [moment_of(tree[code], PAST, since=START, year=2025) for code in ("tinh", "xa-1")]
    moments.append(replace(moments[0], as_of=worlds.DAYS[6]))
    return [
        {code: (result.value, result.base, result.percent, result.asked) for code, result in results.items()}
        for results in (evaluate.results(moment, FIGURES) for moment in moments)
    ]


def levels(random, day, unit, person):
    member_records.set_levels(member=person, day=day, **worlds.levels(random))


def exemption(random, day, unit, person):
    decision = Decision("07-QĐ/ĐU", day)
    kind = random.choice(choices.ExemptionKind.values)
    member_records.exempt(member=person, kind=kind, day=day, decision=decision)


def fee_relief(random, day, unit, person):
    reduce_fee(person, day, day + timedelta(days=300))


def training(random, day, unit, person):
    program = random.choice(choices.Program.values)
    member_records.train(member=person, program=program, course="Lớp sau", level="province", began_on=day)


def plan(random, day, unit, person):
    post = random.choice(choices.PlanningPost.values)
    member_records.plan(member=person, post=post, term="2030-2035", approved_on=day)


def appointment(random, day, unit, person):
    positions.appoint(unit=unit, post=random.choice(choices.Post.values), member=person, day=day, decision=DECIDED)


def relief(random, day, unit, person):
    held = unit.positions.filter(ended_on=OPEN).order_by("pk").first()
    if held:
        positions.relieve(position=held, day=day)


def meeting(random, day, unit, person):
    expected = min(unit.spells.on(day).count(), 1)
    meetings.hold_meeting(unit=unit, day=day, kind=MeetingKind.REGULAR, expected=expected, present=expected)


def case(random, day, unit, person):
    words = {"kind": CaseKind.INSPECTION, "level": "committee", "outcome": CaseOutcome.GOOD}
    inspections.conclude_case(unit=unit, subject="Nội dung", day=day, **words)


def document(random, day, unit, person):
    documents.record_document(
        unit=unit, number=f"{day}-KH", kind="Kế hoạch", issued_on=day, subject="Mẫu", implements="21-NQ/TW"
    )


def rating(random, day, unit, person):
    ratings.rate(member=person, year=2026, decided_on=day, level=Rating.GOOD)


def rating_of_unit(random, day, unit, person):
    ratings.rate_unit(unit=unit, year=2026, decided_on=day, level=Rating.GOOD)


def four_goods(random, day, unit, person):
    ratings.recognise_four_goods(unit=unit, year=2026)


def target(random, day, unit, person):
    admissions.set_target(unit=unit, year=2027, target=3)


def nothing_else(random, day, unit, person):
    register = random.choice(NilRegister.values)
    days = {"started_on": day, "ended_on": day + timedelta(days=30)}
    nil_returns.state_nil(unit=unit, registers=[register], stated_by="Bí thư", **days)


def next_threshold(random, day, unit, person):
    code = random.choice(Norm.values)
    regulations.set_threshold(code=code, started_on=day, low=random.randint(1, 50), source="Nghị quyết mới")


def next_regulation(random, day, unit, person):
    words = {"kind": "Quy định", "number": "9", "title": "Mẫu", "issued_on": day}
    regulations.issue_regulation(subject=random.choice(Subject.values), started_on=day, **words)


ACTS = [
    levels, exemption, fee_relief, training, plan, appointment, relief, meeting, case, document, rating,
    rating_of_unit, four_goods, target, nothing_else, next_threshold, next_regulation,
]  # fmt: skip


TRIES = 5
"""How many people an act is tried on: some are exempt already, suspended or gone."""


def go_on(random, day, tree, cells, people):
    """Let things happen on a day, of every kind there is, each as the actions allow it or not at all."""
    worlds.happen(random, day, tree, cells, people)
    done = []
    for act in ACTS:
        for _ in range(TRIES):
            try:
                act(random, day, random.choice(cells), random.choice(people))
            except ValidationError:
                continue
            done.append(act)
            break
    return done


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_happens_later_changes_a_figure_of_a_past_day(db, seed):
    random = Random(seed)
    tree = worlds.build(random)
    before, done = of_the_past(tree), set()
    cells = [cell for code, cell in tree.items() if code[:2] not in ("da", "ti", "xa", "db")]
    cells = [cell for cell in Unit.objects.filter(pk__in=[cell.pk for cell in cells]) if cell.ended_on == OPEN]
    people = [spell.member for cell in cells for spell in cell.spells.filter(ended_on=OPEN).select_related("member")]
    for number in range(5):
        done.update(go_on(random, PAST + timedelta(days=30 * number + 1), tree, cells, people))
    assert done == set(ACTS), "what never happens proves nothing"
    for then, now in zip(before, of_the_past(tree), strict=True):
        assert now == then


def test_the_day_of_the_question_lies_before_all_that_happens():
    assert date(2026, 3, 1) == PAST
