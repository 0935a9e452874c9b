"""What a closing freezes: the same figures and rows as live ones on that day, whatever is put right later."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.db.actions import correct
from members.membership import actions as membership
from organizations.choices import Kind, Sector
from organizations.models import Unit
from organizations.scope import SYSTEM
from organizations.units import actions as units
from reports.figures import drilldown, evaluate
from reports.figures.registry import FIGURES, KNOWN, PEOPLE, REGISTERS, TargetFigure
from reports.narrative.document import build as build_report
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.closing.freeze import CHANGES, list_of
from reports.reporting_periods.closing.models import Closing, Frozen, FrozenFile
from reports.reporting_periods.closing.snapshot import Snapshot
from tests.examples import examples
from tests.factories import START, make_member, make_root, make_unit
from tests.reports.worlds import build

TODAY = date(2026, 3, 10)
DAYS = {"as_of": date(2026, 3, 1), "since": START, "year": 2025, "due_on": TODAY, "today": TODAY}


def close(unit, **days):
    """Open and close a period of `unit`; return its closing."""
    period = reporting_periods.open_period(unit=unit, **DAYS | days)
    reporting_periods.close_period(period=period, today=TODAY)
    return period.closings.first()


def live(moment, figure):
    """Return the records behind a figure as they are now."""
    if list_of(figure) == CHANGES:
        return sorted(row["pk"] for row in drilldown.changes(moment))
    return sorted(evaluate.rows(moment, figure).values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(examples(1)))
@pytest.mark.parametrize("code", ["xa-1", "tinh"])
def test_frozen_is_what_was_live(seed, code, db):
    tree = build(Random(seed))
    closing = close(tree[code])
    asked = period_queries.units_asked(closing.period).values_list("unit", flat=True)
    for unit in Unit.objects.filter(pk__in=[tree[code].pk, *asked]):
        snapshot, moment = Snapshot(closing, unit, SYSTEM), closing.period.moment(SYSTEM, unit)
        results = evaluate.results(moment, [*FIGURES, *REGISTERS])
        for frozen in snapshot.figures().values():
            figure, result = KNOWN[frozen.code], results[frozen.code]
            assert (frozen.value, frozen.base, frozen.percent) == (result.value, result.base, result.percent)
            if isinstance(figure, TargetFigure):
                assert (frozen.asked, frozen.verdict, frozen.has_list) == (result.asked, result.verdict, False)
            else:
                assert sorted(row.pk for row in snapshot.rows(frozen.code)) == live(moment, figure), frozen.code
        assert snapshot.differences() == []


def test_some_figure_counts_people_in_several_rows():
    assert [figure for figure in FIGURES.values() if getattr(figure, "measure", "") == PEOPLE]


def test_rows_are_kept_in_order_as_they_were_shown(commune, cell_a, cell_b):
    minh, an = make_member(cell_a, "Trần Minh"), make_member(cell_b, "Lê An")
    closing = close(commune)
    units.rename(unit=cell_a, name="Chi bộ tên mới", day=date(2026, 3, 5))
    correct(row=minh, full_name="Trần Văn Minh")
    kept = Snapshot(closing, commune, SYSTEM).rows("members.total")
    assert [(row.pk, row.texts[0], row.texts[4]) for row in kept] == [
        (an.spells.get().pk, "Lê An", "Chi bộ b"),
        (minh.spells.get().pk, "Trần Minh", "Chi bộ a"),
    ]
    assert [row.texts[0] for row in Snapshot(closing, cell_a, SYSTEM).rows("members.total")] == ["Trần Minh"]


def test_who_came_and_who_left_are_kept_as_they_were_shown(commune, cell_a):
    membership.transfer_out(member=make_member(cell_a, "Minh"), day=date(2025, 9, 1))
    make_member(cell_a, "Lan", day=date(2025, 8, 1))
    closing = close(commune)
    shown = [
        [column.write(row[column.path]) for column in drilldown.CHANGE.columns]
        for row in drilldown.changes(closing.period.moment(SYSTEM))
    ]
    assert len(shown) == 2
    assert [row.texts for row in Snapshot(closing, commune, SYSTEM).rows("members.increase")] == shown


def test_a_card_put_right_shows_as_a_difference(commune, cell_a):
    lan = make_member(cell_a, "Lan", gender="male")
    closing = close(commune)
    correct(row=lan, gender="female")
    found = {frozen.code: (frozen.value, now.value) for frozen, now in Snapshot(closing, commune, SYSTEM).differences()}
    assert found == {"members.male": (1, 0), "members.female": (0, 1)}


def test_files_are_frozen_for_the_forms_asked_and_stay(commune, cell_a):
    closing = close(commune, forms=("9", "1B"))
    kept = {file.code: bytes(file.content) for file in FrozenFile.objects.all()}
    assert list(kept) == ["1B", "9"]
    assert all(content.startswith(b"PK") for content in kept.values())
    units.rename(unit=commune, name="Đảng bộ tên mới", day=date(2026, 3, 5))
    period = reporting_periods.reopen(user=None, period=closing.period, reason="thử")
    units.rename(unit=cell_a, name="Chi bộ đổi tên", day=date(2026, 2, 1))
    reporting_periods.close_period(period=period, today=TODAY)
    assert [(again.number, again.files.count()) for again in Closing.objects.all()] == [(2, 2), (1, 2)]
    assert {file.code: bytes(file.content) for file in closing.files.all()} == kept
    assert bytes(period.closings.first().files.get(code="1B").content) != kept["1B"]


def test_the_report_is_frozen_when_it_is_asked_for(commune, cell_a):
    closing = close(commune, forms=("bao-cao",))
    made = build_report(closing.period)
    assert [(file.name, bytes(file.content)) for file in closing.files.all()] == made


def test_the_same_records_give_the_same_bytes(commune, cell_a):
    make_member(cell_a, "Lan")
    first = close(commune)
    period = reporting_periods.reopen(user=None, period=first.period, reason="thử")
    reporting_periods.close_period(period=period, today=TODAY)
    second = period.closings.first()

    def kept(closing):
        rows = Frozen.objects.filter(closing=closing).order_by("unit")
        frozen = [(row.unit_id, row.figures and bytes(row.figures), row.lists and bytes(row.lists)) for row in rows]
        return bytes(closing.contents), frozen, [bytes(file.content) for file in closing.files.order_by("code")]

    assert first != second
    assert kept(first) == kept(second)


def test_a_reader_is_shown_what_lies_beneath_the_own_units(commune, cell_a, secretary_a, secretary_b, leader, stranger):
    organization = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)
    make_member(make_unit("nested", organization, sector=Sector.STATE_AGENCY), "Trong")
    make_member(cell_a, "Lan")
    closing = close(commune)
    seen = {
        (user.username, unit.code): bool(Snapshot(closing, unit, user).frozen)
        for user in (secretary_a, secretary_b, leader, stranger)
        for unit in (commune, cell_a, organization)
    }
    assert [key for key, value in seen.items() if value] == [
        ("secretary_a", "a"),
        ("leader", "xa"),
        ("leader", "a"),
        ("leader", "org"),
    ]
    assert [row.texts[0] for row in Snapshot(closing, organization, leader).rows("members.total")] == ["Trong"]
    assert Snapshot(closing, cell_a, secretary_b).rows("members.total") == []
    assert [bool(FrozenFile.objects.visible_to(user)) for user in (leader, secretary_a, stranger)] == [
        True,
        False,
        False,
    ]


def test_closing_asks_as_much_for_many_units_as_for_one(db):
    counts = []
    for code, number in (("it", 1), ("nhieu", 12)):
        root = make_root(code)
        for index in range(number):
            make_member(make_unit(f"{code}-{index}", root))
        period = reporting_periods.open_period(unit=root, **DAYS)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            reporting_periods.close_period(period=period, today=TODAY)
        counts.append(len(caught))
    assert counts[0] == counts[1]
