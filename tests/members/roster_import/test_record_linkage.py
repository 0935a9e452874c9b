"""Who the people of a list are: sure, new or asked, never guessed."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.dates.partial_dates import PartialDate
from members.duplicates.actions import state_distinct
from members.duplicates.queries import NAME_BIRTH, NAME_SWAPPED, NAME_YEAR, REASONS
from members.models import Member, Spell
from members.roster_import.parser import PersonLine
from members.roster_import.record_linkage import (
    NEAR_BIRTH,
    OTHER_MARKS,
    OTHER_NAME,
    OTHER_NUMBER,
    OTHER_UNIT,
    PROFILE,
    SAME_NAME,
    match,
)
from tests.factories import START, make_member, make_person
from tests.ground import layer

BORN = PartialDate("1980-03-04")
CITIZEN, CARD, FILE = "012080000001", "12000001", "000001LC"


@layer
def an(cell_a):
    """Someone known of cell A."""
    return make_member(
        cell_a, "Lò Văn An", born_on="1980-03-04", citizen_id=CITIZEN, card_number=CARD, profile_number=FILE
    )


def line(full_name="Lò Văn An", *, unit="a", row=1, born_on=BORN, **values):
    """Return a line of a list; a value that is None is not in it."""
    values = {"full_name": full_name, "born_on": born_on} | values
    return PersonLine("Sheet1", row, unit, {name: value for name, value in values.items() if value is not None})


def matched(*lines, user, cells):
    """Return the matches of lines whose units are called by the codes of `cells`."""
    units = {cell.code: cell.pk for cell in cells}
    people = Member.objects.editable_by(user)
    return match(lines, units=units, people=people, spells=Spell.objects.editable_by(user).on(START))


@pytest.fixture
def who(clerk, cell_a, cell_b):
    """Tell (who a line surely is, [(whom it may be, why)])."""

    def ask(*lines):
        (*_, found) = matched(*lines, user=clerk, cells=[cell_a, cell_b])
        return found.person, list(found.candidates)

    return ask


# --- Sure ---


@pytest.mark.parametrize("number", [{"citizen_id": CITIZEN}, {"card_number": CARD}, {"profile_number": FILE}], ids=str)
@pytest.mark.parametrize("name", ["Lò Văn An", "LÒ VĂN AN", "Lo Van An", "Lò Vă An"])
def test_a_number_tells_who_it_is_whatever_else_the_list_says(number, name, an, who):
    assert who(line(name, unit="b", born_on=PartialDate("1970"), **number)) == (an, [])


def test_an_old_card_and_a_former_name_tell_it_too(an, who):
    Member.objects.filter(pk=an.pk).update(old_card_number="12999999", birth_name="Lò Văn Xuân")
    assert who(line("Lò Văn Xuân", card_number="12999999")) == (an, [])


def test_name_day_of_birth_and_cell_tell_who_it_is(an, who):
    assert who(line("LÒ VĂN AN")) == (an, [])


def test_where_the_mark_of_a_tone_stands_makes_no_other_name(cell_a, who):
    person = make_member(cell_a, "Lò Thị Hoà", born_on="1980-03-04")
    assert who(line("Lò Thị Hòa")) == (person, [])


# --- Asked ---


@pytest.mark.parametrize("number", [{"citizen_id": CITIZEN}, {"card_number": CARD}, {"profile_number": FILE}], ids=str)
def test_a_number_beside_quite_another_name_is_asked(number, an, who):
    assert who(line("Giàng Thị Páo", **number)) == (None, [(an, OTHER_NAME)])


def test_numbers_of_two_people_are_asked(an, cell_a, who):
    other = make_member(cell_a, "Lò Văn An", profile_number="000002LC")
    found, candidates = who(line(citizen_id=CITIZEN, profile_number="000002LC"))
    assert (found, candidates) == (None, [(an, "Cùng số định danh cá nhân"), (other, PROFILE)])


def test_the_same_person_in_another_cell_is_asked(an, who):
    assert who(line(unit="b")) == (None, [(an, OTHER_UNIT)])
    assert who(line(unit=None)) == (None, [(an, OTHER_UNIT)])


def test_somebody_without_a_cell_is_asked(who):
    person = make_person("Lò Văn An", born_on="1980-03-04")
    assert who(line())[0] is None
    assert person.pk


@pytest.mark.parametrize("number", [{"citizen_id": "012080000009"}, {"card_number": "12000009"}], ids=str)
def test_another_number_with_the_same_name_and_birth_is_asked(number, an, who):
    assert who(line(**number)) == (None, [(an, OTHER_NUMBER)])


def test_names_that_differ_in_marks_are_asked(an, who):
    assert who(line("Lò Văn Ân")) == (None, [(an, OTHER_MARKS)])


@pytest.mark.parametrize(("known", "said"), [("Lý A Sì", "Lí A Sì"), ("Vàng Kỉ", "Vàng Kỷ"), ("Lò Quý", "Lò Quí")])
def test_names_that_differ_in_y_and_i_are_asked(known, said, cell_a, who):
    person = make_member(cell_a, known, born_on="1980-03-04")
    assert who(line(said)) == (None, [(person, OTHER_MARKS)])


@pytest.mark.parametrize("sign", "'’ʼ′`")
def test_an_apostrophe_makes_nobody_else(sign, cell_a, who):
    person = make_member(cell_a, "Ksor H’Lan", born_on="1980-03-04")
    assert who(line(f"Ksor H{sign}Lan")) == (person, [])


@pytest.mark.parametrize(
    ("known", "said", "why"),
    [
        ("1980-03-04", "1980-05-04", REASONS[NAME_YEAR]),
        ("1980-03-04", "1980-04-03", REASONS[NAME_SWAPPED]),
        ("1980", "1980-03", REASONS[NAME_YEAR]),
    ],
)
def test_births_that_may_be_one_are_asked(known, said, why, cell_a, cell_b, who):
    person = make_member(cell_a if "-" in known else cell_b, "Lò Văn An", born_on=known)
    assert who(line(born_on=PartialDate(said))) == (None, [(person, why)])


AGREEING = [
    ("1980", "1980", REASONS[NAME_BIRTH]),
    ("1980", "1980-03-04", REASONS[NAME_YEAR]),
    ("1980-03-04", "1980-03", REASONS[NAME_YEAR]),
    ("1980-03-04", "1980", REASONS[NAME_YEAR]),
    ("1980-03-04", None, SAME_NAME),
    (None, "1980-03-04", SAME_NAME),
    (None, None, SAME_NAME),
]
"""(what is known of a birth, what a list says of it that agrees, why a name and it may be somebody)."""


@pytest.mark.parametrize(("known", "said", "why"), AGREEING)
def test_a_name_alone_in_the_named_cell_is_that_person_unless_the_birth_speaks_against_it(
    known, said, why, cell_a, cell_b, who
):
    person = make_member(cell_a, "Lò Văn An", born_on=known)
    make_member(cell_b, "Lò Văn An", born_on="1980-07-08", citizen_id=CITIZEN)
    assert who(line(born_on=said and PartialDate(said))) == (person, [])


@pytest.mark.parametrize(("known", "said", "why"), AGREEING)
def test_a_name_that_two_of_the_list_bear_is_asked(known, said, why, cell_a, who):
    person, born = make_member(cell_a, "Lò Văn An", born_on=known), said and PartialDate(said)
    assert who(line(born_on=PartialDate("1950-01-02"), row=2), line(born_on=born, row=3)) == (None, [(person, why)])


@pytest.mark.parametrize(("known", "said", "why"), AGREEING)
@pytest.mark.parametrize(
    ("name", "number"), [("Lò Văn Ân", {}), ("Lò Văn An", {"citizen_id": "012080000009"})], ids=str
)
def test_other_marks_or_another_number_beside_a_name_make_it_nobody_for_sure(
    name, number, known, said, why, cell_a, who
):
    make_member(cell_a, "Lò Văn An", born_on=known, citizen_id=CITIZEN)
    assert who(line(name, born_on=said and PartialDate(said), **number))[0] is None


def test_the_birth_of_a_namesake_of_another_cell_is_asked(cell_a, cell_b, who):
    here, there = make_member(cell_a, "Lò Văn An", born_on="1980"), make_member(cell_b, "Lò Văn An", born_on=BORN.iso)
    assert who(line()) == (None, [(here, REASONS[NAME_YEAR]), (there, OTHER_UNIT)])


def test_namesakes_are_asked_with_all_of_them(an, cell_a, who):
    other = make_member(cell_a, "Lò Văn An", born_on="1980-03-04")
    assert who(line()) == (None, [(an, REASONS[NAME_BIRTH]), (other, REASONS[NAME_BIRTH])])


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_taken_for_somebody_else_in_lists_of_whole_cells_full_of_namesakes(seed, clerk, cell_a, cell_b):
    random, known, lines, truth = Random(seed), {}, [], []
    for number in range(24):
        name, cell = (
            f"{random.choice(['Lò Văn', 'Sùng A'])} {random.choice(['An', 'Ba', 'Chứ', 'Dế', 'Páo'])}",
            (random.choice([cell_a, cell_b])),
        )
        born = date(random.randint(1978, 1981), random.randint(1, 12), random.randint(1, 28)).isoformat()
        if random.random() < 0.8:
            known[number] = make_member(cell, name, born_on=born[: random.choice([4, 7, 10])])
        said = born[: random.choice([0, 4, 7, 10])]
        lines.append(line(name, unit=cell.code, row=number + 1, born_on=PartialDate(said) if said else None))
        truth.append(known.get(number))
    found = matched(*lines, user=clerk, cells=[cell_a, cell_b])
    assert [each.line.row for each, meant in zip(found, truth, strict=True) if each.person not in (None, meant)] == []
    assert any(each.person for each in found)


# --- New ---


@pytest.mark.parametrize(
    "said",
    [
        {"full_name": "Lò Văn Ban"},
        {"born_on": PartialDate("1983-03-05")},
        {"born_on": PartialDate("1981-03-04"), "unit": "b"},
        {"born_on": PartialDate("1981-03-04"), "citizen_id": "012080000009"},
        {"born_on": None, "unit": "b"},
        {"born_on": PartialDate("1980-05-04"), "unit": "b"},
        {"born_on": PartialDate("1980-05-04"), "citizen_id": "012080000009"},
        {"full_name": "Vàng Thị Sử", "citizen_id": "012080000009", "card_number": "12000009"},
        {"full_name": None, "born_on": None},
    ],
    ids=str,
)
def test_somebody_else_is_new(said, an, who):
    assert who(line(**said)) == (None, [])


@pytest.mark.parametrize("born", ["1981-03-04", "1990-03-04", "1979-03-04"])
def test_whose_year_of_birth_may_be_mistyped_is_asked_about(born, an, who):
    assert who(line(born_on=PartialDate(born))) == (None, [(an, NEAR_BIRTH)])


def test_whom_the_user_may_not_change_is_not_seen(an, secretary_b, cell_b):
    (found,) = matched(line(citizen_id=CITIZEN), user=secretary_b, cells=[cell_b])
    assert (found.person, found.candidates) == (None, ())


# --- Twice ---


def test_two_lines_about_one_person_are_a_fault_of_the_later(an, clerk, cell_a):
    first, second = matched(line(row=4), line(row=9, citizen_id=CITIZEN, unit="b"), user=clerk, cells=[cell_a])
    assert first.fault is None
    assert (second.person, second.twice) == (an, first.line)
    assert second.fault == "Người này đã có ở dòng 4, trang “Sheet1”. Xóa một trong hai dòng."


@pytest.mark.parametrize(
    "said",
    [
        {"citizen_id": "012080000007"},
        {"card_number": "12000007", "full_name": "Giàng A Ba"},
        {"profile_number": "000007LC"},
        {},
    ],
    ids=str,
)
def test_somebody_new_stands_in_a_list_once(said, clerk, cell_a):
    numbers = {"citizen_id": "012080000007", "card_number": "12000007", "profile_number": "000007LC"}
    first, second = matched(line(**numbers), line(**said), user=clerk, cells=[cell_a])
    assert (first.twice, second.twice) == (None, first.line)


def test_namesakes_with_different_numbers_or_cells_are_two(clerk, cell_a, cell_b):
    lines = [
        line(citizen_id="012080000007"),
        line(citizen_id="012080000008"),
        line(unit="b"),
        line(born_on=PartialDate("1980")),
    ]
    assert [
        found.twice for found in matched(*lines, line(born_on=PartialDate("1980")), user=clerk, cells=[cell_a, cell_b])
    ] == [None] * 5


# --- Cost ---


@pytest.mark.parametrize("count", [1, 30])
def test_however_long_the_list_three_statements_read_the_people_and_who_is_not_who(count, an, clerk, cell_a):
    lines = [line(f"Lò Văn An {row}", row=row, citizen_id=f"0120800001{row:02}") for row in range(count)]
    with CaptureQueriesContext(connection) as queries:
        matched(*lines, user=clerk, cells=[cell_a])
    assert len(queries) == 3


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ({"full_name": "Lò Văn Hoa"}, {"full_name": "Lò Văn Hòa"}, True),
        ({"full_name": "Lò Văn Bình"}, {"full_name": "Lò Văn Binh", "unit": "b"}, True),
        ({"full_name": "Lò Thị Mai Hoa"}, {"full_name": "Lò Thị Mai Hoan"}, True),
        ({"full_name": "Lò Văn Hoa", "born_on": None}, {"full_name": "Lò Văn Hoa"}, True),
        ({"full_name": "Lò Văn Hoa", "born_on": None}, {"full_name": "Lò Văn Hoa", "born_on": None}, True),
        ({"full_name": "Lò Văn Hoa", "born_on": PartialDate("1980")}, {"full_name": "Lò Văn Hoa"}, True),
        ({"full_name": "Lò Văn Hoa"}, {"full_name": "Lò Văn Hoa", "unit": "b"}, True),
        ({"full_name": "Lò Văn Hoa"}, {"full_name": "Lò Văn Hoa", "born_on": PartialDate("1981-03-04")}, False),
        ({"full_name": "Lò Văn Hoa", "born_on": None}, {"full_name": "Lò Văn Hoa", "unit": "b"}, False),
        ({"full_name": "Lò Văn Hoa"}, {"full_name": "Giàng A Páo"}, False),
        ({"full_name": "Lò Văn Hoa", "citizen_id": "1"}, {"full_name": "Lò Văn Hòa", "citizen_id": "2"}, False),
    ],
    ids=str,
)
def test_two_new_people_of_one_list_who_may_be_one_are_asked(clerk, cell_a, cell_b, first, second, asked):
    one, other = matched(line(**first), line(row=2, **second), user=clerk, cells=[cell_a, cell_b])
    assert one.near is None
    assert (other.near is one.line) is asked


def test_a_namesake_stated_to_be_somebody_else_is_not_asked_about(an, cell_b, who):
    other = make_member(cell_b, an.full_name, born_on="1980-03-04")
    assert [person for person, _ in who(line())[1]] == [an, other]
    state_distinct(first=an, second=other, day=START)
    assert who(line()) == (an, [])
