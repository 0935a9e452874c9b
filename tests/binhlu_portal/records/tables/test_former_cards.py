"""Lists that show cards of several people in one row: each as its reader may know it."""

from binhlu_portal.records.tables import former_cards
from binhlu_portal.records.tables.former_cards import with_former_cards
from members.membership import actions as membership
from members.models import Member, Spell
from tests.factories import make_member
from tests.proofs import DAY

PATHS = ("pk", "phone", "spells__member__phone", "spells__member__full_name")


def test_each_person_of_a_row_is_read_as_the_reader_may(cell_a, cell_b, secretary_a, secretary_b):
    person = make_member(cell_a, "Lan", phone="0911111111")
    membership.transfer(member=person, to=cell_b, day=DAY)
    there = Member.objects.filter(spells__in=Spell.objects.filter(unit=cell_a))
    (row,) = with_former_cards(there.values(*PATHS), PATHS, secretary_a)
    assert (row["phone"], row["spells__member__phone"], row["spells__member__full_name"]) == ("", "", "Lan")
    (row,) = with_former_cards(there.values(*PATHS), PATHS, secretary_b)
    assert (row["phone"], row["spells__member__phone"]) == ("0911111111", "0911111111")


def test_rows_are_looked_through_part_by_part(cell_a, cell_b, secretary_a, monkeypatch):
    monkeypatch.setattr(former_cards, "PART", 2)
    for number in range(5):
        membership.transfer(member=make_member(cell_a, phone=f"091111111{number}"), to=cell_b, day=DAY)
    rows = with_former_cards(Member.objects.order_by("pk").values("pk", "phone"), ("pk", "phone"), secretary_a)
    assert [row["phone"] for row in rows.iterator()] == [""] * 5
