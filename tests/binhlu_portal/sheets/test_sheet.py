from decimal import Decimal

import pytest

from binhlu_portal.sheets.sheet import (
    Share,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetRow,
    SumOfColumns,
    SumOfRows,
    group,
    rounded,
)

NAME = SheetColumn("name", "Loại hình", kind="text")
NUMBERS = (SheetColumn("a", "Đảng bộ"), SheetColumn("b", "Chi bộ"), SheetColumn("p", "%", kind="percent", places=2))


def sheet(*rows, columns=(NAME, *NUMBERS)):
    return Sheet(code="Biểu 1B", title="Thống kê", columns=columns, rows=rows)


def total(value, *keys):
    return SheetCell(value, SumOfRows(keys))


def test_headers_of_three_lines_cover_exactly_what_lies_beneath_them():
    columns = (
        NAME,
        group(
            "TCCSĐ",
            SheetColumn("sum", "Tổng số"),
            group("Chia ra", SheetColumn("a", "Đảng bộ"), SheetColumn("b", "Chi bộ")),
        ),
        group("Biến động", SheetColumn("in", "Tiếp nhận"), SheetColumn("out", "Giải thể")),
    )
    lines = [
        [(cell.column.label, cell.line, cell.first, cell.colspan, cell.rowspan) for cell in line]
        for line in sheet(columns=columns).header()
    ]
    assert lines == [
        [("Loại hình", 0, 0, 1, 3), ("TCCSĐ", 0, 1, 3, 1), ("Biến động", 0, 4, 2, 1)],
        [("Tổng số", 1, 1, 1, 2), ("Chia ra", 1, 2, 2, 1), ("Tiếp nhận", 1, 4, 1, 2), ("Giải thể", 1, 5, 1, 2)],
        [("Đảng bộ", 2, 2, 1, 1), ("Chi bộ", 2, 3, 1, 1)],
    ]


def test_leaves_are_the_columns_from_left_to_right():
    assert [leaf.key for leaf in sheet(columns=(NAME, group("Chia ra", *NUMBERS))).leaves] == ["name", "a", "b", "p"]


def test_a_row_has_an_empty_cell_where_it_names_none():
    row = SheetRow("x", {"a": 3, "b": SheetCell(4, link="/dang-vien/")})
    assert (row.cell("a"), row.cell("b").link, row.cell("p")) == (SheetCell(3), "/dang-vien/", SheetCell(None))


def test_a_sheet_whose_totals_are_the_sums_of_their_parts_is_made():
    made = sheet(
        SheetRow("1", {"a": 1, "b": 3, "p": SheetCell(Decimal("33.33"), Share("a", "b"))}),
        SheetRow("2", {"a": 7, "b": SheetCell(7, SumOfColumns(("a",)))}),
        SheetRow(
            "total", {"a": total(8, "1", "2"), "b": total(10, "1", "2"), "p": SheetCell(Decimal(80), Share("a", "b"))}
        ),
    )
    assert [made.rows[-1].cell(key).value for key in "abp"] == [8, 10, Decimal(80)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"a": total(4, "1", "2")},
        {"a": total(None, "1", "2")},
        {"a": 9, "b": SheetCell(9, SumOfColumns(("a",), minus=("p",))), "p": 1},
        {"a": 1, "b": 3, "p": SheetCell(Decimal("33.3"), Share("a", "b"))},
        {"a": 1, "b": 0, "p": SheetCell(Decimal(0), Share("a", "b"))},
    ],
)
def test_a_value_that_its_formula_does_not_give_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match=r"Biểu 1B \('total', '[abp]'\): shows .*, but its formula gives"):
        sheet(SheetRow("1", {"a": 1}), SheetRow("2", {"a": 2}), SheetRow("total", wrong))


def test_nought_is_not_a_sum_of_nothing_counted():
    sheet(SheetRow("1"), SheetRow("total", {"a": total(None, "1")}))
    with pytest.raises(ValueError, match="shows 0, but its formula gives None"):
        sheet(SheetRow("1"), SheetRow("total", {"a": total(0, "1")}))


def test_a_sum_leaves_out_what_is_empty_and_keeps_nought():
    assert SumOfRows(("1", "2", "3")).evaluate([None, 2, 3], 0) == 5
    assert SumOfRows(("1", "2")).evaluate([None, 0], 0) == 0
    assert SumOfColumns(("a", "b"), minus=("c",)).evaluate([5, None, 2], 0) == 3
    assert SumOfColumns(("a",), minus=("b",)).evaluate([None, None], 0) is None
    assert SumOfRows(("1", "2"), minus=("3",)).evaluate([5, None, 2], 0) == 3


def test_a_row_may_be_the_balance_of_others():
    rows = [SheetRow(key, {"a": value}) for key, value in (("1", 5), ("2", 4), ("3", 2))]
    sheet(*rows, SheetRow("end", {"a": SheetCell(7, SumOfRows(("1", "2"), minus=("3",)))}))
    with pytest.raises(ValueError, match="shows 11, but its formula gives 7"):
        sheet(*rows, SheetRow("end", {"a": SheetCell(11, SumOfRows(("1", "2"), minus=("3",)))}))


@pytest.mark.parametrize(
    ("part", "whole", "places", "percent"),
    [
        (17, 19, 2, "89.47"),
        (25, 35, 2, "71.43"),
        (1, 16, 1, "6.3"),
        (7, 2000, 1, "0.4"),
        (0, 4, 1, "0.0"),
        (1, 0, 1, None),
        (1, None, 1, None),
        (None, 4, 1, None),
    ],
)
def test_a_share_is_rounded_half_up_and_empty_over_nothing(part, whole, places, percent):
    assert Share("a", "b").evaluate([part, whole], places) == (percent and Decimal(percent))


def test_rounding_goes_half_up_and_not_to_even():
    assert (rounded(Decimal("0.25"), 1), rounded(Decimal("2.5"), 0)) == (Decimal("0.3"), Decimal(3))


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        ([SheetRow("1"), SheetRow("1")], (NAME,), "two rows"),
        ([], (NAME, NAME), "a column has no key, or one that another column has"),
        ([], (NAME, SheetColumn("", "Trống")), "a column has no key"),
        ([SheetRow("1", {"c": 1})], (NAME,), r"row 1 .* \['c'\]"),
        ([SheetRow("1", {"a": total(1, "2")})], NUMBERS, r"reads unknown cells \[\('2', 'a'\)\]"),
        ([SheetRow("1", {"a": SheetCell(1, SumOfColumns(("c",)))})], NUMBERS, r"reads unknown cells \[\('1', 'c'\)\]"),
        (
            [SheetRow("1", {"a": "mười"}), SheetRow("2", {"a": total(10, "1")})],
            NUMBERS,
            r"\('2', 'a'\): .* text: \['mười'\]",
        ),
    ],
)
def test_keys_that_are_doubled_or_unknown_and_sums_of_text_are_refused(rows, columns, message):
    with pytest.raises(ValueError, match=message):
        sheet(*rows, columns=columns)


def test_formulas_that_read_each_other_in_a_circle_are_refused():
    with pytest.raises(ValueError, match="in a circle"):
        sheet(SheetRow("1", {"a": total(1, "2")}), SheetRow("2", {"a": total(1, "1")}))
    with pytest.raises(ValueError, match="in a circle"):
        sheet(SheetRow("1", {"a": total(1, "1")}))
