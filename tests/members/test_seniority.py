"""Years in the Party: from which day they count, one by one, all at once, and day by day by hand."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision, create
from members import seniority
from members.admissions import actions as admissions
from members.choices import BADGES, EndReason, StartReason
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Spell
from members.seniority import OUTSIDE
from organizations.scope import SYSTEM
from tests.examples import examples
from tests.factories import leave_party, make_person, make_root, make_unit
from tests.proofs import again, refused, undone

ONE = timedelta(days=1)
LONG_AGO = date(1960, 1, 1)
JOINED = date(2000, 3, 1)
DAY = date(2010, 3, 1)


def naive(first, stays, day):
    """Return the day from which years count, by walking from day to day and counting those outside."""
    number_outside, is_outside, today = 0, False, first.first_day
    while today < day:
        for place, stay in enumerate(stays):
            if stay.started_on == today:
                is_outside = False
            if stay.ended_on == today and stay.end_reason in ("struck_off", "expelled", "resigned"):
                after = stays[place + 1] if place + 1 < len(stays) else None
                comes_at_once = after is not None and after.started_on == today
                is_outside = not (comes_at_once or (after and after.start_reason == "restored"))
        number_outside += is_outside
        today += ONE
    return first if not number_outside else PartialDate.of(first.first_day + number_outside * ONE)


@st.composite
def lives(draw):
    """Draw a first day, and stays in the order of time with their reasons."""
    first = draw(st.dates(date(2000, 1, 1), date(2004, 12, 31)))
    iso = first.isoformat()[: draw(st.sampled_from([10, 10, 10, 7, 4]))]
    lengths = draw(st.lists(st.tuples(st.integers(1, 900), st.integers(0, 900)), min_size=1, max_size=4))
    day, stays, out = date(2001, 1, 1) + draw(st.integers(0, 900)) * ONE, [], False
    for place, (length, pause) in enumerate(lengths):
        is_last = place + 1 == len(lengths)
        back = [StartReason.READMITTED, StartReason.RESTORED] if out else [StartReason.TRANSFERRED_IN]
        end = OPEN if is_last and draw(st.booleans()) else day + length * ONE
        reason = draw(st.sampled_from([*sorted(OUTSIDE), EndReason.TRANSFERRED_OUT])) if end < OPEN else ""
        stays.append(
            SimpleNamespace(started_on=day, ended_on=end, start_reason=draw(st.sampled_from(back)), end_reason=reason)
        )
        out = reason in OUTSIDE
        day += (length + pause) * ONE
    return PartialDate(iso), stays


def test_all_endings_but_death_lead_out_of_the_party():
    assert membership.ENDINGS - {EndReason.DIED} == OUTSIDE


@given(lives(), st.dates(date(2000, 1, 1), date(2012, 12, 31)))
def test_time_outside_moves_the_first_day_on_by_as_many_days(life, day):
    first, stays = life
    assert seniority.seniority_start(first, stays, day) == naive(first, stays, day)


def stay(start, end=OPEN, came="transferred_in", went=""):
    return SimpleNamespace(started_on=start, ended_on=end, start_reason=came, end_reason=went)


@pytest.mark.parametrize("went", sorted(OUTSIDE))
def test_years_stand_still_until_somebody_is_admitted_again(went):
    left, back = date(2005, 1, 1), date(2008, 1, 1)
    stays = [stay(JOINED, left, went=went), stay(back, came="readmitted")]
    moved = {
        day: str(seniority.seniority_start(PartialDate.of(JOINED), stays, day)) for day in (left, left + ONE, back, DAY)
    }
    assert list(moved.values()) == ["01/03/2000", "02/03/2000", "01/03/2003", "01/03/2003"]


@pytest.mark.parametrize(
    ("went", "came"),
    [("expelled", "restored"), ("struck_off", "restored"), ("transferred_out", "transferred_in"), ("died", "")],
)
def test_no_time_is_lost_by_a_wrong_expulsion_a_stay_elsewhere_or_death(went, came):
    stays = [stay(JOINED, date(2005, 1, 1), went=went)] + ([stay(date(2008, 1, 1), came=came)] if came else [])
    assert seniority.seniority_start(PartialDate.of(JOINED), stays, DAY) == PartialDate.of(JOINED)


def test_a_date_known_in_part_stays_so_unless_it_is_moved():
    first = PartialDate("2000-03")
    assert seniority.seniority_start(first, [stay(JOINED)], DAY) == first
    stays = [stay(JOINED, date(2005, 1, 1), went="expelled"), stay(date(2005, 1, 31), came="readmitted")]
    assert str(seniority.seniority_start(first, stays, DAY)) == "31/03/2000"


def test_years_begun_on_29_february_are_full_on_1_march_of_a_common_year():
    assert seniority.completed_on(30, date(1996, 2, 29)) == date(2026, 3, 1)
    assert seniority.completed_on(40, date(1996, 2, 29)) == date(2036, 2, 29)


@pytest.mark.parametrize(
    ("day", "badge"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), 30), (date(2035, 12, 31), 30), (date(2036, 1, 1), 40)],
)
def test_a_badge_is_reached_on_the_day_its_years_are_full(day, badge):
    assert seniority.badge_reached(date(1996, 1, 1), day) == badge
    assert seniority.badge_reached(date(1900, 1, 1), date(2026, 1, 1)) == BADGES[-1]


# --- Of records ---


@pytest.fixture
def cell(db):
    """A cell that has stood for long."""
    return make_unit("lau-doi", make_root(day=LONG_AGO), day=LONG_AGO)


def record(cell, first, stays):
    """Write down a person, with the day on the card and the stays."""
    member = make_person(decided_on=first, official_on=first)
    Spell.objects.bulk_create(Spell(member=member, unit=cell, **vars(each)) for each in stays)
    return again(member)


def at_once(day):
    """Return the day from which years count of everybody with a stay, by the expression."""
    stays = Spell.objects.visible_to(SYSTEM)
    return dict(stays.annotate(start=seniority.seniority_start_expression(stays, day)).values_list("member", "start"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(5))
@given(st.lists(lives(), min_size=1, max_size=5), st.dates(date(2001, 1, 1), date(2012, 12, 31)))
def test_one_by_one_and_all_at_once_are_the_same(cell, world, day):
    with undone():
        members = [(record(cell, first, stays), first, stays) for first, stays in world]
        expected = {member.pk: naive(first, stays, day) for member, first, stays in members}
        assert {member.pk: seniority.seniority_start_of(member, day) for member, _, _ in members} == expected
        assert at_once(day) == expected


def come_back(cell, earlier):
    """Write down somebody admitted, struck off and admitted again; the first decision is kept, or not."""
    member = make_person("Lan", joined_on="1990-01-15", decided_on="1990-01-05", official_on="1991-01-15")
    if earlier:
        admission = {"decision_date": date(1990, 1, 5), "ceremony_on": date(1990, 1, 15)}
        create(admissions.Admission, member=member, unit=cell, **admission)
    membership.transfer_in(member=member, unit=cell, day=date(1995, 1, 1))
    leave_party(member, date(2000, 1, 1), EndReason.STRUCK_OFF)
    again_on = Decision("01-QĐ/ĐU", date(2003, 12, 20))
    admission = admissions.admit(
        member=member, unit=cell, day=date(2004, 1, 1), decision=again_on, again=True, consent="55-CV/TU"
    )
    admissions.make_official(admission=admission)
    return again(member)


def test_years_of_one_admitted_again_count_from_the_first_decision_that_is_kept(cell):
    member = come_back(cell, earlier=True)
    assert str(seniority.seniority_start_of(member, DAY)) == "05/01/1994"
    assert at_once(DAY) == {member.pk: seniority.seniority_start_of(member, DAY)}


def test_of_several_stays_with_one_decision_the_count_is_read_in_one_statement(cell, django_assert_num_queries):
    for _ in range(3):
        come_back(cell, earlier=True)
    stays = Spell.objects.order_by("started_on")
    with django_assert_num_queries(1):
        start = seniority.seniority_start_expression(stays, DAY)
    assert [str(day) for day in stays.annotate(start=start).values_list("start", flat=True)] == ["05/01/1994"] * 6


def test_a_badge_waits_as_long_as_its_member_was_outside(cell):
    member = come_back(cell, earlier=True)
    with refused("Lan đủ 30 năm tuổi Đảng ngày 05/01/2024, sau ngày trao tặng."):
        member_records.award_badge(member=member, years=30, awarded_on=date(2024, 1, 4))
    assert member_records.award_badge(member=member, years=30, awarded_on=date(2024, 1, 5))


def test_a_badge_earned_before_leaving_may_still_be_put_right(cell):
    member = make_person(
        "Lan", born_on="1940", joined_on="1960-01-15", decided_on="1960-01-05", official_on="1961-01-15"
    )
    membership.transfer_in(member=member, unit=cell, day=date(1961, 1, 1))
    badge = member_records.award_badge(member=member, years=30, awarded_on=date(1990, 2, 3))
    membership.end_membership(member=member, day=date(2000, 1, 1), reason=EndReason.RESIGNED)
    badge = again(badge)
    assert badge.due_on == date(1990, 1, 5)
    badge.full_clean()


def test_nothing_counts_of_one_whose_days_are_unknown(cell):
    member = make_person()
    membership.transfer_in(member=member, unit=cell, day=JOINED)
    assert seniority.seniority_start_of(member, DAY) is None
    assert at_once(DAY) == {member.pk: None}
    leave_party(member, DAY, EndReason.STRUCK_OFF)
    assert seniority.seniority_start_of(again(member), DAY + ONE) is None
    assert at_once(DAY + ONE) == {member.pk: None}


def test_without_a_decision_the_day_of_entry_counts(cell):
    member = make_person(joined_on="1990-05")
    membership.transfer_in(member=member, unit=cell, day=JOINED)
    assert at_once(DAY) == {member.pk: PartialDate("1990-05")}
    assert months_later(seniority.seniority_start_of(member, DAY).first_day, 12) == date(1991, 5, 1)
