"""Headings as offices write them are recognised, alone and beneath a shared one."""

import re

import pytest

from binhlu_portal.text.vietnamese import search_key
from members.roster_import.column_types import COLUMN_TYPES, IGNORED
from members.roster_import.headers import HEADINGS, every_heading, find, marked
from members.roster_import.heading_words import SHORT_FORMS
from members.roster_import.text_keys import key, marked_words

IN_SHORT = {full: short for short, full in SHORT_FORMS.items()}
SHORT = re.compile(rf"\b(?:{'|'.join(sorted(IN_SHORT, key=len, reverse=True))})\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("above", "heading", "kind"),
    [
        ("", "Họ và tên", "full_name"),
        ("", "HỌ TÊN", "full_name"),
        ("", "Ho va ten", "full_name"),
        ("", "Họ và tên\n(Chữ in hoa)", "full_name"),
        ("", "STT", "number"),
        ("", "Số\nTT", "number"),
        ("Ngày, tháng, năm sinh", "Nam", "male"),
        ("Năm sinh", "Nữ", "female"),
        ("", "Nam, nữ", "gender"),
        ("", "Nam/Nữ", "gender"),
        ("", "Ngày, tháng, năm sinh", "born_on"),
        ("", "Dân tộc", "ethnicity"),
        ("Quê quán", "Xã", "hometown"),
        ("", "Xã/Phường QQ", "hometown"),
        ("", "SĐT", "phone"),
        ("", "CMND/CCCD", "citizen_id"),
        ("", "Số CCCD (12 số)", "citizen_id"),
        ("", "Ngày vào Đảng", "joined_on"),
        ("Ngày vào Đảng", "Dự bị", "joined_on"),
        ("Ngày vào Đảng", "Chính thức", "official_on"),
        ("", "Ngày vào Đảng chính thức", "official_on"),
        ("Ngày, tháng, năm", "Vào Đảng", "joined_on"),
        ("Trình độ", "Văn hóa", "state.education"),
        ("Trình độ", "LLCT", "state.theory"),
        ("Trình độ", "Chuyên môn", "state.qualification"),
        ("Chức vụ", "Đảng", "position.post"),
        ("Chức vụ", "Chính quyền", "state.job"),
        ("", "Nghề nghiệp, chức vụ", "state.job"),
        ("", "Ghi chú", "note"),
        ("", "Ngày vào Đảng / ngày chính thức", "joined_on+official_on"),
        ("", "Ngày vào Đảng,\nchính thức", "joined_on+official_on"),
        ("", "Nam, nữ, dân tộc, tôn giáo", "gender+ethnicity+religion"),
        ("", "Số thẻ/số lý lịch", "card_number+profile_number"),
        (
            "",
            "Văn hóa, lý luận, CMNV, ngoại ngữ",
            "state.education+state.theory+state.qualification+state.foreign_language",
        ),
    ],
)
def test_headings_that_are_sure(above, heading, kind):
    assert find(above, heading) == (kind, True)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Ngày tháng năm vào Đảng", "joined_on"),
        ("Họ tên đồng chí", "full_name"),
        ("Số CCCD mới", "citizen_id"),
        ("Trình độ LLCT hiện nay", "state.theory"),
    ],
)
def test_headings_that_hold_a_known_one_are_likely(heading, kind):
    assert find("", heading) == (kind, False)


@pytest.mark.parametrize(
    ("heading", "kind", "sure"),
    [
        ("Ngày vào Đảng (chính thức)", "official_on", True),
        ("Ngày vào Đảng (dự bị)", "joined_on", True),
        ("Vào Đảng (CT)", "official_on", True),
        ("Kết nạp (chính thức)", "official_on", True),
        ("Ngày vào Đảng [chính thức]", "official_on", True),
        ("Ngày vào Đảng (ngày chính thức)", "official_on", True),
        ("Ngày sinh (Nữ)", "female", True),
        ("Giới tính (Nam/Nữ)", "gender", True),
        ("Quê quán (ghi rõ xã, tỉnh)", "hometown", True),
        ("Quê quán (xã, huyện, tỉnh)", "hometown", True),
        ("Số CCCD (gồm 12 số)", "citizen_id", True),
        ("Ngày sinh (dd/mm/yyyy)", "born_on", True),
        ("Họ và tên (khai sinh)", "birth_name", True),
        ("Nơi ở (tạm trú)", "temporary_residence", True),
        ("Ngày vào Đảng\n(chính thức)", "official_on", True),
        ("Họ tên (bí danh)", "alias", True),
        ("Họ và tên (chồng)", IGNORED, True),
        ("Dân tộc (vợ)", IGNORED, True),
        ("Nơi thường trú (cũ)", IGNORED, True),
        ("Nơi thường trú (mới)", "residence", True),
        ("Họ và tên (hội viên)", "full_name", False),
        ("Số thẻ Đảng (cũ)", "old_card_number", True),
    ],
)
def test_brackets_are_part_of_what_a_heading_means(heading, kind, sure):
    assert find("", heading) == (kind, sure)


@pytest.mark.parametrize("who", ["cha", "mẹ", "vợ", "chồng", "con", "bố đẻ", "người thân", "chủ hộ", "người phụ thuộc"])
@pytest.mark.parametrize(
    "heading",
    ["Họ tên {}", "Họ và tên {}", "HỌ TÊN {}", "Ngày sinh {}", "Số CCCD của {}", "Nơi cư trú của {}", "{}", "SĐT ({})"],
)
def test_what_is_somebody_elses_is_never_the_members(heading, who):
    assert find("", heading.format(who)) == (IGNORED, True)
    assert find(who.capitalize(), "Họ và tên") == (IGNORED, True)
    plain = search_key(heading.format(who.replace("bố đẻ", "bố mẹ")))
    assert find("", plain) == (IGNORED, True)


@pytest.mark.parametrize("heading", ["Nơi cư trú của bố mẹ", "Đảng viên giúp đỡ", "Người nhận xét", "Người phụ trách"])
def test_headings_of_other_people(heading):
    assert find("", heading) == (IGNORED, True)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Người giới thiệu", "introducers"),
        ("Họ tên người giới thiệu", "introducers"),
        ("Gia đình liệt sĩ, có công", "merit_family"),
        ("Ngày sinh của đảng viên", "born_on"),
        ("Nơi cư trú", "residence"),
        ("Noi cu tru", "residence"),
    ],
)
def test_headings_that_only_look_as_if_they_were_somebody_elses(heading, kind):
    assert find("", heading)[0] == kind


@pytest.mark.parametrize(
    ("above", "heading", "kind"),
    [
        ("", "Nam", "male"),
        ("", "NAM", "male"),
        ("", "Năm", IGNORED),
        ("", "NĂM", IGNORED),
        ("Huy hiệu", "Năm", IGNORED),
        ("Khen thưởng", "Năm", IGNORED),
        ("Ngày sinh", "Năm", "born_on@part"),
        ("Ngày sinh", "Nam", "male"),
        ("Ngày vào Đảng", "Tháng", "joined_on@part"),
        ("", "Ngày sinh (tháng)", "born_on@part"),
    ],
)
def test_the_marks_of_vowels_count(above, heading, kind):
    assert find(above, heading) == (kind, True)


@pytest.mark.parametrize(
    "number", ["(2) ", "(2)", "2. ", "2) ", "[2] ", "(b) ", "b) ", "II. ", "Cột 2: ", "2/ ", "2 ", "1.2. ", "②"]
)
def test_the_number_of_a_column_is_no_part_of_its_heading(number):
    assert find("", f"{number}Họ và tên") == ("full_name", True)
    assert find("", f"{number}Ngày vào Đảng (chính thức)") == ("official_on", True)
    assert find("", f"Họ và tên ({2})") == find("", "Họ và tên - 2") == ("full_name", True)


@pytest.mark.parametrize(
    "heading",
    [
        "Tuổi Đảng",
        "Mức đóng",
        "Mức đóng/tháng",
        "Mức đóng (đồng)",
        "Mức đóng đảng phí",
        "Số thẻ BHYT",
        "Ngày cấp CCCD",
        "Số tài khoản ngân hàng",
        "Email",
    ],
)
def test_what_the_portal_does_not_take_is_known(heading):
    assert find("", heading) == (IGNORED, True)


@pytest.mark.parametrize(("heading", "kind"), [("Họ tên", "introducers"), ("Chức vụ", IGNORED), ("Năm sinh", IGNORED)])
def test_what_is_told_of_who_introduced_a_member_is_not_the_members(heading, kind):
    assert find("Người giới thiệu", heading) == (kind, True)


@pytest.mark.parametrize("heading", ["Ngày KN", "KN", "Ngày kết nạp", "Ngày, tháng, năm kết nạp", "NGÀY KN ĐẢNG"])
def test_short_forms_of_joining(heading):
    assert find("", heading) == ("joined_on", True)


@pytest.mark.parametrize("heading", ["Ngày chuyển sinh hoạt", "Số hiệu", "", "DT", "ĐT"])
def test_headings_that_say_nothing_or_two_things_are_left_open(heading):
    assert find("", heading) == ("", False)


def test_no_heading_stands_for_two_kinds():
    said = [(heading, kind) for kind, headings in HEADINGS.items() for heading in headings.split("; ")]
    assert {kind for _, kind in said} <= {*COLUMN_TYPES, IGNORED}
    assert [each for each in said if marked()[key(each[0])][marked_words(each[0])] != each[1]] == []
    assert len({marked_words(words) for words, _ in said}) == len(said)


def test_a_heading_means_the_same_in_short_forms():
    shortened = {heading: SHORT.sub(lambda found: IN_SHORT[found.group().lower()], heading) for heading in headings()}
    shortened = {heading: short for heading, short in shortened.items() if short not in {heading, *headings()}}
    assert len(shortened) > 100
    assert {short: heading for heading, short in shortened.items() if find("", short) != find("", heading)} == {}


def headings():
    """Return every heading that is known."""
    return [heading for heading, kind in every_heading() if kind]
