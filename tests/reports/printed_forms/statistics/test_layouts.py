"""Layouts of forms as dated data: what each file may say, and that a later one leaves earlier days as they were."""

import json
from datetime import date
from pathlib import Path

import pytest

from members.choices import PlanningPost
from members.member_records import actions as member_records
from members.positions import actions as positions
from organizations.choices import StatisticsForm
from reports.figures.average_age import OF_ADMITTED, OF_MEMBERS
from reports.figures.registry import KNOWN, STATISTICS
from reports.printed_forms import catalogue
from reports.printed_forms.statistics import layouts
from reports.printed_forms.statistics.from_layout import LEDGER, code_of
from reports.printed_forms.statistics.layouts import FOLDER, layout_on, read
from tests.factories import START, make_member, make_unit, moment_of
from tests.reports.printed_forms.workbook_reader import check_links, rows

DAY, CHANGED = date(2026, 3, 1), date(2026, 3, 15)
FILES = sorted(FOLDER.glob("*/*.json"))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of layouts with those of the portal, to which a test may add some."""
    for path in FILES:
        copy = tmp_path / path.parent.name / path.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text())
    monkeypatch.setattr(layouts, "FOLDER", tmp_path)
    return tmp_path


def form(code, unit, day=DAY, **asked):
    (sheet,) = catalogue.STATISTICS[code](moment_of(unit, day, **({"since": START} | asked)))
    return sheet


def add(folder: Path, form: str, **layout):
    """Add the layout of a form that holds from the day of the change on."""
    path = folder / form / f"{CHANGED}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"measure": "Người", "notes": [], **layout}))


@every_file
def test_every_row_of_a_layout_is_a_heading_or_shows_something(path):
    found = read(path)
    assert path.parent.name in StatisticsForm.values
    keys = [line.key for line in found.lines]
    assert len(keys) == len(set(keys))
    others = {OF_MEMBERS.code, OF_ADMITTED.code, *LEDGER}
    for line in found.lines:
        assert {*line.plus, *line.minus} <= set(keys)
        codes = [code_of(line, of) for _, of in found.of] if found.columns else [line.key * (line.key in KNOWN)]
        is_shown = any(codes) or line.key in others or bool(line.plus)
        assert is_shown + (line.key == line.name) + (not line.recorded) == 1, line.key


@pytest.mark.parametrize(("code", "section"), [("6F", "6F"), ("9C", "9C"), ("12C", "12C")])
def test_every_figure_of_a_form_stands_in_its_layout(code, section):
    found = layout_on(code, DAY)
    shown = {code_of(line, of) for line in found.lines for _, of in found.of}
    wanted = {key for key, figure in STATISTICS.items() if figure.section == f"Biểu số {section}-BTCTW"}
    assert wanted <= shown


def test_a_later_layout_leaves_earlier_days_as_they_were(folder, commune, cell_a):
    make_member(cell_a)
    before = rows(form("3-BTCTW", commune))
    add(folder, "3", rows=[{"key": "members.total", "name": "Mẫu mới: tổng số", "emphasis": True}])
    assert rows(form("3-BTCTW", commune)) == before
    changed = form("3-BTCTW", commune, CHANGED)
    assert [row.cell("name").value for row in changed.rows] == ["Mẫu mới: tổng số"]
    assert changed.rows[0].cell("c2").value == 1


def test_a_layout_replaces_a_form_that_code_draws(folder, commune, cell_a):
    make_member(cell_a)
    columns = [
        {"key": "name", "label": "Nội dung", "kind": "text"},
        {"key": "c2", "label": "Đảng viên", "of": "members"},
    ]
    add(folder, "10", columns=columns, rows=[{"key": "female", "name": "Nữ"}], time="day")
    assert len(form("10-BTCTW", commune).rows) > 10
    assert len(form("10-BTCTW", commune, CHANGED).rows) == 1


def test_before_the_first_layout_that_is_known_the_first_holds():
    assert layout_on("3", date(2020, 1, 1)) == layout_on("3", DAY)


def test_form_9c_counts_who_is_on_the_committee(client, clerk, commune, cell_a):
    assert not any(cells.get("c2") for cells in rows(form("9C-BTCTW", commune)).values())
    first = make_member(cell_a, gender="female", born_on="1980-01-01", joined_on="2005-01-01", official_on="2006-01-01")
    second = make_member(cell_a, born_on="1970-01-01", joined_on="2005-01-01", official_on="2006-01-01")
    for member, post in ((first, "secretary"), (second, "committee_member")):
        positions.appoint(unit=commune, post=post, member=member, day=START)
    shown = rows(form("9C-BTCTW", commune))
    assert (shown["total"]["c2"], shown["total"]["c4"], shown["female"]["c2"]) == (2, 1, 1)
    assert (shown["age.41_50"]["c2"], shown["age.over_50"]["c2"]) == (1, 1)
    assert "c3" not in shown["total"]
    check_links(client, clerk, [form("9C-BTCTW", commune, user=clerk)])


def test_form_12c_counts_turns_by_what_people_were_on_the_day_of_approval(client, clerk, commune, cell_a):
    member = make_member(cell_a, born_on="1985-10-01")
    member_records.plan(
        member=member, post=PlanningPost.STANDING_COMMITTEE, term="2025-2030", approved_on=date(2025, 9, 1)
    )
    shown = rows(form("12C-BTCTW", commune))
    assert shown["total"]["c3"] == shown["age.40"]["c3"] == 1
    assert not shown["age.41_50"]["c3"]
    check_links(client, clerk, [form("12C-BTCTW", commune, user=clerk)])


def test_form_6f_adds_up_collectives_of_all_levels(client, clerk, commune, cell_a):
    organization = make_unit("bv", commune, kind="party_organization")
    make_member(make_unit("khoa", organization))
    shown = rows(form("6F-BTCTW", commune))
    assert (shown["listed"]["c3"], shown["not_rated"]["c3"], shown["listed"]["c4"]) == (3, 3, 1)
    sheet = form("6F-BTCTW", commune, user=clerk)
    assert sheet.title.endswith("NĂM 2025")
    assert any("Số được gợi ý kiểm điểm" in note for note in sheet.notes)
    check_links(client, clerk, [sheet])
