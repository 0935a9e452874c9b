"""What a former cell reads on the card of somebody who has left: what stood there as the member left."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.dates.partial_dates import PartialDate
from members.membership import actions as membership
from members.models import Admission, Member
from organizations.choices import Kind
from organizations.scope import SYSTEM
from organizations.units import actions as units
from tests.factories import clerk_of, make_member, make_person, make_root, make_unit
from tests.proofs import DAY

SOON = timezone.localdate() + timedelta(days=2)
"""A day on which everything has been written that a test writes."""


def card(user, member):
    """Return what `user` reads on the card that is another than what stands there now."""
    return Member.objects.cards_of_former(user, [member.pk]).get(member.pk, {})


def write(member, days, **fields):
    """Note that fields of a card were changed some days after the member left, from what they are."""
    before = Entry.objects.filter(table="members_member", row=member.pk).latest("pk").after
    later = timezone.make_aware(datetime.combine(SOON + timedelta(days=days), time.min))
    Entry.objects.create(
        at=later, action=Action.CHANGED, table="members_member", row=member.pk, before=before, after=before | fields
    )


@pytest.fixture
def moved(cell_a, cell_b):
    """Somebody of A, written down long before going to B."""
    person = make_member(cell_a, "Người đi", phone="0911111111", born_on="1980-05", card_issued_on=DAY)
    membership.transfer(member=person, to=cell_b, day=SOON)
    return person


def test_the_card_is_that_of_the_day_of_leaving(moved, secretary_a):
    write(moved, 0, phone="0922222222")
    write(moved, 3, phone="0933333333", residence="Bản xa")
    found = card(secretary_a, moved)
    assert (found["phone"], found["residence"], found["full_name"]) == ("0911111111", "", "Người đi")
    assert (found["born_on"], found["card_issued_on"]) == (PartialDate("1980-05"), DAY)


def test_a_card_that_nobody_has_changed_since_is_read_as_it_is(moved, secretary_a):
    write(moved, -1, phone="0922222222")
    assert card(secretary_a, moved) == {}


def test_who_has_the_member_reads_the_card_of_now(moved, secretary_b, clerk):
    write(moved, 3, phone="0922222222")
    assert card(secretary_b, moved) == card(clerk, moved) == card(SYSTEM, moved) == {}


def test_of_a_card_written_after_the_member_left_the_former_cell_reads_who_it_is(cell_a, cell_b, secretary_a):
    person = make_member(cell_a, "Người cũ", phone="0911111111", ethnicity="thai")
    membership.transfer(member=person, to=cell_b, day=DAY)
    found = card(secretary_a, person)
    assert (found["phone"], found["card_issued_on"]) == ("", None)
    assert not {"full_name", "gender", "born_on", "ethnicity", "sort_name"} & set(found)


def test_a_former_superior_reads_the_card_of_the_day_on_which_the_cell_left(db):
    province = make_root("tinh", kind=Kind.PROVINCE)
    old, new = (make_root(code, parent=province) for code in ("cu", "moi"))
    cell = make_unit("c", old)
    person = make_member(cell, phone="0911111111")
    units.move(unit=cell, parent=new, day=SOON)
    write(person, 1, phone="0922222222")
    assert card(clerk_of(old, "old"), person)["phone"] == "0911111111"
    assert card(clerk_of(new, "new"), person) == {}


def test_a_former_list_of_candidates_reads_the_card_of_the_day_of_closing(cell_a, cell_b, secretary_a, secretary_b):
    person = make_person("Người chờ", phone="0911111111")
    Admission.objects.create(member=person, unit=cell_a, listed_on=DAY, closed_on=SOON)
    write(person, 1, phone="0922222222")
    assert card(secretary_a, person) == {}  # nobody else has taken the person up
    Admission.objects.create(member=person, unit=cell_b, listed_on=SOON)
    assert card(secretary_a, person)["phone"] == "0911111111"
    assert card(secretary_b, person) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_cards_are_read_in_three_statements(cell_a, cell_b, secretary_a, django_assert_num_queries, number):
    people = [make_member(cell_a) for _ in range(number)]
    for person in people:
        membership.transfer(member=person, to=cell_b, day=DAY)
    with django_assert_num_queries(3):
        assert len(Member.objects.cards_of_former(secretary_a, [person.pk for person in people])) == number
