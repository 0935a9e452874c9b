"""Whole numbers as people type them: with points, as money, in millions and thousands."""

import pytest

from binhlu_portal.text.typed_text import read_whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (1234, 1234),
        ("1.234", 1234),
        ("1.234.000đ", 1_234_000),
        ("5,2 triệu", 5_200_000),
        ("5.2 triệu", 5_200_000),
        ("1,5tr", 1_500_000),
        ("5,25 Triệu đồng", 5_250_000),
        ("12 triệu", 12_000_000),
        ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000),
        ("350k", 350_000),
        ("5.200 nghìn", 5_200_000),
        ("1.234.567 nghìn", 1_234_567_000),
    ],
)
def test_a_number_is_read_as_offices_write_it(typed, number):
    assert read_whole(typed) == number


@pytest.mark.parametrize(
    "typed", ["5 triệu 2", "triệu", "khoảng 5 triệu", "5-6 triệu", "5,2", "1,2345 nghìn", "-5 triệu"]
)
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(ValueError, match="số nguyên"):
        read_whole(typed)
