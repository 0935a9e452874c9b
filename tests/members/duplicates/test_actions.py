"""People written down twice are found, and two records become one without losing what they hold."""

from datetime import date

import pytest

from assessments.choices import Rating
from assessments.models import MemberRating
from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.db.actions import Refusal
from members.duplicates import actions as duplicates
from members.duplicates import queries as duplicate_queries
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member, MemberState, Spell
from tests.factories import START, make_member, make_person

DAY = date(2025, 9, 1)


def person(**fields):
    """Return an unsaved person."""
    return Member(**{"full_name": "Lò Văn Hoà", "born_on": "1980-03-04"} | fields)


def read(people):
    """Return people as they are read from the database, with their dates of birth as such."""
    for each in people:
        each.born_on = Member._meta.get_field("born_on").to_python(each.born_on)
    return people


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"full_name": "Tên Khác", "citizen_id": "012 345 678 901"}, duplicate_queries.ID),
        ({"full_name": "Tên Khác", "born_on": None, "old_card_number": "12345678"}, duplicate_queries.CARD),
        ({}, duplicate_queries.NAME_BIRTH),
        ({"full_name": "lo van hoa"}, duplicate_queries.NAME_BIRTH),
        ({"full_name": "Đ/c Lò Văn Hoà (A)"}, duplicate_queries.NAME_BIRTH),
        ({"born_on": "1980-04-03"}, duplicate_queries.NAME_SWAPPED),
        ({"born_on": "1980"}, duplicate_queries.NAME_YEAR),
        ({"born_on": "1980-12-30"}, duplicate_queries.NAME_YEAR),
        ({"born_on": "1981-03-04"}, None),
        ({"born_on": None}, None),
        ({"full_name": "Lò Văn Hoàn"}, None),
    ],
)
def test_records_look_like_one_person(other, reason):
    one, other = read([person(citizen_id="012345678901", card_number="12345678"), person(**other)])
    assert duplicate_queries.duplicate_reason(one, other) == duplicate_queries.duplicate_reason(other, one) == reason


def test_pairs_are_found_in_one_statement_the_surest_first(db, django_assert_num_queries):
    first = make_person("Lò Văn Hoà", born_on="1980", card_number="12345678")
    second = make_person("Lò Văn Hòa", born_on="1980-03-04")
    third = make_person("Vàng A Sử", old_card_number="12345678")
    for _ in range(30):
        make_person(born_on="1990-01-01")
    with django_assert_num_queries(1):
        found = duplicate_queries.duplicate_pairs(Member.objects.all())
    assert [(pair.why, pair.first, pair.second) for pair in found] == [
        ("Cùng số thẻ đảng viên", first, third),
        ("Cùng họ tên, năm sinh", first, second),
    ]


def test_a_new_person_is_compared_with_those_written_down(db):
    known = make_person("Lò Văn Hoà", born_on="1980-03-04", alias="Sơn")
    make_person("Lò Văn Hoàn", born_on="1980-03-04")
    [new] = read([person()])
    assert duplicate_queries.possible_duplicates(new, Member.objects.all()) == [("Cùng họ tên, ngày sinh", known)]
    assert duplicate_queries.possible_duplicates(new, Member.objects.exclude(pk=known.pk)) == []


def rate(member, level, year=2025):
    """Rate a member for a year, beside the verb: records written down twice come from anywhere."""
    return MemberRating.objects.create(member=member, year=year, level=level, decided_on=date(year, 12, 1))


def test_merging_moves_facts_fills_gaps_and_keeps_the_history(cell_a):
    keep, other = make_member(cell_a, phone="0911"), make_member(cell_a, phone="0922", residence="Bản Mới")
    rated, gone = rate(other, Rating.GOOD), other.pk
    merged = duplicates.merge(keep=keep, other=other)
    assert (merged.pk, merged.phone, merged.residence) == (keep.pk, "0911", "Bản Mới")
    rated.refresh_from_db()
    assert rated.member == keep
    assert not Member.objects.filter(pk=gone).exists()
    assert Entry.objects.filter(table="members_member", row=gone, action=Action.DELETED).exists()


def test_numbers_of_the_other_record_are_taken_over(cell_a):
    keep, other = make_member(cell_a), make_person(card_number="12345678", citizen_id="012345678901")
    merged = duplicates.merge(keep=keep, other=other)
    assert (merged.card_number, merged.citizen_id) == ("12345678", "012345678901")


def test_the_same_stay_written_twice_becomes_one(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a, day=DAY)
    duplicates.merge(keep=keep, other=other)
    [stay] = Spell.objects.all()
    assert (stay.member, stay.started_on) == (keep, START)


def test_stays_one_after_the_other_are_all_kept(cell_a, cell_b):
    keep, other = make_member(cell_b, day=DAY), make_member(cell_a)
    membership.transfer_out(member=other, day=DAY, went_to="Nơi khác")
    duplicates.merge(keep=keep, other=other)
    assert [stay.unit for stay in keep.spells.order_by("started_on")] == [cell_a, cell_b]


@pytest.mark.parametrize("earlier", [False, True], ids=["another cell", "longer in the same cell"])
def test_stays_that_cannot_both_be_true_are_refused(cell_a, cell_b, earlier):
    keep = make_member(cell_a, day=DAY)
    other = make_member(cell_a if earlier else cell_b, phone="0922")
    with pytest.raises(Refusal, match="chồng lên"):
        duplicates.merge(keep=keep, other=other)
    assert Member.objects.count() == Spell.objects.values("member").distinct().count() == 2


def test_what_the_record_to_keep_has_already_goes_with_the_other(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a)
    kept, _ = rate(keep, Rating.GOOD), rate(other, Rating.EXCELLENT)
    moved = rate(other, Rating.GOOD, year=2026)
    for member, education in ((keep, "primary"), (other, "upper_secondary")):
        member_records.set_levels(member=member, day=START, education=education)
    duplicates.merge(keep=keep, other=other)
    assert set(MemberRating.objects.filter(member=keep)) == {kept, moved}
    assert MemberState.objects.get().education == "primary"


def test_a_record_is_not_merged_with_itself(cell_a):
    member = make_member(cell_a)
    with pytest.raises(Refusal, match="khác nhau"):
        duplicates.merge(keep=member, other=member)
    assert Member.objects.get() == member


@pytest.mark.parametrize(("one", "other"), [("Ksor H’Lan", "Ksor H'Lan"), ("Lý A Sì", "Lí A Sì"), ("Hà Mĩ", "Hà Mỹ *")])
def test_names_said_alike_are_pairs_and_found_by_either(db, one, other):
    first, second = make_person(one, born_on="1980-03-04"), make_person(other, born_on="1980-03-04")
    [pair] = duplicate_queries.duplicate_pairs(Member.objects.all())
    assert (pair.first, pair.second) == (first, second)
    assert first.search_name == second.search_name
