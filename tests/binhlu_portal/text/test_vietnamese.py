import datetime
import random
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from binhlu_portal.text.vietnamese import (
    clean,
    day,
    document_day,
    document_percent,
    name_key,
    name_sort_key,
    number,
    percent,
    search_key,
)

BESIDE = ("đ.c {}", "Đ.C. {}", "ông {}", "Bà {}", "{} - BT", "{} (BT)", "{} (Bí thư)", "{} – PBT", "dong chi {}")
"""What people write beside a name."""

NBSP = "\N{NO-BREAK SPACE}"
LETTERS = st.sampled_from("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ")
PLAIN = st.sampled_from("bcdđghklmnpqrstvx")
WORDS = st.builds(lambda start, vowel, end: start + vowel + end, PLAIN, LETTERS, PLAIN)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def sort_names(names):
    """Sort full names in the order of a Vietnamese register."""
    return sorted(names, key=name_sort_key)


def test_clean_composes_and_collapses():
    typed = unicodedata.normalize("NFD", f"  Đặng{NBSP}Thị\t\nHuệ ")
    assert clean(typed) == "Đặng Thị Huệ"


def test_clean_removes_what_nobody_sees():
    assert clean("\ufeffNguyễn\u200b Văn\u2060 An\u200d") == "Nguyễn Văn An"


def test_clean_mends_letters_that_look_like_d_with_stroke():
    assert clean("Ðặng Ɖình Lộc") == "Đặng Đình Lộc"


def test_clean_leaves_the_soft_hyphen_of_old_fonts():
    assert clean("M\u00adêng") == "M\u00adêng"


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


def test_search_key_has_no_marks_and_no_capitals():
    assert search_key(f"Đặng  Thị{NBSP}Hoà Ưởng") == "dang thi hoa uong"


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("uỷ", "ủy"), ("khoẻ", "khỏe"), ("Thuỷ", "thủy")])
def test_search_key_does_not_mind_where_the_tone_stands(old, new):
    assert search_key(old) == search_key(new)


def test_search_key_keeps_lookalike_letters_findable():
    assert search_key("Ðặng") == "dang"


def test_given_names_sort_by_the_vietnamese_alphabet():
    expected = ["Á", "An", "Án", "Anh", "Ánh", "Ăn", "Ân", "Dê", "Du", "Đề", "Đức"]
    assert sort_names(random.Random(1).sample(expected, len(expected))) == expected


def test_every_letter_has_its_place():
    alphabet = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    assert sort_names(sorted(alphabet, reverse=True)) == alphabet


def test_every_tone_has_its_place():
    assert sort_names(["Mạ", "Má", "Mã", "Mả", "Mà", "Ma"]) == ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]


def test_family_and_middle_names_only_break_ties():
    expected = ["Lê An", "Nguyễn An", "Nguyễn Thị An", "Đỗ Văn An", "Lê Văn An", "An Thị Bình", "An Văn Bình"]
    assert sort_names(expected[::-1]) == expected


def test_tones_decide_only_after_all_letters():
    assert sort_names(["Vũ Văn Hà", "Lê Văn Hạ", "Trần Văn Ha"]) == ["Lê Văn Hạ", "Trần Văn Ha", "Vũ Văn Hà"]


def test_middle_names_do_not_run_into_the_family_name():
    assert sort_names(["Anh Bá C", "Bá C", "Bá Anh C"]) == ["Bá C", "Bá Anh C", "Anh Bá C"]


def test_middle_names_are_compared_word_by_word():
    assert sort_names(["Lê Anh Bá C", "Lê An Thị C"]) == ["Lê An Thị C", "Lê Anh Bá C"]


def test_spelling_of_case_and_tone_placement_does_not_sort():
    assert name_sort_key("NGUYỄN THỊ HOÀ") == name_sort_key("Nguyễn  Thị Hòa")


def test_foreign_letters_sort_by_their_plain_form_and_punctuation_is_passed_over():
    assert sort_names(["Y Thin", "Y Thĭk", "H'Lĩnh"]) == ["H'Lĩnh", "Y Thĭk", "Y Thin"]


def test_numbered_names_sort_by_their_digits():
    assert sort_names(["Người 10", "Người 02", "Người 01"]) == ["Người 01", "Người 02", "Người 10"]


def test_a_missing_name_has_a_key():
    assert name_sort_key("") < name_sort_key("A")


@given(st.lists(NAMES), st.randoms())
def test_order_does_not_depend_on_the_order_before(names, chance):
    shuffled = chance.sample(names, len(names))
    assert sort_names(names) == sort_names(shuffled)


@given(NAMES, NAMES)
@example("bac dac", "bacdac")
@example("bac dàc", "bàc dac")
def test_only_equal_names_tie(one, other):
    assert (name_sort_key(one) == name_sort_key(other)) == (one == other)


@given(st.text(max_size=120))
def test_keys_are_digits_that_fit_three_times_the_name(name):
    key = name_sort_key(name)
    assert key.isascii() and key.isdigit()
    assert len(key) <= 3 * len(clean(name)) + 7


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (861, "861"), (1234, "1.234"), (1234567, "1.234.567"), (-7, "-7"), (Decimal("1045.3"), "1.045,3")],
)
def test_numbers_have_points_and_a_comma(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("44.5", 1, "44,5"),
        ("89.473684", 2, "89,47"),
        ("3.45", 1, "3,5"),
        ("0.5", 0, "1"),
        ("33.3", 2, "33,30"),
        ("100", 1, "100,0"),
    ],
)
def test_percentages_round_half_up_and_hold_on_to_their_sign(value, places, shown):
    assert percent(Decimal(value), places) == f"{shown}{NBSP}%"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [("89.473684", 2, "89,47%"), ("4.3", 1, "4,3%"), ("11.04", 1, "11%"), ("100", 2, "100%"), ("10", 0, "10%")],
)
def test_documents_write_percentages_without_a_blank_or_needless_noughts(value, places, written):
    assert document_percent(Decimal(value), places) == written


def test_the_unknown_is_a_dash():
    assert [number(None), percent(None, 1), document_percent(None, 1), day(None)] == ["–"] * 4


def test_days_begin_with_the_day():
    assert day(datetime.date(2026, 2, 5)) == "05/02/2026"


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ((2025, 7, 1), "01/7/2025"),
        ((2026, 3, 12), "12/3/2026"),
        ((2025, 6, 9), "09/6/2025"),
        ((2025, 10, 28), "28/10/2025"),
        ((2019, 1, 21), "21/01/2019"),
        ((2026, 2, 5), "05/02/2026"),
    ],
)
def test_documents_write_a_leading_zero_where_a_digit_could_be_added(date, written):
    assert document_day(datetime.date(*date)) == written


@pytest.mark.parametrize("sign", "'’‘ʼ′`´")
def test_all_apostrophes_are_one_sign_in_names(sign):
    assert name_key(f"Ksor H{sign}Lan") == "ksor h'lan"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lý A Sì", "Lí A Sì"),
        ("Kỷ", "Kỉ"),
        ("Quý", "Quí"),
        ("Mỹ", "Mĩ"),
        ("Sỹ", "Sĩ"),
        ("Vy", "Vi"),
        ("Thy", "Thi"),
        ("Giàng A Lỳ", "Giàng A Lì"),
        ("Phàn Mý", "Phàn Mí"),
        ("Tráng A Tỷ", "Tráng A Tỉ"),
        ("Nhý", "Nhí"),
    ],
)
def test_y_and_i_after_a_consonant_are_one_sound(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Thuý", "Thúi"), ("Tay", "Tai"), ("Quỳnh", "Quình"), ("Y Lan", "I Lan")])
def test_y_and_i_are_two_elsewhere(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("form", ["Đ/c {}", "đ/c: {}", "Đồng chí {}", "{} (A)", "{} (1)", "{} *", "**{}**", *BESIDE])
def test_what_stands_beside_a_name_is_no_part_of_its_key(form):
    assert name_key(form.format("Đặng Thị Hoà")) == "dang thi hoa"


@given(NAMES)
def test_a_key_of_a_name_is_its_own_key(name):
    assert name_key(name_key(name)) == name_key(name) == name_key(name.upper())
