"""A list of every kind that offices keep goes the whole way: received, checked, shown, confirmed, taken back.

A kind of record that a list may speak of and that has no list here fails the walk.
"""

import csv
from datetime import date
from io import StringIO

import pytest
from django.apps import apps

from assessments.models import Meeting, MemberRating, UnitRating
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer import formats
from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.models import BatchState
from binhlu_portal.spreadsheets.sandbox import delimited
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.models import (
    Admission,
    Badge,
    Discipline,
    Exemption,
    FeeBasis,
    FeeReduction,
    Liaison,
    Member,
    MemberState,
    Planning,
    Position,
    Spell,
    Suspension,
    Training,
)
from members.roster_import.column_types import COLUMN_TYPES
from organizations.models import UnitEvent
from tests.factories import make_member
from tests.ground import layer
from tests.proofs import APPS

WHO = ("Họ và tên", "Ngày sinh")
MAI, TIN = ("Lò Thị Mai", "17/05/1950"), ("VÀNG A TÍN", "02.01.1982")
NEW = ("Họ và tên", "Năm sinh", "Nữ", "DT", "CB")
DECIDED = ("Số QĐ", "Ngày QĐ")
DAY = date(2026, 1, 5)

LISTS = {
    "card": (
        [("STT", *NEW, "Số CCCD"), (1, "lò văn mới", 1980, "", "H'Mông", "CB A", "12080000001")],
        ["Tiếp nhận cùng"],
        Member,
        {"full_name": "Lò Văn Mới", "gender": "male", "ethnicity": "mong", "citizen_id": "012080000001"},
    ),
    "spell": (
        [(*NEW, "Ngày về chi bộ"), ("Lò Thị Mới", 1980, "x", "Thái", "chi bo a", "01/9/2025")],
        ["Chuyển đến trong tỉnh"],
        Spell,
        {"started_on": date(2025, 9, 1), "start_reason": "transferred_in"},
    ),
    "state": (
        [(*WHO, "LLCT", "Chuyên môn"), (*MAI, "TC", "ĐH Luật")],
        [],
        MemberState,
        {"theory": "intermediate", "qualification": "university", "speciality": "Luật"},
    ),
    "position": (
        [(*WHO, "Chức vụ Đảng", "Từ ngày", *DECIDED), (*MAI, "BT", "5/1/2026", "3-QĐ/ĐU", "1/1/2026")],
        [],
        Position,
        {"post": "secretary", "started_on": DAY, "decision_number": "3-QĐ/ĐU"},
    ),
    "admission": (
        [
            ("DANH SÁCH KẾT NẠP",),
            (*NEW, "Ngày kết nạp", *DECIDED),
            ("Lò Thị Mới", 2000, "x", "Thái", "Chi bộ a", "19/12/2025", "15-QĐ/ĐU", "10/12/2025"),
        ],
        [],
        Admission,
        {"ceremony_on": date(2025, 12, 19), "decision_number": "15-QĐ/ĐU"},
    ),
    "rating": (
        [(*WHO, "Xếp loại năm 2025"), (*MAI, "HTXSNV"), (*TIN, "")],
        ["Ngày 31/12/2025"],
        MemberRating,
        {"year": 2025, "level": "excellent", "decided_on": date(2025, 12, 31)},
    ),
    "exemption": (
        [(*WHO, "Lý do miễn", "Từ ngày"), (*MAI, "Tuổi cao", "5/1/2026")],
        [],
        Exemption,
        {"kind": "age_health", "started_on": DAY},
    ),
    "badge": (
        [(*WHO, "Huy hiệu", "Ngày trao", *DECIDED), (*MAI, "40 năm", "5-1-2026", "7-QĐ/TU", "1/1/2026")],
        [],
        Badge,
        {"years": 40, "awarded_on": DAY, "decision_number": "7-QĐ/TU"},
    ),
    "discipline": (
        [
            (*WHO, "Hình thức kỷ luật", "Cấp quyết định", "Nội dung vi phạm", *DECIDED),
            (*TIN, "khiển trách", "BTV", "Nội dung khác", "9-QĐ/ĐU", "5/1/2026"),
        ],
        [],
        Discipline,
        {"form": "reprimand", "level": "committee", "decided_on": DAY},
    ),
    "suspension": (
        [
            (*WHO, "Cấp quyết định đình chỉ", "Đình chỉ từ ngày", *DECIDED),
            (*TIN, "Đảng ủy", "5/1/2026", "9-QĐ/ĐU", "4/1/2026"),
        ],
        [],
        Suspension,
        {"level": "committee", "started_on": DAY},
    ),
    "planning": (
        [
            ("DANH SÁCH QUY HOẠCH NHIỆM KỲ 2025 - 2030",),
            (*WHO, "Chức danh quy hoạch", "Ngày phê duyệt", *DECIDED),
            (*TIN, "BCH", "5/1/2026", "9-QĐ/ĐU", "4/1/2026"),
        ],
        ["Phê duyệt"],
        Planning,
        {"post": "executive_committee", "term": "2025-2030", "approved_on": DAY},
    ),
    "liaison": (
        [(*WHO, "Chi bộ nơi cư trú"), (*MAI, "Chi bộ Bản 01")],
        ["Từ ngày của danh sách"],
        Liaison,
        {"place": "Chi bộ Bản 01", "started_on": date(2026, 3, 1)},
    ),
    "training": (
        [
            (*WHO, "Tên lớp", "Chương trình", "Cấp mở lớp", "Khai giảng"),
            (*TIN, "K5", "Sơ cấp LLCT", "Xã", "5/1/2026"),
        ],
        [],
        Training,
        {"course": "K5", "program": "theory_elementary", "level": "commune", "began_on": DAY},
    ),
    "basis": (
        [(*WHO, "Nhóm đóng đảng phí", "Mức thu nhập", "Từ ngày"), (*MAI, "Lương hưu", "5.000.000", "5/1/2026")],
        [],
        FeeBasis,
        {"group": "pension", "income": 5_000_000, "started_on": DAY},
    ),
    "relief": (
        [
            (*WHO, "Miễn, giảm đảng phí", "Căn cứ miễn, giảm", "Từ ngày", *DECIDED),
            (*MAI, "Miễn", "Hộ nghèo", "5/1/2026", "9-QĐ/ĐU", "31/12/2025"),
        ],
        [],
        FeeReduction,
        {"kind": "exempt", "ground": "poor", "started_on": DAY},
    ),
    "unit_rating": (
        [("TT", "Tên chi bộ", "Xếp loại năm 2025", "Ngày xếp loại"), (1, "CB a", "Tốt", "20/12/2025")],
        [],
        UnitRating,
        {"year": 2025, "level": "good", "decided_on": date(2025, 12, 20)},
    ),
    "meeting": (
        [("SINH HOẠT CHI BỘ NĂM 2026",), ("TT", "Tên chi bộ", "Tháng 1", "Tháng 2"), (1, "Chi bộ a", "2/2", "")],
        ["Thường kỳ, ngày 05/01/2026"],
        Meeting,
        {"held_on": DAY, "kind": "regular", "expected": 2, "present": 2},
    ),
    "founding": (
        [
            ("TT", "Tên chi bộ", "Loại hình", "Trực thuộc", "Số, ngày QĐ thành lập", "Ngày thành lập"),
            (1, "CB bản Mới", "Bản", "Đảng ủy xa", "12-QĐ/ĐU ngày 03/01/2026", "5/1/2026"),
        ],
        ["Thành lập mới: Bản"],
        UnitEvent,
        {"kind": "established", "day": DAY, "decision_number": "12-QĐ/ĐU"},
    ),
}
"""Of each kind a list, how the words of answers begin, and what is written: a model and values of one new row."""

NO_RECORD = {"listed"}
"""Kinds of columns that only say where a list stands apart from the portal."""


@layer
def people(cell_a):
    day = PartialDate
    return [
        make_member(cell_a, "Lò Thị Mai", gender="female", born_on=day("1950-05-17"), joined_on=day("1980-03-03")),
        make_member(cell_a, "Vàng A Tín", born_on=day("1982-01-02")),
    ]


@pytest.fixture(autouse=True)
def text_files_are_read_here(monkeypatch):
    """Read text files in this process, as the one apart does, which takes long to start."""
    monkeypatch.setattr(
        formats, "read", lambda content, name: [Grid("CSV", squared(delimited.rows_of(content.decode())))]
    )


def squared(rows):
    width = max(map(len, rows))
    return [[value or None for value in row] + [None] * (width - len(row)) for row in rows]


def written(rows):
    file = StringIO()
    csv.writer(file, delimiter=";").writerows(rows)
    return file.getvalue().encode()


def counted():
    """Return how many rows every table of records holds."""
    return {model: model._base_manager.count() for name in APPS for model in apps.get_app_config(name).get_models()}


def answered(batch, answers):
    """Return what is said to the questions of a file, by how the words of an answer begin."""
    said = {}
    for fault in batch.result["faults"]:
        options = [code for code, words in fault["options"] if words.startswith(tuple(answers) or ("\0",))]
        if options:
            said[fault["place"]] = options[0]
    return said


def test_every_kind_of_list_is_walked():
    kinds = {kind.partition(".")[0] if "." in kind else "card" for kind in COLUMN_TYPES}
    assert kinds - NO_RECORD == LISTS.keys()


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_goes_the_whole_way_and_back(kind, clerk, people):
    rows, answers, model, values = LISTS[kind]
    before, content = counted(), written(rows)
    batch = jobs.receive_file(user=clerk, name="ds.csv", content=content, settings={"day": "2026-03-01"})
    jobs.work_on_next()
    batch.refresh_from_db()
    if said := answered(batch, answers):
        jobs.recheck(batch=batch, answers=said)
        jobs.work_on_next()
        batch.refresh_from_db()
    assert [fault["message"] for fault in batch.result["faults"]] == []
    assert batch.result["read"]["count"] == sum(row[0] not in ("", None) for row in rows[1:]) - (len(rows[0]) == 1)
    assert counted() == before
    known = {row.pk for row in model._base_manager.all()}
    jobs.confirm(batch=batch, digest=batch.digest)
    jobs.work_on_next()
    batch.refresh_from_db()
    assert batch.state == BatchState.WRITTEN
    [new] = model._base_manager.exclude(pk__in=known)
    assert {name: getattr(new, name) for name in values} == values
    jobs.revert_batch(user=None, batch=batch)
    assert counted() == before
