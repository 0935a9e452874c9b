"""People written down twice are found, and two records become one without losing what they hold."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.choices import Rating
from assessments.models import Absence, MemberRating
from binhlu_portal.audit.display import own_fields
from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Refusal, remove
from binhlu_portal.records.types import RECORD_TYPES
from members.duplicates import actions as duplicates
from members.duplicates import clashes
from members.duplicates import queries as duplicate_queries
from members.duplicates.forms import MergeMembersForm
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import (
    Badge,
    Discipline,
    DistinctPair,
    Exemption,
    FeeBasis,
    Member,
    MemberState,
    Planning,
    Spell,
)
from tests.examples import examples
from tests.factories import START, make_member, make_person
from tests.record_types import RECORDS

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


def test_pairs_are_found_in_two_statements_the_surest_first(db, django_assert_num_queries):
    first = make_person("Lò Văn Hoà", born_on="1980", card_number="12345678")
    second = make_person("Lò Văn Hòa", born_on="1980-03-04")
    third = make_person("Vàng A Sử", old_card_number="12345678")
    for _ in range(30):
        make_person(born_on="1990-01-01")
    with django_assert_num_queries(2):
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


@pytest.mark.parametrize("theirs", [False, True])
@pytest.mark.parametrize("swapped", [False, True])
def test_of_stays_in_two_cells_since_one_day_the_chosen_one_stays(cell_a, cell_b, clerk, theirs, swapped):
    keep, other = make_member(cell_a), make_member(cell_b, phone="0922")
    keep, other = (other, keep) if swapped else (keep, other)
    wanted = (other if theirs else keep).spells.get().unit
    form = MergeMembersForm({}, instance=(keep, other), user=clerk, today=DAY)
    [key] = [line.key for line in form.comparisons if line.key.startswith("spell-")]
    duplicates.merge(keep=keep, other=other, theirs_win={key} if theirs else ())
    stay = Spell.objects.get()
    assert (stay.member, stay.unit, stay.started_on) == (keep, wanted, START)


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


def levels(member, **said):
    """Write levels of a member beside the verb: [(first day, end, …)]."""
    return MemberState.objects.create(member=member, **said)


def test_levels_of_both_are_joined_day_by_day(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a)
    levels(keep, started_on=date(2015, 1, 1), education="upper_secondary")
    levels(other, started_on=date(2018, 1, 1), qualification="university", speciality="Luật", theory="intermediate")
    duplicates.merge(keep=keep, other=other)
    first, second = MemberState.objects.filter(member=keep).order_by("started_on")
    assert (first.started_on, first.ended_on, first.education, first.theory) == (
        date(2015, 1, 1),
        date(2018, 1, 1),
        "upper_secondary",
        "",
    )
    assert (second.started_on, second.ended_on, second.education) == (date(2018, 1, 1), OPEN, "upper_secondary")
    assert (second.qualification, second.speciality, second.theory) == ("university", "Luật", "intermediate")
    assert MemberState.objects.count() == 2


@pytest.mark.parametrize("order", [1, -1], ids=["early first", "late first"])
def test_where_both_have_a_level_the_record_to_keep_is_believed(cell_a, order):
    keep, other = make_member(cell_a), make_member(cell_a)
    for person, start, said in zip(
        (keep, other),
        [date(2015, 1, 1), date(2018, 1, 1)][::order],
        ({"education": "primary"}, {"education": "upper_secondary", "education_grade": "12/12", "theory": "advanced"}),
        strict=True,
    ):
        levels(person, started_on=start, **said)
    duplicates.merge(keep=keep, other=other)
    last = MemberState.objects.filter(member=keep).latest("started_on")
    assert (last.education, last.education_grade, last.theory) == ("primary", "", "advanced")


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_on_every_day_the_levels_are_those_of_one_or_the_other(cell_a, data):
    def states(member):
        days = sorted(data.draw(st.sets(st.integers(0, 6), min_size=1, max_size=5)))
        values = st.fixed_dictionaries({name: st.sampled_from(["", f"{name[0]}1", f"{name[0]}2"]) for name in ("job",)})
        closed = data.draw(st.booleans())
        ends = [*days[1:], 7 if closed else None]
        return [
            levels(
                member,
                started_on=START + timedelta(days=first),
                ended_on=OPEN if end is None else START + timedelta(days=end),
                education=data.draw(st.sampled_from(["", "primary", "upper_secondary"])),
                theory=data.draw(st.sampled_from(["", "advanced"])),
                **data.draw(values),
            )
            for first, end in zip(days, ends, strict=True)
        ]

    def said(rows, day):
        return next((row for row in rows if row.started_on <= day < row.ended_on), MemberState())

    with transaction.atomic():
        keep, other = make_member(cell_a), make_member(cell_a)
        mine, theirs = states(keep), states(other)
        duplicates.merge(keep=keep, other=other)
        found = list(MemberState.objects.filter(member=keep))
        for day in (START + timedelta(days=number) for number in range(9)):
            for name in ("education", "theory", "job"):
                wanted = getattr(said(mine, day), name) or getattr(said(theirs, day), name)
                assert getattr(said(found, day), name) == wanted
        transaction.set_rollback(True)


def test_a_fact_of_both_takes_over_what_it_leaves_open(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a)
    kept = Exemption.objects.create(member=keep, kind="age_health", started_on=DAY)
    Exemption.objects.create(member=other, kind="age_health", started_on=DAY, decision_number="05-NQ/CB")
    duplicates.merge(keep=keep, other=other)
    assert Exemption.objects.get() == kept
    assert Exemption.objects.get().decision_number == "05-NQ/CB"


def test_what_cannot_be_true_together_is_not_put_together(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a)
    kept = rate(keep, Rating.GOOD)
    MemberRating.objects.create(member=other, year=2025, not_rated="other", decided_on=DAY)
    duplicates.merge(keep=keep, other=other)
    assert (MemberRating.objects.get(), MemberRating.objects.get().not_rated) == (kept, "")


REGISTERS = [code for code, kind in RECORD_TYPES.items() if any(f.name == "member" for f in kind.model._meta.fields)]


def test_every_register_about_a_member_has_its_record_type():
    models = {RECORD_TYPES[code].model for code in REGISTERS}
    assert {*clashes.registers(), MemberState} - {Absence} <= models  # absences are on the page of their meeting


@pytest.mark.parametrize("code", REGISTERS)
def test_of_every_register_what_the_other_record_alone_had_is_kept(cell_a, code):
    keep, other = (make_member(cell_a, joined_on="1990-01-05", official_on="1991-01-05") for _ in range(2))
    row = RECORDS[code](cell_a, other)
    other = row.member
    model = RECORD_TYPES[code].model
    before = {field.name: field.value_from_object(row) for field in own_fields(model) if field.name != "member"}
    duplicates.merge(keep=keep, other=other)
    assert model.objects.filter(member=keep, **before).count() == 1
    assert not Member.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("wins", [False, True], ids=["of the record to keep", "of the other record"])
@pytest.mark.parametrize(
    ("model", "mine", "theirs"),
    [
        (MemberRating, {"year": 2025, "level": "good", "decided_on": DAY}, {"level": "excellent"}),
        (Exemption, {"kind": "age_health", "started_on": DAY}, {"started_on": DAY - timedelta(days=30)}),
        (Badge, {"years": 30, "awarded_on": DAY}, {"number": "0123", "awarded_on": DAY + timedelta(days=1)}),
        (
            Discipline,
            {"form": "warning", "level": "cell", "violation": "other", "decided_on": DAY},
            {"form": "reprimand"},
        ),
        (Planning, {"post": "unit_leaders", "term": "2025-2030", "approved_on": DAY}, {"approved_on": START}),
        (FeeBasis, {"group": "other", "started_on": DAY}, {"group": "pension", "income": 3_000_000}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_of_two_facts_that_leave_no_room_for_each_other_the_chosen_one_stays(cell_a, model, mine, theirs, wins):
    keep, other = make_member(cell_a), make_member(cell_a)
    own, fact = model.objects.create(member=keep, **mine), model.objects.create(member=other, **mine | theirs)
    [moved] = clashes.moved_facts(model.objects.all(), keep, other)
    assert [moved.against, moved.fact] == [[own], fact]
    duplicates.merge(keep=keep, other=other, theirs_win={moved.key} if wins else ())
    assert model.objects.get() == (fact if wins else own)
    assert model.objects.get().member == keep


def test_facts_for_which_there_is_room_are_no_clash(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a)
    rate(keep, Rating.GOOD), rate(other, Rating.GOOD, year=2026)
    planned = {"post": "unit_leaders", "term": "2025-2030", "approved_on": DAY}
    Planning.objects.create(member=keep, **planned)
    Planning.objects.create(member=other, **planned | {"step": "removed"})
    for model in (MemberRating, Planning):
        assert [moved.against for moved in clashes.moved_facts(model.objects.all(), keep, other)] == [[]]
    duplicates.merge(keep=keep, other=other)
    assert (MemberRating.objects.count(), Planning.objects.count()) == (2, 2)


def test_fields_of_the_card_and_levels_are_chosen_one_by_one(cell_a):
    keep = make_member(cell_a, phone="0911", hometown="Quê Một")
    other = make_member(cell_a, phone="0922", hometown="Quê Hai", note="Ghi chú")
    levels(keep, started_on=START, education="primary", theory="elementary")
    levels(other, started_on=START, education="upper_secondary", theory="advanced", education_grade="12/12")
    assert {line.key for line in clashes.of_levels(keep, other)} == {"memberstate-education", "memberstate-theory"}
    assert ("ghi chú", "") in [(line.label, line.key) for line in clashes.of_card(keep, other)]
    merged = duplicates.merge(keep=keep, other=other, theirs_win={"phone", "memberstate-education"})
    assert (merged.phone, merged.hometown, merged.note) == ("0922", "Quê Một", "Ghi chú")
    state = MemberState.objects.get()
    assert (state.education, state.education_grade, state.theory) == ("upper_secondary", "12/12", "elementary")


def test_the_same_stay_takes_over_how_it_began(cell_a):
    keep, other = make_member(cell_a), make_member(cell_a)
    other.spells.update(came_from="Đảng bộ huyện mẫu", ended_on=DAY, end_reason="transferred_out", went_to="Nơi khác")
    duplicates.merge(keep=keep, other=other)
    stay = Spell.objects.get()
    assert (stay.came_from, stay.ended_on, stay.went_to) == ("Đảng bộ huyện mẫu", OPEN, "")


@pytest.fixture
def alike(cell_a):
    """Two people who look like one."""
    return [make_member(cell_a, "Lò Văn Hoà", born_on="1980-03-04") for _ in range(2)]


def test_two_people_are_no_pair_until_that_is_taken_back(alike):
    first, second = alike
    pair = duplicates.state_distinct(first=second, second=first, day=DAY)
    assert duplicate_queries.duplicate_pairs(Member.objects.all()) == []
    with pytest.raises(Refusal, match="hai người"):
        duplicates.merge(keep=first, other=second)
    with pytest.raises(Refusal, match="hai người"):
        duplicates.state_distinct(first=first, second=second, day=DAY)
    remove(row=pair)
    assert len(duplicate_queries.duplicate_pairs(Member.objects.all())) == 1


def test_what_was_stated_of_the_other_record_is_stated_of_the_one_that_stays(alike, cell_a):
    first, second = alike
    third = make_member(cell_a, "Lò Văn Hoà", born_on="1980-03-04")
    duplicates.state_distinct(first=second, second=third, day=DAY)
    duplicates.merge(keep=third, other=first)
    duplicates.state_distinct(first=third, second=make_member(cell_a), day=DAY)
    duplicates.merge(keep=make_member(cell_a), other=second)
    assert DistinctPair.objects.count() == 2
    assert third.pk in {pk for pair in duplicate_queries.distinct_pairs() for pk in pair}


def test_a_person_is_not_distinct_from_oneself(alike):
    with pytest.raises(Refusal, match="khác nhau"):
        duplicates.state_distinct(first=alike[0], second=alike[0], day=DAY)
