"""Lists to print and sign: what the office would make, of whatever rows."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from binhlu_portal.records.tables import printed_lists
from binhlu_portal.records.tables.printed_lists import Issue, printed
from binhlu_portal.sheets.xlsx import ACROSS_PAPER
from tests.factories import make_member

DAY = date(2026, 3, 1)
HEAD = ("Đảng viên", "Chi bộ a", "Số liệu đến ngày 01/03/2026")


@pytest.fixture
def made(cell_a):
    """Return a function: a list of the cell as a sheet."""

    def made(labels, rows, **issue):
        return printed(HEAD, labels, rows, Issue(cell_a, DAY, **issue))

    return made


def values(sheet):
    return [[row.cell(leaf.key).value for leaf in sheet.leaves] for row in sheet.rows]


def test_a_list_bears_the_letterhead_of_its_unit_and_numbers_its_rows(made):
    sheet = made(["Họ và tên", "Tuổi"], [["Lò Văn Mẫu", 30], ["Lò Thị Mẫu", None]])
    assert (sheet.heading.superior, sheet.heading.organ) == ("Đảng bộ xa", "Chi bộ a")
    assert (sheet.code, sheet.title, sheet.subtitle) == ("DANH SÁCH", "ĐẢNG VIÊN", "; ".join(HEAD[1:]))
    assert values(sheet) == [["1", "Lò Văn Mẫu", 30], ["2", "Lò Thị Mẫu", None]]
    assert sheet.signature is sheet.left_signature is None


def test_who_signs_stands_beneath_when_wanted(made, commune):
    sheet = made(["Họ và tên"], [["Lò Văn Mẫu"]], signed=True)
    assert (sheet.left_signature, sheet.signature.authority, sheet.signature.post) == (
        "NGƯỜI LẬP",
        "T/M CHI BỘ",
        "BÍ THƯ",
    )
    whole = printed(HEAD, ["Họ và tên"], [], Issue(commune, DAY, signed=True))
    assert (whole.signature.authority, whole.signature.post) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")


def test_only_the_columns_that_may_be_summed_are(made):
    rows = [["a", 2, 2024, Decimal("33.3")], ["b", 3, 2025, Decimal("50")]]
    sheet = made(["Chi bộ", "Có mặt", "Năm", "Tỷ lệ"], rows, summed=frozenset({"Có mặt"}))
    assert values(sheet)[-1] == [None, "Cộng", 5, None, None]
    assert [row.cell("c3").places for row in sheet.rows[:2]] == [1, 0]
    assert len(made(["Chi bộ", "Có mặt"], [], summed=frozenset({"Có mặt"})).rows) == 0


def test_numbers_and_days_are_written_as_such(made):
    sheet = made(["Tên", "Ngày", "Số", "Lẫn"], [["a", DAY, 1, 1], ["b", DAY, 2, "không"]])
    assert [leaf.kind for leaf in sheet.leaves] == ["mark", "text", "mark", "number", "text"]


def test_a_narrow_list_stands_upright_and_a_wide_one_is_made_to_fit(made):
    assert made(["Họ và tên"], [["Lò Văn Mẫu"]]).upright
    wide = made([f"Cột {at}" for at in range(12)], [["những chữ rất dài ra " * 5] * 12])
    assert not wide.upright
    assert sum(leaf.width for leaf in wide.leaves) <= printed_lists.CROWDED * ACROSS_PAPER
    assert min(leaf.width for leaf in wide.leaves[1:]) >= 2 * printed_lists.NARROWEST


def test_a_column_is_as_wide_as_its_longest_word(made):
    column = made(["Số"], [["x" * 50]]).leaves[1]
    assert column.width > 50


def test_what_is_too_long_to_print_says_so(made, monkeypatch):
    monkeypatch.setattr(printed_lists, "MOST", 3)
    assert made(["Số"], [[1]] * 3).notes == ()
    assert made(["Số"], [[1]] * 4).notes == (printed_lists.CUT,)
    assert len(made(["Số"], [[1]] * 4).rows) == 3


@pytest.mark.parametrize(("form", "signed"), [("in", False), ("ky", True)])
def test_the_list_of_a_cell_is_printed_by_its_secretary(client, secretary_a, cell_a, form, signed):
    make_member(cell_a, "=1+1", born_on="1980-05-17")
    client.force_login(secretary_a)
    response = client.get(f"/dang-vien/xuat.{form}", {"ngay": "01/03/2026"})
    sheet = load_workbook(BytesIO(response.getvalue())).active
    texts = [cell.value for row in sheet.rows for cell in row if cell.value]
    assert ("NGƯỜI LẬP" in texts, "CHI BỘ A" in texts) == (signed, True)
    assert next(cell for row in sheet.rows for cell in row if cell.value == "=1+1").data_type == "s"
    assert unquote(response["Content-Disposition"]).endswith("Đảng viên – Chi bộ a – 01-03-2026 (bản in).xlsx")


def test_the_page_of_a_list_offers_each_way_to_take_it_along(client, clerk, cell_a):
    make_member(cell_a)
    client.force_login(clerk)
    page = client.get("/dang-vien/").content.decode()
    assert all(f"/dang-vien/xuat.{form}?" in page for form in ("in", "ky", "xlsx", "csv"))
