from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.data_workbook.widgets import Choice, Day, Fraction, Link, PartialDay, Text, Whole, YesNo

LIST = Choice([("good", "Hoàn thành tốt"), ("fair", "Hoàn thành"), ("none", "Không xếp loại")])

READ = [
    (Text(), 12.0, "12"),
    (Text(), "  Lò   Văn\nAn ", "Lò Văn An"),
    (Text(), "Lo\u0300", "Lò"),
    (Text(), datetime(2026, 3, 1), "01/03/2026"),
    (Text(), None, ""),
    (Whole(), "1.234", 1234),
    (Whole(), 7.0, 7),
    (Whole(), "", None),
    (Fraction(), "3,5", Decimal("3.5")),
    (Fraction(), 3.5, Decimal("3.5")),
    (Fraction(), None, None),
    (YesNo(), "x", True),
    (YesNo(), "CO", True),
    (YesNo(), "Không", False),
    (YesNo(), None, False),
    (YesNo(), 1.0, True),
    (LIST, "hoàn thành TỐT", "good"),
    (LIST, "hoan thanh", "fair"),
    (LIST, "fair", "fair"),
    (LIST, None, ""),
    (Day(), "1/3/2026", date(2026, 3, 1)),
    (Day(), datetime(2026, 3, 1, 0, 0), date(2026, 3, 1)),
    (Day(), 46082.0, date(2026, 3, 1)),
    (Day(), "", None),
    (PartialDay(), "1956", PartialDate.parse("1956")),
    (PartialDay(), 1956.0, PartialDate.parse("1956")),
    (PartialDay(), "3/1956", PartialDate.parse("03/1956")),
    (PartialDay(), 46082.0, PartialDate.of(date(2026, 3, 1))),
    (PartialDay(), None, None),
    (Link(), "Chi bộ a [a]", "a"),
    (Link(), " a ", "a"),
    (Link(), None, ""),
]

WRONG = [
    (Whole(), "ba", "số nguyên"),
    (Whole(), 3.5, "số nguyên"),
    (Whole(), "1.23", "số nguyên"),
    (Whole(), "-1", "số nguyên"),
    (Fraction(), "ba", "Ghi một số"),
    (YesNo(), "có lẽ", "“Có” hoặc “Không”"),
    (LIST, "xuất sắc", "Hoàn thành tốt; Hoàn thành; Không xếp loại"),
    (Day(), "1956", "đủ ngày, tháng, năm"),
    (Day(), "03/1956", "đủ ngày, tháng, năm"),
    (Day(), "31/02/2026", "Ghi ngày dạng"),
    (PartialDay(), "hôm qua", "Ghi ngày dạng"),
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
        Choice([(str(number), f"Mục {number}") for number in range(40)]).clean("x")


def test_an_open_end_and_nothing_are_empty_cells():
    assert Day().render(OPEN) is None
    assert [widget.render(None) for widget in (Text(), LIST, PartialDay())] == ["", "", None]


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
        assert Day().clean(value) == day
    for form in ("%d/%m/%Y", "%m/%Y", "%Y"):
        known = PartialDate.parse(day.strftime(form))
        assert PartialDay().clean(PartialDay().render(known)) == known


@given(st.integers(0, 10**9), st.decimals(0, 10**6, places=2))
def test_numbers_survive_being_written_and_read(whole, fraction):
    assert Whole().clean(float(Whole().render(whole))) == whole
    assert Fraction().clean(str(Fraction().render(fraction)).replace(".", ",")) == fraction
