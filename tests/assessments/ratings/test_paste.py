import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.choices import NotRated, Rating
from assessments.rating_values import ABBREVIATIONS, ALSO, read_mark
from assessments.ratings.paste import read_column
from binhlu_portal.text.vietnamese import search_key

NAMES = {"m1": "Lò Văn An", "m2": "Đặng Thị Hoà", "m3": "Giàng A Páo"}
MARKS = [*Rating, *NotRated]
ways = {mark: [mark.label, *ALSO[mark], *([ABBREVIATIONS[mark]] if mark in ABBREVIATIONS else [])] for mark in MARKS}
words = st.sampled_from([(mark, word) for mark, found in ways.items() for word in found])


def read(text, names=NAMES):
    """Return the marks read from `text` and the problems."""
    pasted = read_column(text, names)
    return pasted.marks, pasted.problems


# --- Words ---


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("HTXSNV", "excellent"),
        ("htxs", "excellent"),
        (" Hoàn thành  xuất sắc nhiệm vụ ", "excellent"),
        ("HTTNV.", "good"),
        ("Hoàn thành tốt", "good"),
        ("Tốt", "good"),
        ("HTNV", "fair"),
        ("hoan thanh nhiem vu", "fair"),
        ("KHTNV", "failed"),
        ("Không hoàn thành nhiệm vụ", "failed"),
        ("Miễn sinh hoạt", "exempt"),
        ("Mới kết nạp", "new"),
        ("Đình chỉ", "suspended"),
        ("KXL", "other"),
        ("HTTN", None),
        ("", None),
        ("8,5", None),
    ],
)
def test_words_for_marks(word, mark):
    assert read_mark(word) == mark


def test_every_word_stands_for_its_own_mark():
    assert {mark: {read_mark(word) for word in found} for mark, found in ways.items()} == {
        mark: {mark} for mark in MARKS
    }


# --- Columns ---


def test_levels_alone_go_by_the_order_of_the_rows():
    assert read("HTTNV\nHTXSNV\nKHTNV") == ({"m1": "good", "m2": "excellent", "m3": "failed"}, [])


def test_an_empty_line_leaves_its_row_as_it_is():
    assert read("\nHTXSNV\n\n\n") == ({"m2": "excellent"}, [])


def test_names_may_stand_in_any_order_with_other_columns_around_them():
    text = "3\tGIÀNG A PÁO\t1990\tHTNV\r\n\r\n1\tĐặng Thị Hòa\t\tHTXSNV\r\n"
    assert read(text) == ({"m3": "fair", "m2": "excellent"}, [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("HTTNV\nabc", "Dòng 2: không đọc được mức “abc”; ghi HTXSNV, HTTNV, HTNV, KHTNV hoặc ghi đủ chữ."),
        ("HTTNV\nHTTNV\nHTTNV\nHTNV", "Dòng 4: danh sách chỉ có 3 dòng ghi được."),
        ("1\tLò Văn Khác\tHTTNV", "Dòng 1: không có “Lò Văn Khác” trong danh sách."),
        ("Lò Văn An\tabc", "Dòng 1: không đọc được mức của “Lò Văn An”"),
        ("Lò Văn An\tHTTNV\nLò Văn An\tHTNV", "Dòng 2: “Lò Văn An” đã có mức khác ở dòng trên"),
    ],
)
def test_what_cannot_be_read_is_said_line_by_line(text, sentence):
    marks, problems = read(text)
    assert len(problems) == 1
    assert problems[0].startswith(sentence)
    assert set(marks.values()) <= {"good"}


def test_namesakes_are_left_to_the_reader():
    marks, problems = read("Lò Văn An\tHTTNV", {"m1": "Lò Văn An", "m2": "Lò Văn An"})
    assert (marks, problems) == ({}, ["Dòng 1: có 2 người tên “Lò Văn An”; chọn mức ngay trên bảng."])


def test_names_that_differ_in_marks_are_told_apart_where_they_are_written():
    names = {"m1": "Lò Văn An", "m2": "Lò Văn Án"}
    assert read("Lò Văn Án\tHTTNV", names) == ({"m2": "good"}, [])
    assert len(read("lo van an\tHTTNV", names)[1]) == 1


def test_nothing_pasted_reads_nothing():
    assert read("  \n ") == ({}, [])


@given(st.lists(words, min_size=1, max_size=40))
def test_a_column_of_levels_comes_back_as_it_was_written(column):
    names = {f"m{index}": f"Người {index}" for index in range(len(column))}
    marks, problems = read("\n".join(word for _, word in column), names)
    assert (list(marks.values()), problems) == ([mark for mark, _ in column], [])


people = st.text(string.ascii_lowercase + "đăâêôơưáàảãạ", min_size=2, max_size=8).map(lambda name: f"Lò Thị {name}")


@given(st.data(), st.lists(people, min_size=1, max_size=20))
def test_names_with_levels_come_back_whatever_their_order(data, names):
    known = {f"m{index}": name for index, name in enumerate({search_key(name): name for name in names}.values())}
    written = {key: data.draw(words) for key in known}
    order = data.draw(st.permutations(list(known)))
    text = "\n".join(f"{number}\t{known[key]}\t{written[key][1]}" for number, key in enumerate(order, start=1))
    assert read(text, known) == ({key: mark for key, (mark, _) in written.items()}, [])
