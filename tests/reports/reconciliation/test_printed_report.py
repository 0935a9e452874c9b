"""Reading what a report has printed: any order of columns, with or without a heading, every fault at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.reconciliation import printed_report
from reports.reconciliation.printed_report import Faulty, file_rows, read, typed_rows
from tests.factories import moment_of

AS_OF = date(2026, 3, 1)


@pytest.fixture
def moment(commune, cell_a):
    return moment_of(commune, AS_OF, since=date(2025, 7, 1), year=2025)


def said(lines):
    """Return of each line its code, value and percentage."""
    return [(line.figure.code, line.value, line.percent) for line in lines]


@pytest.mark.parametrize(
    "rows",
    [
        [["members.female", "383", "44,5"], ["members.total", "861"]],
        [["members.female", "383", "44.5 %"], ["Tổng số đảng viên", "861", ""]],
        [
            ["Tỷ lệ (%)", "Giá trị", "Số liệu", "Mã"],
            ["44,5", "383", "", "members.female"],
            ["", 861.0, "", "members.total"],
        ],
        [
            ["Báo cáo sơ kết"],
            [],
            ["code", "value", "percent"],
            ["members.female", 383, 44.5],
            ["members.total", "861", None],
        ],
        [
            ["code", "percent", "percent_printed", "value"],
            ["members.female", "1", "44,5", "383"],
            ["members.total", "", "", "861"],
        ],
    ],
    ids=["by order", "by name", "by heading", "below a title", "printed before computed"],
)
def test_columns_are_found(moment, rows):
    assert said(read(rows, moment)) == [("members.female", 383, Decimal("44.5")), ("members.total", 861, None)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nghỉ hưu, nghỉ công tác; 121; 14,1", "members.retired"),
        ("members.retired\t121\t14,1", "members.retired"),
        ("members.retired, 121, 14.1", "members.retired"),
    ],
)
def test_typed_lines_are_cut_at_their_own_separator(moment, text, code):
    assert said(read(typed_rows(text), moment)) == [(code, 121, Decimal("14.1"))]


@pytest.mark.parametrize(("text", "value"), [("1.234", 1234), ("03", 3), ("-5", -5), ("1.234.567", 1234567)])
def test_values_are_read_as_documents_write_them(moment, text, value):
    (line,) = read([["members.increase", text]], moment)
    assert line.value == value


def test_the_decimals_printed_are_kept(moment):
    lines = read([["members.female", "", text] for text in ("11", "44,50", "93,54 %")], moment)
    assert [str(line.percent) for line in lines] == ["11", "44.50", "93.54"]


def test_a_target_may_ask_for_a_band(moment):
    (line,) = read([["targets.admissions", "", "3-4"]], moment)
    assert (line.percent, line.high) == (3, 4)
    assert line.share == "3–4\N{NO-BREAK SPACE}%"


def test_a_line_may_speak_of_another_unit_and_day(moment, cell_a):
    (line,) = read([["members.total", "3", "", "a", "2025-12-31", "01/12/2025", "2024"]], moment)
    assert line.moment == replace(moment, unit=cell_a, as_of=date(2025, 12, 31), since=date(2025, 12, 1), year=2024)


def test_each_typed_line_has_its_own_separator(moment):
    lines = read(typed_rows("members.female; 383; 44,5\nmembers.total\t861\nmembers.male, 478"), moment, typed=True)
    assert said(lines) == [
        ("members.female", 383, Decimal("44.5")),
        ("members.total", 861, None),
        ("members.male", 478, None),
    ]


@pytest.mark.parametrize("heading", ["", "Mã; Giá trị; Tỷ lệ\n", "\nMã; Giá trị; Tỷ lệ\n"])
def test_a_typed_line_without_value_or_share_is_told_beside_the_other_faults(moment, heading):
    text = f"{heading}đảng viên nữ 382\n\nmembers.total; 861\nmembers.totl; 3\nMã; Giá trị"
    with pytest.raises(Faulty) as refused:
        read(typed_rows(text), moment, typed=True)
    first = 1 + heading.count("\n")
    starts = [
        f"Dòng {first}: “đảng viên nữ 382” chưa có giá trị hoặc tỷ lệ",
        f"Dòng {first + 3}: không có số liệu nào mã hoặc tên “members.totl”",
        f"Dòng {first + 4}: không có số liệu nào mã hoặc tên “Mã”",
    ]
    assert [fault[: len(start)] for fault, start in zip(refused.value.faults, starts, strict=True)] == starts


def test_lines_that_print_nothing_are_passed_over(moment):
    assert said(read([["members.male", "", ""], [], ["members.total", "0"]], moment)) == [("members.total", 0, None)]


def test_every_fault_is_said_at_once(moment, cell_b):
    rows = [
        ["members.total", "861"],
        ["members.totl", "861"],
        ["members.total", "8,5"],
        ["members.female", "3", "nhiều"],
        ["targets.admissions", "30"],
        ["members.female", "3", "3-4"],
        ["members.total", "3", "", "khong-co"],
        ["members.total", "3", "", "", "2025"],
        ["members.total", "3", "", "", "31/12/2025", "01/01/2026"],
        ["members.total", "3", "", "", "", "", "25"],
        ["members.total", "3", "", "", "30/06/2025", "01/01/2025"],
    ]
    with pytest.raises(Faulty) as refused:
        read(rows, moment)
    faults = refused.value.faults
    assert [fault.split(":")[0] for fault in faults] == [f"Dòng {row}" for row in range(2, 12)]
    for fault, word in zip(
        faults,
        (
            "members.totl",
            "8,5",
            "nhiều",
            "mục tiêu",
            "3-4",
            "khong-co",
            "2025",
            "không muộn hơn",
            "năm",
            "không tồn tại",
        ),
        strict=True,
    ):
        assert word in fault


@pytest.mark.parametrize("rows", [[], [["Mã", "Giá trị"]], [["members.total", ""]]])
def test_nothing_to_compare_is_said(moment, rows):
    with pytest.raises(Faulty, match="Chưa có số liệu nào"):
        read(rows, moment)


def test_too_much_at_once_is_refused(moment):
    with pytest.raises(Faulty, match="401 dòng"):
        read([["members.total", "1"]] * (printed_report.MOST_LINES + 1), moment)
    days = [["members.total", "1", "", "", f"{day:02}/01/2026"] for day in range(1, printed_report.MOST_MOMENTS + 2)]
    with pytest.raises(Faulty, match="quá 12 thời điểm"):
        read(days, moment)


def test_a_foreign_unit_is_as_unknown_as_one_that_never_was(cell_a, cell_b, secretary_a):
    moment = moment_of(cell_a, AS_OF, user=secretary_a)
    for code in ("b", "khong-co"):
        with pytest.raises(Faulty, match=f"không có tổ chức đảng nào mã “{code}”"):
            read([["members.total", "3", "", code]], moment)


@pytest.mark.parametrize("separator", [";", ","])
def test_files_of_offices_are_read(moment, separator):
    share = "44,5" if separator == ";" else '"44,5"'
    text = f"\ufeffMã{separator}Giá trị{separator}Tỷ lệ\r\nmembers.female{separator}383{separator}{share}\r\n"
    assert said(read(file_rows(text.encode(), "bao-cao.csv"), moment)) == [("members.female", 383, Decimal("44.5"))]


def test_a_line_typed_again_says_the_same(moment):
    rows = [
        ["members.female", "383", "44,50"],
        ["targets.admissions", "", "3-4"],
        ["members.total", "3"],
        ["members.total", "3", "", "a", "31/12/2025", "01/12/2025", "2024"],
    ]
    lines = read(rows, moment)
    again = "\n".join(line.typed(moment) for line in lines)
    assert read(typed_rows(again), moment) == lines
    assert again.splitlines()[2] == "members.total; 3"
