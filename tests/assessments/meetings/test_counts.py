"""Whatever door a meeting comes by, no more were there than were expected, nor expected than the cell had members."""

from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from assessments.meetings.actions import hold_meeting
from assessments.meetings.forms import CorrectMeetingForm, MeetingForm
from assessments.models import Meeting
from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.submit import submit
from members.membership import actions as membership
from tests.binhlu_portal.spreadsheets.books import Book
from tests.examples import examples
from tests.factories import START, make_member, make_members, moment_of

TODAY = START + timedelta(days=60)
STEPS = 25


def numbers(random):
    """Return how many were expected, present and guests, right or wrong."""
    expected = random.randrange(10)
    return {"expected": expected, "present": random.randrange(expected + 2), "guests": random.randrange(3)}


def some_day(random):
    return START + timedelta(days=random.randrange(60))


def send(form_class, user, **values):
    """Send a form as a page does."""
    form = form_class(user=user, today=TODAY, **({"instance": values.pop("instance")} if "instance" in values else {}))
    sent = QueryDict(mutable=True)
    shown = {name: form[name].value() for name in form.fields} | values
    sent.update({name: str(value) for name, value in shown.items() if value is not None})
    form = form_class(sent, user=user, today=TODAY, instance=form.instance)
    if "sure" in form.errors:
        sent.setlist("sure", [key for key, _ in form.fields["sure"].choices])
        form = form_class(sent, user=user, today=TODAY, instance=form.instance)
    if form.is_valid():
        submit(form, lambda written: "/")


def add_by_form(random, unit, user):
    send(MeetingForm, user, unit=unit.code, kind="regular", held_on=f"{some_day(random):%d/%m/%Y}", **numbers(random))


def add_by_verb(random, unit, user):
    hold_meeting(unit=unit, day=some_day(random), kind="thematic", **numbers(random))


def add_in_bulk(random, unit, user):
    rows = [Meeting(unit=unit, held_on=some_day(random), kind="thematic", **numbers(random)) for _ in range(2)]
    with transaction.atomic():
        Meeting.objects.bulk_create(rows)


def bring_in_a_workbook(random, unit, user):
    book = Book.of(user)
    for row in random.sample(book.rows[Meeting], min(2, len(book.rows[Meeting]))):
        row.update(numbers(random))
    book.add(Meeting, unit=unit.code, held_on=some_day(random), kind="Chuyên đề", **numbers(random))
    book.bring(user, today=TODAY)


def correct_by_form(random, unit, user):
    if meeting := unit.meetings.order_by("?").first():
        send(CorrectMeetingForm, user, instance=meeting, **numbers(random))


def correct_by_verb(random, unit, user):
    if meeting := unit.meetings.order_by("?").first():
        correct(row=meeting, held_on=some_day(random), **numbers(random))


def change_in_bulk(random, unit, user):
    with transaction.atomic():
        unit.meetings.update(**numbers(random))


DOORS = (
    add_by_form,
    add_by_verb,
    add_in_bulk,
    bring_in_a_workbook,
    correct_by_form,
    correct_by_verb,
    change_in_bulk,
)


def come(random, unit):
    make_member(unit, day=some_day(random))


def go(random, unit):
    member = random.choice([stay.member for stay in unit.spells.filter(end_reason="")] or [make_member(unit)])
    membership.transfer_out(member=member, day=some_day(random))


def over_counted(unit):
    """Return the meetings with more present than expected, or more expected than members, counted by a loop."""
    stays = list(unit.spells.all())
    found = set()
    for meeting in unit.meetings.all():
        members = sum(stay.started_on <= meeting.held_on < stay.ended_on for stay in stays)
        if not meeting.present <= meeting.expected <= members:
            found.add(meeting.pk)
    return found


def listed(unit):
    """Return the meetings that the data check finds."""
    return set(CHECKS["phai-du-qua-dang-vien"].rows(moment_of(unit, TODAY)).values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(examples(3)))
def test_no_door_lets_more_be_present_than_members(seed, cell_a, clerk):
    random, written = Random(seed), 0
    make_members(cell_a, 4)
    for _ in range(STEPS):
        if random.random() < 0.4:
            try:
                random.choice((come, come, go))(random, cell_a)
            except ValidationError:
                continue
        else:
            before, count = over_counted(cell_a), Meeting.objects.count()
            try:
                random.choice(DOORS)(random, cell_a, clerk)
            except (ValidationError, IntegrityError):
                assert Meeting.objects.count() == count
            assert over_counted(cell_a) <= before
            written += Meeting.objects.count() > count
        assert listed(cell_a) == over_counted(cell_a)
    assert written


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_writes_what_is_right(door, cell_a, clerk, monkeypatch):
    make_members(cell_a, 3)
    hold_meeting(unit=cell_a, day=START, kind="regular", expected=1, present=1)
    monkeypatch.setitem(globals(), "numbers", lambda random: {"expected": 3, "present": 2, "guests": 4})
    door(Random(1), cell_a, clerk)
    assert Meeting.objects.filter(expected=3, present=2, guests=4).exists()
