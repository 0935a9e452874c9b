"""Periods of one owner that change places in one file: written, whichever of the records holds which of them."""

from datetime import date

import pytest

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.triggers import NoOverlap
from binhlu_portal.spreadsheets.data_workbook import reader
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer.importer import import_rows
from members.membership import actions as membership
from members.models import MemberState, Spell
from tests.binhlu_portal.spreadsheets.books import Book, everything, mark_of, wrong
from tests.factories import START, make_member
from tests.ground import layer

MOVED, LATER = date(2026, 2, 1), date(2026, 4, 1)


@layer
def lan(cell_a, cell_b):
    """Somebody who was in A and went over to B."""
    member = make_member(cell_a, "Lò Thị Lan")
    membership.transfer(member=member, to=cell_b, day=MOVED)
    return member


def stays(member):
    """Return the stays of somebody: [(code of the cell, from, to)]."""
    return [(stay.unit.code, stay.started_on, stay.ended_on) for stay in member.spells.order_by("started_on")]


def swapped(member, first_day=MOVED, names=("started_on", "ended_on", "start_reason", "end_reason")):
    """Return the workbook in which the two stays of somebody have changed places, the second from `first_day` on."""
    book = Book.of()
    first, second = (book.of_record(stay) for stay in member.spells.order_by("started_on"))
    for name in names:
        first[name], second[name] = second[name], first[name]
    first["started_on"] = second["ended_on"] = f"{first_day:%d/%m/%Y}"
    return book


@pytest.mark.parametrize("day", [MOVED, LATER, date(2025, 12, 1)], ids=str)
def test_two_stays_change_places_in_one_file(clerk, lan, day):
    book, others = swapped(lan, day), {model: rows for model, rows in everything().items() if model is not Spell}
    assert wrong(book.bring(clerk)) == []
    assert stays(lan) == [("b", START, day), ("a", day, OPEN)]
    assert {model: rows for model, rows in everything().items() if model is not Spell} == others
    assert {entry.action for entry in Entry.objects.filter(table="members_spell").order_by("-pk")[:2]} == {"changed"}


def test_three_stays_go_round(clerk, lan, cell_a):
    membership.transfer(member=lan, to=cell_a, day=LATER)
    book = Book.of()
    rows = [book.of_record(stay) for stay in lan.spells.order_by("started_on")]
    names = ("started_on", "ended_on", "start_reason", "end_reason")
    before = [{name: row[name] for name in names} for row in rows]
    for row, place in zip(rows, (1, 2, 0), strict=True):
        row.update(before[place])
    assert wrong(book.bring(clerk)) == []
    assert stays(lan) == [("a", START, MOVED), ("a", MOVED, LATER), ("b", LATER, OPEN)]


def test_a_file_without_a_column_changes_no_places(clerk, lan):
    book, before = swapped(lan), everything()
    for model in set(book.rows) - {Spell}:
        book.rows[model].clear()
    grids = book.grids()
    place = grids[-1].rows[0].index("Từ tổ chức đảng")
    for row in grids[-1].rows:
        del row[place]
    outcome = import_rows(reader.read(grids), clerk, today=date(2026, 12, 31))
    assert len(wrong(outcome)) == 2
    assert everything() == before


def test_a_new_stay_without_room_that_stands_before_them_does_not_hold_them_up(clerk, lan, cell_a):
    other = make_member(cell_a)
    book = swapped(lan)
    new = {"unit": "b", "started_on": "01/02/2026", "start_reason": "Chuyển đến từ tỉnh khác"}
    book.rows[Spell].insert(0, {"member": mark_of(other), **new})
    assert [row for _, row, _ in wrong(book.bring(clerk))] == [2]
    assert stays(lan) == [("b", START, MOVED), ("a", MOVED, OPEN)]
    assert stays(other) == [("a", START, OPEN)]


@pytest.mark.parametrize("overlapping", ["first", "second"])
def test_when_one_of_them_is_wrong_none_is_written(clerk, lan, overlapping):
    book, before = swapped(lan, LATER), everything()
    first, second = lan.spells.order_by("started_on")
    if overlapping == "first":
        book.of_record(first)["started_on"] = "01/03/2026"
    else:
        book.of_record(second)["unit"] = "xa"
    rows = {book.rows[Spell].index(book.of_record(stay)) + 2 for stay in (first, second)}
    outcome = book.bring(clerk)
    assert {row for _, row, _ in wrong(outcome)} == rows
    assert everything() == before


def test_levels_change_places_too(clerk, lan):
    MemberState.objects.create(member=lan, started_on=START, ended_on=MOVED, education="primary")
    MemberState.objects.create(member=lan, started_on=MOVED, education="upper_secondary")
    book = Book.of()
    first, second = (book.of_record(state) for state in lan.states.order_by("started_on"))
    first["started_on"], second["started_on"] = second["started_on"], first["started_on"]
    first["ended_on"], second["ended_on"] = second["ended_on"], first["ended_on"]
    assert wrong(book.bring(clerk)) == []
    assert [state.education for state in lan.states.order_by("started_on")] == ["upper_secondary", "primary"]


def test_every_table_of_periods_in_the_workbook_names_their_owner():
    tables = {tab.table: {field.attname for field in tab.fields} for tab in TABS.values()}
    known = {table: set(NoOverlap.owners[table]) for table in NoOverlap.owners.keys() & tables.keys()}
    assert known
    assert {table for table, columns in known.items() if not columns <= tables[table]} == set()
