"""The rows of figures in words: every population has them, people are never named, lists come whole."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.moment.moment import Moment
from members.models import Member
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.descriptions import DESCRIPTIONS, told
from reports.figures.registry import FIGURES, Figure
from reports.placeholders.report import ReportValues

COUNTED = [code for code, figure in FIGURES.items() if isinstance(figure, Figure)]


@pytest.fixture(scope="module")
def binh_lu(sample):
    """The moment of the report of March 2026."""
    unit = Unit.objects.get(code="binh-lu")
    return Moment.of(unit, SYSTEM, today=date(2026, 3, 1), since=date(2025, 7, 1), year=2025)


def test_every_population_of_the_report_is_described():
    assert {FIGURES[code].population.code for code in COUNTED} == set(DESCRIPTIONS)


def test_every_row_is_told_and_nobody_is_named(binh_lu):
    found, results = told(binh_lu, COUNTED), evaluate.results(binh_lu)
    people = set(Member.objects.values_list("full_name", flat=True))
    for code in COUNTED:
        if DESCRIPTIONS[FIGURES[code].population.code].counts:
            assert sum(count for _, count in found[code]) == results[code].value, code
        else:
            assert bool(found[code]) == bool(results[code].value), code
        assert all(words and "None" not in words for words, _ in found[code]), code
        assert not [words for words, _ in found[code] if any(name in words for name in people)], code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("units.renamed.ke_ten", "Đảng bộ Trung tâm Y tế Tam Đường thành Đảng bộ Bệnh viện Đa khoa Tam Đường"),
        (
            "units.dissolved.ke_ten",
            "Chi bộ Trạm Khuyến nông và Dịch vụ nông nghiệp Tam Đường; "
            "Chi bộ Trung tâm Văn hóa, Thể thao và Truyền thông Bình Lư",
        ),
    ],
)
def test_units_of_the_published_report_are_listed_by_name(binh_lu, name, text):
    values = ReportValues.at(binh_lu)
    assert {*values.piece(name).text.split("; ")} == {*text.split("; ")}
    assert values.piece(f"chu_thich.{name}").note == f"{values.piece(name).text}."


def test_a_discipline_is_told_by_unit_and_measure(binh_lu):
    values = ReportValues.at(binh_lu)
    text = values.piece("discipline.members.total.ke_ten").text
    assert text.startswith("01 đảng viên Chi bộ")
    assert text.endswith("bằng hình thức cảnh cáo")
    planned = values.piece("planning.total.ke_ten").text
    assert planned.startswith("33 lượt Ban Chấp hành Đảng bộ xã nhiệm kỳ 2025-2030; 40 lượt Ban Chấp hành Đảng bộ xã")
    before = 'discipline.members.total.ke_ten | tu:"01/7/2025" | ngay:"02/7/2025"'
    values.look_up([before])
    assert (values.piece(before).text, values.piece(f"chu_thich.{before}").note) == ("", "")


def test_units_received_are_told_beneath_whom_they_came_from(binh_lu):
    values = ReportValues.at(binh_lu)
    received = values.piece("units.received.grassroots.ke_ten").text
    assert received.startswith("từ Huyện ủy Tam Đường: Đảng bộ Trung tâm Y tế Tam Đường; Chi bộ Cơ quan 01 (mẫu); ")
    assert received.count("từ Huyện ủy") == 1
    assert values.piece("chu_thich.units.received.grassroots.ke_ten").note.startswith("Từ Huyện ủy Tam Đường: ")
    founded = values.piece("units.established.grassroots_cells.ke_ten").text
    assert founded.startswith("Chi bộ Công an xã; Chi bộ Quân sự xã; từ Đảng ủy UBND tỉnh: Chi bộ Phòng giao dịch")
    assert "; từ Đảng ủy phường Tân Phong: Chi bộ Ngân hàng Nông nghiệp" in founded


def test_all_lists_are_one_statement(binh_lu):
    listed = ("events", "documents", "disciplines", "plannings", "units")
    events = [code for code in COUNTED if FIGURES[code].population.code in listed]
    values = ReportValues.at(binh_lu)
    with CaptureQueriesContext(connection) as asked:
        values.look_up([f"chu_thich.{code}.ke_ten" for code in events])
        assert all(values.piece(f"chu_thich.{code}.ke_ten").text == "" for code in events)
    assert len(asked) == 1
