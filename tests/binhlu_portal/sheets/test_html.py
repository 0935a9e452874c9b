from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from binhlu_portal.sheets import html
from binhlu_portal.sheets.sheet import FormHeading, Heading, Sheet, SheetCell, SheetColumn, SheetRow, Signature, group

COLUMNS = (
    SheetColumn("order", "TT", kind="mark"),
    SheetColumn("name", "Loại hình", kind="text"),
    group("Chia ra", SheetColumn("a", "Đảng bộ"), SheetColumn("b", "Chi bộ")),
    SheetColumn("p", "Tỷ lệ", kind="percent", places=1),
)


class Elements(HTMLParser):
    """The elements of a page as (tag, attributes, text directly in it), and the tags left open."""

    VOID = {"br", "hr", "input"}

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        element = [tag, dict(attributes), ""]
        self.found.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open:
            self.open[-1][2] += data.strip()

    def all(self, tag, **attributes):
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [(found, text) for name, found, text in self.found if name == tag and wanted.items() <= found.items()]


def sheet(*rows, **others):
    return Sheet(code="Biểu 1B", title="THỐNG KÊ", columns=COLUMNS, rows=rows, **others)


def page(*rows, **others):
    return Elements(render_to_string("sheets/_sheet.html", {"table": html.context(sheet(*rows, **others))}))


@pytest.mark.parametrize(
    ("value", "column", "shown"),
    [
        (None, COLUMNS[2], ""),
        (0, COLUMNS[2], "0"),
        (1234567, COLUMNS[2], "1.234.567"),
        (Decimal("1234.5"), SheetColumn("x", "", places=2), "1.234,50"),
        (Decimal("44.5"), COLUMNS[3], "44,5\N{NO-BREAK SPACE}%"),
        (Decimal("0.05"), COLUMNS[3], "0,1\N{NO-BREAK SPACE}%"),
        (100, COLUMNS[3], "100,0\N{NO-BREAK SPACE}%"),
        (None, COLUMNS[3], ""),
        ("- Chi bộ bản", COLUMNS[1], "- Chi bộ bản"),
    ],
)
def test_values_read_as_a_vietnamese_reader_expects(value, column, shown):
    assert html.display(SheetCell(value), column) == shown


def test_a_cell_may_have_more_decimals_than_its_column():
    assert html.display(SheetCell(Decimal("45.6"), places=1), COLUMNS[2]) == "45,6"


def test_headers_name_their_columns_and_groups():
    elements = page()
    assert elements.all("th", scope="colgroup") == [({"scope": "colgroup", "colspan": "2"}, "Chia ra")]
    assert elements.all("th", scope="col") == [
        ({"scope": "col", "rowspan": "2"}, "TT"),
        ({"scope": "col", "rowspan": "2"}, "Loại hình"),
        ({"scope": "col", "rowspan": "2"}, "Tỷ lệ"),
        ({"scope": "col"}, "Đảng bộ"),
        ({"scope": "col"}, "Chi bộ"),
    ]
    assert [text for _, text in elements.all("td")] == ["(1)", "(2)", "(3)", "(4)", "(5)"]


def test_the_first_column_of_text_names_the_row_and_is_indented_by_its_level():
    elements = page(SheetRow("1", {"order": 1, "name": "Chi bộ bản"}, level=1))
    assert elements.all("th", scope="row") == [({"scope": "row", "class": "text level-1"}, "Chi bộ bản")]


def test_a_number_leads_to_the_records_it_counts_and_an_empty_cell_to_nothing():
    elements = page(
        SheetRow("1", {"a": SheetCell(35, link="/to-chuc/?loai=ban&ngay=1"), "b": SheetCell(None, link="/to-chuc/")})
    )
    assert elements.all("a") == [({"href": "/to-chuc/?loai=ban&ngay=1"}, "35")]
    assert elements.all("td", class_="number") == [({"class": "number"}, ""), ({"class": "number"}, "")]


def test_total_rows_stand_out():
    elements = page(SheetRow("1"), SheetRow("total", emphasis=True))
    assert len(elements.all("tr", class_="emphasis")) == 1


def test_markup_in_a_name_is_shown_as_text():
    elements = page(SheetRow("1", {"name": "<script>alert(1)</script>"}), notes=("<b>x</b>",))
    assert elements.all("script") == elements.all("b") == []
    assert elements.all("th", scope="row")[0][1] == "<script>alert(1)</script>"


def test_the_blocks_of_a_party_document_stand_around_the_table():
    elements = page(
        heading=Heading("Đảng bộ tỉnh Lai Châu", "Đảng ủy xã Bình Lư", "Số 12-BC/ĐU", "Bình Lư, ngày 20 tháng 3"),
        notes=("Ô trống là không có hồ sơ.",),
        signature=Signature("T/M Ban Thường vụ", "Phó Bí thư", "Nguyễn Văn Một"),
        left_signature="Người lập biểu",
        recipients=("Lưu VPĐU",),
    )
    texts = [text for _, _, text in elements.found if text]
    blocks = "ĐẢNG BỘ TỈNH LAI CHÂU|ĐẢNG ỦY XÃ BÌNH LƯ|*|Số 12-BC/ĐU|ĐẢNG CỘNG SẢN VIỆT NAM|Bình Lư, ngày 20 tháng 3"
    assert texts[:8] == [*blocks.split("|"), "Biểu 1B", "THỐNG KÊ"]
    after = "Ô trống là không có hồ sơ.|NGƯỜI LẬP BIỂU|Nơi nhận:|Lưu VPĐU|T/M BAN THƯỜNG VỤ|PHÓ BÍ THƯ|Nguyễn Văn Một"
    assert texts[-7:] == after.split("|")


def test_a_form_of_statistics_names_itself_at_the_right_and_its_day_at_the_foot():
    elements = page(
        heading=FormHeading("Đảng ủy xã Bình Lư", "Ban Xây dựng Đảng", "Biểu số 1-BTCTW", "Người"),
        signature=Signature("Ban Xây dựng Đảng", "Trưởng ban", place_and_day="Bình Lư, ngày … tháng … năm …"),
    )
    texts = [text for _, _, text in elements.found if text]
    assert texts[:5] == [
        *("ĐẢNG ỦY XÃ BÌNH LƯ", "BAN XÂY DỰNG ĐẢNG", "Biểu số 1-BTCTW", "Đơn vị tính: Người"),
        "THỐNG KÊ",
    ]
    assert texts[-3:] == ["Bình Lư, ngày … tháng … năm …", "BAN XÂY DỰNG ĐẢNG", "TRƯỞNG BAN"]


def test_a_bare_sheet_has_no_empty_blocks():
    elements = page()
    assert elements.all("header") == elements.all("footer") == []


def test_the_page_is_well_formed_without_styles_of_its_own_and_scrolls_by_keyboard():
    elements = page(SheetRow("1", {"name": "Chi bộ bản", "a": 1}))
    assert elements.open == []
    assert not any("style" in attributes for _, attributes, _ in elements.found)
    box, _ = elements.all("div", class_="table-box")[0]
    assert box == {"class": "table-box", "tabindex": "0", "role": "region", "aria-label": "Biểu 1B. THỐNG KÊ"}
