"""Before and after a member leaves: what a former cell, the present one, and those above read on every kind of page."""

from datetime import date, timedelta
from itertools import chain

import pytest
from django.urls import reverse

from assessments.models import Case
from binhlu_portal.audit import export_limits
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import correct
from binhlu_portal.records.types import RECORD_TYPES
from members.directory.columns import listing
from members.membership import actions as membership
from members.models import Admission, ChangeReport, Member, Position, Spell
from organizations.choices import RoleKind
from reports.figures import drilldown
from reports.figures.registry import FIGURES, Figure
from tests.factories import clerk_of, make_user, moment_of
from tests.organizations.test_scope import one_row_of_each
from tests.proofs import DAY

LEFT = date(2026, 3, 1)
BEFORE, AFTER = DAY, LEFT + timedelta(days=40)
SINCE = date(2026, 1, 1)

NEW = {
    "phone": "0987654321",
    "residence": "Bản mới sau khi chuyển",
    "citizen_id": "012987654321",
    "hometown": "Quê sửa sau khi chuyển",
    "note": "Ghi sau khi chuyển",
}
"""What the new cell writes on the card."""

OF_UNITS = (Position, Admission, Spell, Case, ChangeReport)
"""Records of a unit that name a member: they stay with the unit."""

personal = [code for code, known in RECORD_TYPES.items() if known.is_personal and known.model not in OF_UNITS]


@pytest.fixture
def moved(world):
    """Minh, who went from A to B on a day, with facts before and after, in the world and for its people."""
    before = one_row_of_each(world.a, world.minh, BEFORE)
    membership.transfer(member=world.minh, to=world.b, day=LEFT)
    after = one_row_of_each(world.b, world.minh, AFTER)
    correct(row=Member.objects.get(pk=world.minh.pk), **NEW)
    world.facts = {model: (before[model], after[model]) for model in before}
    world.people = {
        "secretary of A": make_user("of a", (RoleKind.CELL_SECRETARY, world.a)),
        "secretary of B": make_user("of b", (RoleKind.CELL_SECRETARY, world.b)),
        "clerk": clerk_of(world.root, "above"),
        "leader": make_user("leads", (RoleKind.LEADER, world.root)),
        "administrator": make_user("keeps accounts", (RoleKind.ADMINISTRATOR, world.root)),
        "stranger": make_user("strange"),
    }
    return world


@pytest.fixture
def read(client, moved):
    """Return a function: what one of the people gets at an address, as text."""

    def read(person, name, *args, **asked):
        client.force_login(moved.people[person])
        response = client.get(reverse(name, args=args), asked)
        return response.getvalue().decode("utf-8", "replace") if response.status_code == 200 else ""

    return read


def told(text):
    """Return what of the new card stands in a text."""
    return {name for name, value in NEW.items() if value in text}


SEES = {
    "secretary of A": (True, False),
    "secretary of B": (True, True),
    "clerk": (True, True),
    "leader": (True, True),
    "administrator": (False, False),
    "stranger": (False, False),
}


@pytest.mark.parametrize("code", personal)
def test_the_page_of_a_record_opens_by_its_day(moved, read, code):
    rows = moved.facts[RECORD_TYPES[code].model]
    for person, sees in SEES.items():
        if code == "can-cu-dong-dang-phi":  # what somebody earns is for those who keep the record now
            sees = (person in ("secretary of B", "clerk"),) * 2
        assert tuple(bool(read(person, "record", code, row.pk)) for row in rows) == sees, person


@pytest.mark.parametrize("person", SEES)
def test_the_page_of_the_person_holds_the_card_for_those_who_have_the_member(moved, read, person):
    page = read(person, "member", moved.minh.pk)
    assert bool(page) == SEES[person][0]
    assert told(page) == (set(NEW) if SEES[person][1] else set())
    days = {f"{day:%d/%m/%Y}" for day in (BEFORE, AFTER) if f"{day:%d/%m/%Y}" in page}
    assert days == {f"{day:%d/%m/%Y}" for day, sees in zip((BEFORE, AFTER), SEES[person], strict=True) if sees}
    assert ("Thiếu" in page) == SEES[person][1]  # what the former cell is not told is not said to be missing
    assert ("nay do đơn vị khác quản lý" in page) == (SEES[person] == (True, False))


def every_list(moment):
    """Return (name, arguments) of every list and file that shows people of the cell."""
    yield from (("members", ()), ("members-file", ("csv",)), ("members-file", ("xlsx",)))
    yield from (("admissions", ()), ("admissions-file", ("csv",)))
    yield from chain.from_iterable([("records", (code,)), ("record-file", (code, "csv"))] for code in RECORD_TYPES)


def test_no_list_of_the_former_cell_tells_what_came_later(moved, read, monkeypatch):
    monkeypatch.setattr(export_limits, "MOST", 1000)
    columns = [column.name for column in listing(moment_of(moved.a, AFTER)).offered]
    for day in (BEFORE, LEFT - timedelta(days=1), LEFT, AFTER):
        asked = {"don_vi": "a", "ngay": f"{day:%d/%m/%Y}", "tu_ngay": f"{SINCE:%d/%m/%Y}", "cot": columns}
        for name, args in every_list(moved):
            text = read("secretary of A", name, *args, **asked)
            assert text, (name, args, day)
            assert not told(text), (name, args, day)
            assert f"{AFTER:%d/%m/%Y}" not in text.replace(f"{day:%d/%m/%Y}", ""), (name, args, day)


def test_the_present_cell_and_those_above_read_the_card_of_before_and_now(moved, read):
    columns = [column.name for column in listing(moment_of(moved.b, AFTER)).offered]
    asked = {"ngay": f"{AFTER:%d/%m/%Y}", "cot": columns}
    for person, unit in (("secretary of B", "b"), ("clerk", "xa"), ("leader", "b")):
        assert told(read(person, "members-file", "csv", don_vi=unit, **asked)) == set(NEW), person


def test_figures_of_the_former_cell_count_and_list_what_is_of_its_time(moved):
    user = moved.people["secretary of A"]
    for as_of in (LEFT - timedelta(days=1), AFTER):
        moment = moment_of(moved.a, as_of, since=SINCE, year=2025, user=user)
        lists = {code: drilldown.rows(moment, figure) for code, figure in FIGURES.items() if isinstance(figure, Figure)}
        for code, rows in lists.items() | {("changes", drilldown.changes(moment))}:
            shown = str(list(rows))
            assert not told(shown), (code, as_of)
            assert repr(AFTER) not in shown, (code, as_of)


def test_a_figure_of_last_year_still_opens_the_name_of_who_left(moved):
    moment = moment_of(moved.a, BEFORE, since=SINCE, user=moved.people["secretary of A"])
    assert moved.minh.full_name in [
        row["member__full_name"] for row in drilldown.rows(moment, FIGURES["members.total"])
    ]


def test_the_history_of_the_former_cell_ends_as_the_member_leaves(moved, read):
    for name, args in (("history", ()), ("row-history", ("members_member", moved.minh.pk))):
        assert not told(read("secretary of A", name, *args)), name
        assert told(read("secretary of B", name, *args)) == set(NEW), name
    later = Entry.objects.get(
        table="members_training",
        row=next(after.pk for model, (_, after) in moved.facts.items() if model._meta.db_table == "members_training"),
    )
    assert not read("secretary of A", "row-history", later.table, later.row)
    assert read("secretary of B", "row-history", later.table, later.row)


def test_nobody_is_found_by_what_came_later_on_the_card(moved, read):
    for number in (NEW["citizen_id"], NEW["phone"]):
        asked = {"tim": number, "ngay": f"{BEFORE:%d/%m/%Y}"}
        assert f">{moved.minh.full_name}</a>" not in read("secretary of A", "members", don_vi="a", **asked)
    found = read("clerk", "members", don_vi="a", **asked | {"tim": NEW["citizen_id"]})
    assert f">{moved.minh.full_name}</a>" in found
