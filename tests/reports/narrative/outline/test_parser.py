"""How outlines are read: headings by their numbers, and a sentence with its line for everything that is wrong."""

import re

import pytest

from binhlu_portal.db.actions import Refusal
from reports.narrative.outline.parser import parse
from reports.narrative.outline.parts import Sentence

from .factories import INVENTED

HEAD = "Tên đề cương: Mẫu\nTrích yếu: Mẫu\n"


def outline(*lines):
    return parse("mau", HEAD + "\n".join(lines))


def faults(*lines):
    """Return what is wrong in an outline of `lines` after its head, which has two, without the words of the lines."""
    with pytest.raises(Refusal) as caught:
        outline(*lines)
    return [re.sub(r"^(Dòng \d+) “.*?”:", r"\1:", fault) for fault in caught.value.messages]


def test_headings_are_known_by_their_numbers():
    found = outline(
        "I. MỘT", "1. Hai", "1.1. Ba", "- Bốn", "– Năm", "1.2 Sáu", "2. Bảy", "+ Tám", "II. CHÍN", "1. Mười"
    )
    told = [(each.code, each.level, each.title, each.is_leaf) for each in found.sections]
    assert told == [
        ("I", 1, "I. MỘT", False),
        ("I.1", 2, "1. Hai", False),
        ("I.1.1", 3, "1.1. Ba", False),
        ("I.1.1.a", 4, "- Bốn", True),
        ("I.1.1.b", 4, "- Năm", True),
        ("I.1.2", 3, "1.2. Sáu", True),
        ("I.2", 2, "2. Bảy", False),
        ("I.2.a", 4, "- Tám", True),
        ("II", 1, "II. CHÍN", False),
        ("II.1", 2, "1. Mười", True),
    ]


def test_an_outline_without_roman_numbers_is_one_too():
    found = outline("1. Hai", "1.1. Ba", "- Bốn")
    assert [each.code for each in found.sections] == ["1", "1.1", "1.1.a"]


def test_lines_of_sentences_that_follow_each_other_are_one_paragraph():
    [section] = outline("I. MỘT", "? Viết gì.", "= Một.", "| Khác.", "= Hai.", "", "= Ba.").sections
    assert section.ask == "Viết gì."
    assert section.paragraphs == ((Sentence("Một.", "Khác."), Sentence("Hai.")), (Sentence("Ba."),))


def test_committees_write_where_they_are_asked_and_where_nothing_else_would_stand():
    found = parse("mau", INVENTED)
    assert [code for code in found.written if code[0] in "IV"] == ["I.1", "I.2", "I.2.a", "I.2.b", "II"]


def test_texts_of_the_frame_stand_before_the_headings():
    frame = {blank.code: blank.start for blank in parse("mau", INVENTED).frame}
    assert frame["trich_yeu"] == "Kết quả thực hiện Kết luận mẫu"
    assert frame["noi_nhan"] == "- Ban mẫu,\n- Lưu."
    assert frame["ngay_ky"] == "{{ noi_va_ngay }}"


def test_a_section_may_name_the_code_of_its_text_and_nobody_else_gets_that_code():
    found = outline("I. MỘT", "1. Mới", "2. Cũ {I.1}", "3. Sau")
    assert [each.code for each in found.sections] == ["I", "m1", "I.1", "I.3"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["= Một."], "Dòng 3: chưa có đầu mục nào ở trên"),
        (["? Một."], "Dòng 3: chưa có đầu mục nào ở trên"),
        (["ĐỀ CƯƠNG"], "Dòng 3: không rõ là gì; nối vào dòng trên"),
        (["I. MỘT", "35 chi bộ"], "Dòng 4: không rõ là gì"),
        (["I. MỘT", "II. HAI", "IV. BỐN"], "Dòng 5: mục “IV.” không đúng thứ tự, ở đây phải là “III.”"),
        (["I. MỘT", "1. Hai", "1.2. Ba"], "Dòng 5: mục “1.2.” không đúng thứ tự, ở đây phải là “1.1.”"),
        (["I. MỘT", "1. Hai", "2.1. Ba"], "Dòng 5: mục “2.1.” không đúng thứ tự, ở đây phải là “1.1.”"),
        (["I. MỘT", "1.1. Ba"], "Dòng 4: mục “1.1.” chưa nằm trong mục nào; ghi mục lớn hơn"),
        (["", "- Một"], "Dòng 4: mục “-” chưa nằm trong mục nào"),
        (["I. MỘT", "1. Hai", "1.1. Ba", "1.1.1. Bốn"], "Dòng 6: mục “1.1.1.” quá sâu"),
        (["I. MỘT", "IIII. HAI"], "Dòng 4: không có mục “IIII.”"),
        (["I. CÓ {{ members.total }}"], "Dòng 3: đầu mục phải có chữ, và không có chỗ điền"),
        (["I."], "Dòng 3: đầu mục phải có chữ"),
        (["I. MỘT", "= Có {{ members.totl }}."], "Dòng 4: Không có chỗ điền {{ members.totl }}: có lẽ là"),
        (["I. MỘT", "= Có {{ members.total }."], "Dòng 4: chỗ điền phải có đủ hai dấu ngoặc"),
        (["I. MỘT", "= Có[: |nữ {{ members.female }}."], "Dòng 4: danh sách ghi đủ dấu"),
        (["I. MỘT", "= Có [nữ {{ members.female }}]."], "Dòng 4: danh sách ghi đủ dấu"),
        (["I. MỘT", "| Khác."], "Dòng 4: dòng “|” nói khác đi câu “=” ngay ở trên"),
        (["I. MỘT", "= Một.", "| Khác.", "| Nữa."], "Dòng 6: dòng “|” nói khác đi"),
        (["I. MỘT {a}", "1. Hai {a}"], "Dòng 4: mã {a} đã dùng ở trên hoặc quá dài"),
        (["I. MỘT {so}"], "Dòng 3: mã {so} đã dùng ở trên"),
        (["Câu mở đầu: {{ cap_uyy }}", "I. MỘT"], "Dòng 3: Không có chỗ điền {{ cap_uyy }}"),
        (["", "# chỉ ghi chú"], "Đề cương chưa có đầu mục nào"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(lines, said):
    assert faults(*lines)[0].startswith(said)


def test_everything_wrong_is_told_at_once_and_a_wrong_number_only_once():
    assert [fault[:7] for fault in faults("I. MỘT", "2. Hai", "3. Ba", "= {{ x }}", "Bốn")] == [
        "Dòng 4:",
        "Dòng 6:",
        "Dòng 7:",
    ]
    assert faults("I. MỘT", *["lạ"] * 30)[-1].startswith("Còn 10 chỗ nữa")


def test_what_is_wrong_is_shown_by_its_first_words():
    with pytest.raises(Refusal, match=f"Dòng 4 “Nối vào dòng trên, {'x' * 21}…”: không rõ là gì"):
        outline("I. MỘT", f"Nối vào dòng trên, {'x' * 50}")


def test_an_outline_has_a_name_and_a_subject():
    with pytest.raises(Refusal) as caught:
        parse("mau", "I. MỘT")
    assert [fault[:22] for fault in caught.value.messages] == ["Thiếu dòng “Tên đề cươ", "Thiếu dòng “Trích yếu:"]


def test_an_outline_that_was_kept_is_read_though_a_figure_is_no_more():
    kept = HEAD + "I. MỘT\n= Có {{ members.once }} đảng viên."
    assert parse("mau", kept, names_matter=False).sections[0].paragraphs[0][0].text.startswith("Có {{")
