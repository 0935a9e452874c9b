"""What is odd about a person is asked, and nothing else."""

from datetime import date

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.roster_import.doubts import doubts_of

DAY = date(2026, 3, 1)
AN = {"full_name": "Lò Văn An", "gender": "male", "born_on": PartialDate("1980-05-12"), "citizen_id": "012080000001"}


def asked(added=(), **changes):
    """Return what is asked of Lò Văn An with other values: [(field, question)]."""
    return list(doubts_of(AN | changes, frozenset(added), DAY))


@pytest.mark.parametrize(
    "note",
    ["chuyển SH đến Chi bộ Bản 5", "chuyển sinh hoạt về Đảng bộ xã A", "chuyển sang CB Bản 2", "Chuyển đi T10/2026"],
)
def test_who_is_noted_to_have_left_is_asked_about(note):
    assert [field for field, _ in asked(note=note)] == ["note"]


@pytest.mark.parametrize("note", ["chuyển đến từ Chi bộ Bản 5", "chuyển đến tháng 5/2025", "chuyển về từ xã A"])
def test_who_is_noted_to_have_come_is_not_asked_about(note):
    assert asked(note=note) == []


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"gender": "female", "full_name": "Lò Thị Mai"},
        {"full_name": "Giàng A Páo"},
        {"full_name": "Ừng Ý Ấy"},
        {"full_name": "Lò Thị Vân", "gender": "female"},
        {"full_name": "Sùng A Sùng"},
        {"full_name": "Ksor H’Lan"},
        {"full_name": "Ksor HʼLan"},
        {"full_name": "Lò Thị An-na", "gender": "female"},
        {"full_name": "Ông Tín"},
        {"full_name": "Hoàng Thị"},
        {"full_name": "Đặng Thuỷ"},
        {"born_on": PartialDate("2008-03-01")},
        {"born_on": PartialDate("1926")},
        {"born_on": None},
        {"citizen_id": "012180000001"},
        {"added": ["citizen_id"]},
        {"added": ["citizen_id"], "born_on": None},
        {"added": ["citizen_id"], "citizen_id": "012205000001", "born_on": PartialDate("2005")},
        {"added": ["card_number"], "citizen_id": "012180000001"},
    ],
    ids=str,
)
def test_what_is_ordinary_is_not_asked(changes):
    assert asked(**changes) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"full_name": "Lò Thị Mai"}, "full_name", "“Thị”"),
        ({"full_name": "Lò Văn Þ"}, "full_name", "“Þ”"),
        ({"full_name": "Sïng Văn An"}, "full_name", "“ï”"),
        ({"full_name": "An"}, "full_name", "một chữ"),
        ({"full_name": "Ông Lò An"}, "full_name", "“Ông”"),
        ({"full_name": "Chị Lò Thị An", "gender": "female"}, "full_name", "“Chị”"),
        ({"full_name": "Lò Văn An - Sèn"}, "full_name", "“Sèn”"),
        ({"full_name": "ThS Lò Văn An"}, "full_name", "“ThS”"),
        ({"full_name": "BS. Lò Văn An"}, "full_name", "“BS.”"),
        ({"full_name": "Lò Văn.An"}, "full_name", "“Văn.An”"),
        ({"full_name": "Lo Van An"}, "full_name", "“Van” không dấu"),
        ({"full_name": "Nguyen Hữu An"}, "full_name", "“Nguyen” không dấu"),
        ({"full_name": "Lò Văn An và Lò Văn Ba"}, "full_name", "hai người"),
        ({"full_name": "Lò Văn An Lò Văn Ba"}, "full_name", "hai người"),
        ({"born_on": PartialDate("2008-03-02")}, "born_on", "17 tuổi"),
        ({"born_on": PartialDate("1925")}, "born_on", "101 tuổi"),
        ({"added": ["citizen_id"], "citizen_id": "012180000001"}, "citizen_id", "012180000001"),
        ({"added": ["citizen_id"], "citizen_id": "012081000001"}, "citizen_id", "năm sinh"),
    ],
    ids=str,
)
def test_what_is_odd_is_asked(changes, field, words):
    [(name, question)] = asked(**changes)
    assert name == field
    assert words in question
    assert question.endswith("?")
