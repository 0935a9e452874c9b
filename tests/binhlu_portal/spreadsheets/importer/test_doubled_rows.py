"""Two rows of one file about one record: the first is written, the second is refused, and nothing is lost."""

from copy import deepcopy

import pytest

from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer import importer
from binhlu_portal.spreadsheets.importer.importer import TWICE
from organizations.scope import SYSTEM
from tests.binhlu_portal.db.test_actions import CALLS, every_action
from tests.binhlu_portal.spreadsheets.books import Book, everything, wrong
from tests.factories import discipline
from tests.proofs import DAY, make_world, undone

ACTS = [
    "organizations.documents.actions.record_document",
    "organizations.facts.actions.state_fact",
    "organizations.regulations.actions.issue_regulation",
    "organizations.regulations.actions.set_threshold",
    "organizations.regulations.actions.name_form",
    "organizations.regulations.actions.exclude_pair",
    "members.positions.actions.declare_vacant",
    "members.admissions.actions.set_target",
    "members.member_records.actions.exempt",
    "members.member_records.actions.reduce_fee",
    "members.fees.actions.set_basis",
    "members.member_records.actions.state_no_handbook",
    "members.member_records.actions.introduce",
    "members.member_records.actions.train",
    "members.member_records.actions.plan",
    "members.member_records.actions.award_badge",
    "members.discipline.actions.suspend",
    "assessments.ratings.actions.rate",
    "assessments.ratings.actions.rate_unit",
    "assessments.ratings.actions.recognise_four_goods",
    "assessments.meetings.actions.hold_by_name",
    "assessments.inspections.actions.conclude_case",
    "assessments.inspections.actions.discipline_unit",
    "assessments.nil_returns.actions.state_nil",
]
"""Acts that leave, with what the world holds, a row in every sheet."""


@pytest.fixture
def strange(db):
    """The workbook of another database with rows in every sheet, none of which is known here."""
    with undone():
        world = make_world()
        discipline(world.hoa, DAY, "warning")
        for name in ACTS:
            every_action()[name](**CALLS[name](world))
        book = Book.of()
        assert all(book.rows.values())
        return book


def doubled(book):
    """Return a workbook in which a row of each sheet stands twice, and {sheet: the number of that row}."""
    found, places = Book(deepcopy(book.rows), book.stamp), {}
    for model, rows in found.rows.items():
        keys = [(key[0], key[-1]) for key in TABS[model].keys]
        number, row = next((at, row) for at, row in enumerate(rows, 2) if any(row[a] and row[z] for a, z in keys))
        rows.append(row | {"mark": f"{model.__name__} khác"})
        places[TABS[model].title] = number, len(rows) + 1
    return found, places


@pytest.mark.parametrize("part", [importer.PART, 1])
def test_of_two_rows_with_one_key_the_second_is_refused_in_every_sheet(strange, monkeypatch, part):
    monkeypatch.setattr(importer, "PART", part)
    with undone():
        assert wrong(strange.bring(SYSTEM)) == []
        once = {model: len(rows) for model, rows in everything().items()}
    book, places = doubled(strange)
    told = [(title, second, TWICE.format(first, title)) for title, (first, second) in places.items()]
    assert wrong(book.bring(SYSTEM)) == told
    assert {model: len(found) for model, found in everything().items()} == once
