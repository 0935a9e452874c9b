"""Headings as offices write them are recognised, alone and beneath a shared one."""

import pytest

from members.roster_import.column_types import COLUMN_TYPES
from members.roster_import.headers import HEADINGS, WORDS, find
from members.roster_import.text_keys import key


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


@pytest.mark.parametrize("heading", ["Tuổi Đảng", "Ngày chuyển sinh hoạt", "Mức đóng đảng phí", "", "DT", "ĐT"])
def test_headings_that_say_nothing_or_two_things_are_left_open(heading):
    assert find("", heading) == ("", False)


def test_no_heading_stands_for_two_kinds():
    said = [(key(heading), kind) for kind, headings in HEADINGS.items() for heading in headings.split("; ")]
    assert {kind for _, kind in said} <= set(COLUMN_TYPES)
    assert [each for each in said if WORDS[each[0]] != each[1]] == []
    assert len({words for words, _ in said}) == len(said)
