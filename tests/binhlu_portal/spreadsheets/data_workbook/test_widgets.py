from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.data_workbook.widgets import (
    ChoiceWidget,
    DayWidget,
    FractionWidget,
    IntegerWidget,
    LinkWidget,
    PartialDateWidget,
    TextWidget,
    YesNoWidget,
)
from binhlu_portal.text import typed_text
from binhlu_portal.text.vietnamese import search_key

LIST = ChoiceWidget([("good", "Hoàn thành tốt"), ("fair", "Hoàn thành"), ("none", "Không xếp loại")])

READ = [
    (TextWidget(), 12.0, "12"),
    (TextWidget(), "  Lò   Văn\nAn ", "Lò Văn An"),
    (TextWidget(), "Lo\u0300", "Lò"),
    (TextWidget(), datetime(2026, 3, 1), "01/03/2026"),
    (TextWidget(), None, ""),
    (IntegerWidget(), "1.234", 1234),
    (IntegerWidget(), 7.0, 7),
    (IntegerWidget(), "", None),
    (FractionWidget(), "3,5", Decimal("3.5")),
    (FractionWidget(), 3.5, Decimal("3.5")),
    (FractionWidget(), None, None),
    (YesNoWidget(), "x", True),
    (YesNoWidget(), "CO", True),
    (YesNoWidget(), "Không", False),
    (YesNoWidget(), None, False),
    (YesNoWidget(), 1.0, True),
    (LIST, "hoàn thành TỐT", "good"),
    (LIST, "hoan thanh", "fair"),
    (LIST, "fair", "fair"),
    (LIST, None, ""),
    (DayWidget(), "1/3/2026", date(2026, 3, 1)),
    (DayWidget(), datetime(2026, 3, 1, 0, 0), date(2026, 3, 1)),
    (DayWidget(), 46082.0, date(2026, 3, 1)),
    (DayWidget(), "", None),
    (PartialDateWidget(), "1956", PartialDate.parse("1956")),
    (PartialDateWidget(), 1956.0, PartialDate.parse("1956")),
    (PartialDateWidget(), "3/1956", PartialDate.parse("03/1956")),
    (PartialDateWidget(), 46082.0, PartialDate.of(date(2026, 3, 1))),
    (PartialDateWidget(), None, None),
    (LinkWidget(), "Chi bộ a [a]", "a"),
    (LinkWidget(), " a ", "a"),
    (LinkWidget(), None, ""),
]

WRONG = [
    (IntegerWidget(), "ba", "số nguyên"),
    (IntegerWidget(), 3.5, "số nguyên"),
    (IntegerWidget(), "1.23", "số nguyên"),
    (IntegerWidget(), "-1", "số nguyên"),
    (FractionWidget(), "ba", "Ghi một số"),
    (YesNoWidget(), "có lẽ", "“Có” hoặc “Không”"),
    (LIST, "xuất sắc", "Hoàn thành tốt; Hoàn thành; Không xếp loại"),
    (DayWidget(), "1956", "đủ ngày, tháng, năm"),
    (DayWidget(), "03/1956", "đủ ngày, tháng, năm"),
    (DayWidget(), "31/02/2026", "đủ ngày, tháng, năm"),
    (PartialDateWidget(), "hôm qua", "Ghi ngày dạng"),
]


@pytest.mark.parametrize(("widget", "value", "meant"), READ)
def test_a_cell_means_what_people_and_spreadsheets_write(widget, value, meant):
    found = widget.clean(value)
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize(("widget", "value", "words"), WRONG)
def test_what_cannot_be_meant_is_refused_with_a_sentence(widget, value, words):
    with pytest.raises(ValueError, match=words):
        widget.clean(value)


def test_a_long_list_is_not_told_whole():
    with pytest.raises(ValueError, match=r"Mục 11 …$"):
        ChoiceWidget([(str(number), f"Mục {number}") for number in range(40)]).clean("x")


def test_a_list_is_made_ready_once_for_all_cells_of_a_column(monkeypatch):
    asked = []
    monkeypatch.setattr(typed_text, "search_key", lambda text: asked.append(text) or search_key(text))
    widget = ChoiceWidget([(str(number), f"Điều {number}") for number in range(40)])
    for number in range(40):
        assert widget.clean(f"điều {number}") == str(number)
    assert len(asked) == 3 * 40  # each label, each code and each cell once


def test_an_open_end_and_nothing_are_empty_cells():
    assert DayWidget().render(OPEN) is None
    assert [widget.render(None) for widget in (TextWidget(), LIST, PartialDateWidget())] == ["", "", None]


@pytest.mark.parametrize("tab", TABS.values(), ids=lambda tab: tab.model._meta.label)
def test_every_item_of_every_list_is_read_as_it_is_written(tab):
    for name, column in tab.columns.items():
        for code, label in tab.model._meta.get_field(name).flatchoices:
            assert column.widget.clean(column.widget.render(code)) == code
            assert column.widget.clean(str(label).upper()) == code


days = st.dates(date(1900, 3, 1), date(2099, 12, 31))


@given(days)
def test_days_survive_being_written_and_read(day):
    for value in (
        day,
        datetime.combine(day, datetime.min.time()),
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert DayWidget().clean(value) == day
    for form in ("%d/%m/%Y", "%m/%Y", "%Y"):
        known = PartialDate.parse(day.strftime(form))
        assert PartialDateWidget().clean(PartialDateWidget().render(known)) == known


@given(st.integers(0, 10**9), st.decimals(0, 10**6, places=2))
def test_numbers_survive_being_written_and_read(whole, fraction):
    assert IntegerWidget().clean(float(IntegerWidget().render(whole))) == whole
    assert FractionWidget().clean(str(FractionWidget().render(fraction)).replace(".", ",")) == fraction
