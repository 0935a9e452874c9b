"""Dates as lists have them are read as far as they are known and no further."""

from datetime import date, datetime

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.typed_dates import dates_in, read_birth, read_date, read_day, read_official, read_two

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (datetime(1975, 5, 13), "1975-05-13"),
        (date(1975, 5, 1), "1975-05-01"),
        (1956, "1956"),
        (1956.0, "1956"),
        ("1956", "1956"),
        (20595, "1956-05-20"),
        (20595.0, "1956-05-20"),
        ("20595", "1956-05-20"),
        (9855, "1926-12-24"),
        ("03/05/1975", "1975-05-03"),
        ("3/5/1975", "1975-05-03"),
        ("3-5-1975", "1975-05-03"),
        ("3.5.1975", "1975-05-03"),
        ("3 / 5 / 1975", "1975-05-03"),
        ("03,05,1975", "1975-05-03"),
        ("03051975", "1975-05-03"),
        ("051975", "1975-05"),
        ("122012", "2012-12"),
        ("1975-05-03", "1975-05-03"),
        ("1975-05-03 00:00:00", "1975-05-03"),
        ("1975-05", "1975-05"),
        ("3/5/75", "1975-05-03"),
        ("3/5/25", "2025-05-03"),
        ("3/5/27", "1927-05-03"),
        ("12-1946", "1946-12"),
        ("5/75", "1975-05"),
        ("T5/1975", "1975-05"),
        ("tháng 5/1975", "1975-05"),
        ("Tháng 5 năm 1975", "1975-05"),
        ("năm 1975", "1975"),
        ("ngày 03 tháng 5 năm 1975", "1975-05-03"),
        ("Ngày\N{NO-BREAK SPACE}03/05/1975", "1975-05-03"),
        ("(03/05/1975)", "1975-05-03"),
        ("3-May-75", "1975-05-03"),
        ("May-75", "1975-05"),
        ("May 3, 1975", "1975-05-03"),
        ("3-Thg5-1975", "1975-05-03"),
        ("Thứ Bảy, 03/05/1975", "1975-05-03"),
        ("19750503", "1975-05-03"),
        ("ngày … tháng … năm 1975", "1975"),
        ("00/00/75", "1975"),
        ("không rõ/5/1975", "1975-05"),
        ("dd/mm/1975", "1975"),
        ("1975/00/00", "1975"),
        ("0:00 03/05/1975", "1975-05-03"),
        ("03/05/1975, 00:00", "1975-05-03"),
    ],
)
def test_a_date_is_read_day_first(value, iso):
    assert read_date(value, DAY) == PartialDate(iso)


@pytest.mark.parametrize(
    "value",
    [
        "5/13/1975",
        "31/02/1975",
        "5/10",
        "khoảng 1975",
        "abc",
        "197",
        "1875",
        "75",
        "3/5/1975 hoặc",
        "3 tháng Năm 1975",
        12.5,
        True,
    ],
)
def test_what_is_no_date_is_told(value):
    with pytest.raises(ValueError, match=r"Ghi ngày dạng 21/03/1956"):
        read_date(value, DAY)


@pytest.mark.parametrize(("value", "year"), [("3/5/07", 2007), ("3/5/08", 2008), ("3/5/09", 1909), ("3/5/20", 1920)])
def test_years_of_two_digits_make_no_one_younger_than_a_member_can_be(value, year):
    assert read_birth(value, DAY).year == year


def test_nobody_is_born_in_the_future():
    assert read_birth("01/03/2026", DAY) == PartialDate("2026-03-01")
    with pytest.raises(ValueError, match="Ngày sinh ở sau hôm nay"):
        read_birth("02/03/2026", DAY)


@pytest.mark.parametrize("value", ["Dự bị", "ĐVDB", "DB", "đảng viên dự bị", "chưa", "(Dự bị)", "Chưa chính thức"])
def test_who_is_on_probation_has_no_official_day(value):
    assert read_official(value, DAY) is None


def test_the_official_day_is_a_date_like_any_other():
    assert read_official("05/01/2011", DAY) == PartialDate("2011-01-05")


@pytest.mark.parametrize(
    "value",
    [
        "05/01/2010\n05/01/2011",
        "05/01/2010 - 05/01/2011",
        "05/01/2010-05/01/2011",
        "05/01/2010; 05/01/2011",
        "05/01/2010 / 05/01/2011",
        "5/1/10\r\n5/1/11",
        "Vào Đảng: 05/01/2010; CT: 05/01/2011",
    ],
)
def test_two_dates_in_a_cell(value):
    assert read_two(value, DAY) == (PartialDate("2010-01-05"), PartialDate("2011-01-05"))


@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ("12/1946\n5/1947", ("1946-12", "1947-05")),
        ("1946\n1947", ("1946", "1947")),
        ("1946-1947", ("1946", "1947")),
        ("05/01/2025\nDự bị", ("2025-01-05", None)),
        (datetime(2025, 1, 5), ("2025-01-05", None)),
    ],
)
def test_two_dates_known_in_part_and_one_alone(value, dates):
    assert read_two(value, DAY) == tuple(iso and PartialDate(iso) for iso in dates)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1/1/2010 1/1/2011 1/1/2012", "Trong ô có 3 ngày"),
        ("05/01/2011\n05/01/2010", "Ngày chính thức ở trước ngày vào Đảng"),
    ],
)
def test_two_dates_that_cannot_be(value, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_two(value, DAY)


def test_two_dates_where_one_belongs_are_not_guessed_at():
    with pytest.raises(ValueError, match="Trong ô có hai ngày"):
        read_date("05/01/2010\n05/01/2011", DAY)


def test_what_begins_on_a_day_needs_one():
    assert read_day("05/01/2010", DAY) == date(2010, 1, 5)
    with pytest.raises(ValueError, match="Ghi đủ ngày, tháng, năm"):
        read_day("01/2010", DAY)


def test_dates_keep_their_order():
    assert [str(each) for each in dates_in("1947, 3/1946", 2026)] == ["1947", "03/1946"]


UNKNOWN = ["00", "0", "__", "_", "xx", "XX", "?", "??", "…", "...", "..", "--", "**"]


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("between", ["/", "-", "."])
def test_what_nobody_knows_of_a_date_is_left_out(unknown, between):
    if between in unknown or (between != "/" and unknown == "…"):
        return
    assert read_date(between.join([unknown, unknown, "1960"]), DAY) == PartialDate("1960")
    assert read_date(between.join([unknown, "3", "1960"]), DAY) == PartialDate("1960-03")
    assert read_date(between.join(["12", unknown, "1960"]), DAY) == PartialDate("1960")


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("//1960", "1960"),
        ("/ /1960", "1960"),
        ("/3/1960", "1960-03"),
        ("1960-00-00", "1960"),
        ("1960-03-00", "1960-03"),
    ],
)
def test_empty_places_of_a_date_are_unknown(value, iso):
    assert read_date(value, DAY) == PartialDate(iso)


TIMES = ["", " 0:00", " 00:00", " 00:00:00", " 00:00:00.000", " 12:00:00 AM", " 12:00 SA", "T00:00:00", "T00:00:00Z"]


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("day", ["12/05/1980", "1980-05-12", "12-5-1980", "12.05.1980"])
def test_the_time_behind_a_day_says_nothing(day, time):
    assert read_date(day + time, DAY) == PartialDate("1980-05-12")


@pytest.mark.parametrize("value", ["12/05/1980 07:30", "1980-05-11T17:00:00Z", "12/05/1980 12:00:00 PM"])
def test_any_other_time_is_asked(value):
    with pytest.raises(ValueError, match="Ghi ngày"):
        read_date(value, DAY)


@pytest.mark.parametrize(
    ("value", "iso"), [("29353.0", "1980-05-12"), ("29353,00", "1980-05-12"), ("1980.0", "1980"), ("1980,0", "1980")]
)
def test_a_number_with_an_empty_fraction_is_whole(value, iso):
    assert read_date(value, DAY) == PartialDate(iso)
