"""Place-holders: how figures are printed in documents, and what an unknown one is told."""

from decimal import Decimal

import pytest

from reports.figures import registry
from reports.figures.result import Result
from reports.narrative.docx_worker import name_of, place_of
from reports.placeholders.language import written
from reports.placeholders.report import REPORT, ReportValues, readings
from reports.placeholders.syntax import Placeholder, names_in, read, sole_name
from reports.placeholders.values import Piece


def result(code, value, base=None, percent=None, **more):
    return Result(registry.FIGURES[code], value, base, percent and Decimal(percent), **more)


RESULTS = {
    "members.total": result("members.total", 1234),
    "members.increase": result("members.increase", -5),
    "admissions.female": result("admissions.female", 3, 9, "33.3"),
    "admissions.rural": result("admissions.rural", 0, 0),
    "targets.admissions": result("targets.admissions", None, low=Decimal(3), high=Decimal(4), actual=()),
}


def piece(name, **more):
    return ReportValues(RESULTS, {"nam": "2025"}, **more).piece(name)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1234, "1.234"), (-3, "-3"), (None, "–")]
)
def test_single_digits_have_a_nought_before_them(value, text):
    assert written(value) == text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("members.total", "1.234", 1234),
        ("admissions.female", "03", 3),
        ("admissions.female.tren", "03/09", 3),
        ("admissions.female.ty_le", "33,3%", 3),
        ("members.increase.tang_giam", "giảm 05", 1),
        ("targets.admissions", "3–4%", 3),
    ],
)
def test_a_figure_is_printed_in_the_form_asked_for(name, text, value):
    assert piece(name) == Piece(text, REPORT.of_figures[name][0], value)


@pytest.mark.parametrize("name", ["admissions.rural.ty_le", "admissions.rural.tren"])
def test_a_share_of_nothing_cannot_be_said(name):
    assert (piece(name).text, piece(name).value) == ("–", None) or piece(name).value == 0


def test_increase_and_decrease_are_said_in_words():
    places = ReportValues({"members.increase": result("members.increase", 106)}, {})
    assert places.piece("members.increase.tang_giam").text == "tăng 106"
    places = ReportValues({"members.increase": result("members.increase", 0)}, {})
    assert places.piece("members.increase.tang_giam").text == "không tăng, giảm"


@pytest.mark.parametrize("name", REPORT.of_figures)
def test_what_was_never_counted_cannot_be_said(name):
    code, _ = REPORT.of_figures[name]
    actual = (Result(registry.FIGURES["members.total"], None),)
    places = ReportValues({code: Result(registry.FIGURES[code], None, actual=actual)}, {})
    assert places.piece(name) == Piece("–", code, None)


def test_words_annexes_and_footnotes():
    assert piece("nam").text == "2025"
    assert piece("bieu.9", annexes=("9",)).text == " (chi tiết tại Biểu 9)"
    assert piece("bieu.9").text == ""
    assert piece("chu_thich.members.total", explains=True).note == readings()["members.total"]
    assert piece("chu_thich.members.total") == Piece("")
    assert piece("chu_thich.members.female") is None


def test_an_unknown_place_holder_stays_as_it_is_written():
    assert ReportValues(RESULTS, {}).say("Có {{members.totl}}.") == [
        Piece("Có "),
        Piece("{{ members.totl }}"),
        Piece("."),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ members.total }}, {{ den_ngay }}", []),
        ("{{ members.totl }}", ["Không có chỗ điền {{ members.totl }}: có lẽ là {{ members.total }}."]),
        (
            "{{ members.female.tylee }}",
            ["Không có chỗ điền {{ members.female.tylee }}: có lẽ là {{ members.female.ty_le }}."],
        ),
        ("{{ ?? }}", ["Không có chỗ điền {{ ?? }}: xem bảng các chỗ điền."]),
        ('{{ members.total | ngay:"01/7/2025" | nam:2024 }}', []),
        ('{{ members.total | ngay:"31/6/2025" }}', ['Không đọc được ngay:"31/6/2025": ghi như ngay:"01/7/2025".']),
        ('{{ members.total | nam:"hai nghìn" }}', ['Không đọc được nam:"hai nghìn": ghi như nam:"2024".']),
        ('{{ members.total | don_vi:"" }}', ['Chưa ghi mã đơn vị: ghi như don_vi:"quan-su".']),
        ("{{ cap_uy | nam:2024 }}", ["Chỗ điền {{ cap_uy }} không nhận ngày hoặc đơn vị khác: chỉ số liệu mới nhận."]),
    ],
)
def test_a_wrong_place_holder_is_told_with_what_to_write_instead(text, told):
    assert REPORT.errors_in(text, None, None) == told


@pytest.mark.parametrize("text", ["{{ muc.I.1 }}", "{{ members.total | upper }}", "{{ members.total | thang:7 }}"])
def test_what_no_text_may_ask_for_is_told(text):
    assert len(REPORT.errors_in(text, None, None)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        'members.total | ngay:"01/7/2025" | don_vi:"quan-su"',
        "members.total|don_vi:“quan-su”|ngay:01/7/2025",
        "members.total | don_vi : quan-su | ngay: “01/7/2025”",
    ],
)
def test_filters_are_read_however_they_are_typed(typed):
    asked = read(typed)
    assert asked == Placeholder("members.total", (("don_vi", "quan-su"), ("ngay", "01/7/2025")))
    assert str(asked) == 'members.total | don_vi:"quan-su" | ngay:"01/7/2025"'
    assert names_in(f"Có {{{{ {typed} }}}}") == [typed]


def test_names_stay_apart_without_their_points():
    names = [*REPORT.known]
    assert len({name_of(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ members.total }}", "members.total"),
        (" {{members.total}} ", "members.total"),
        ("Có {{ members.total }}", None),
        ("{{ members.total }} {{ members.female }}", None),
        ("Tổng", None),
    ],
)
def test_one_place_holder_alone_makes_a_number(text, name):
    assert sole_name(text) == name


def test_a_template_names_a_place_holder_by_one_word():
    place = 'members.total | don_vi:"quan-su"'
    assert name_of(place).isidentifier()
    assert place_of(name_of(place)) == place
