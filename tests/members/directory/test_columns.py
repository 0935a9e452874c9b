"""The sheet of the superior: what is written is read back equal, by whoever has it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer.formats import SenderInput, parse_file
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import read as read_grids
from members.choices import EndReason
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member
from members.places import read_place
from members.roster_import.headers import find
from members.superior_sheet import HEADINGS, parts_of_place
from tests.factories import make_member

DAY = date(2026, 3, 1)
ASKED = {"don_vi": "xa", "ngay": "01/03/2026"}

CARD = {
    "alias": "Hùng",
    "gender": "male",
    "born_on": PartialDate("1956-03"),
    "ethnicity": "thai",
    "religion": "none",
    "citizen_id": "012056000123",
    "card_number": "012345678901",
    "card_issued_at": "Tỉnh ủy Lai Châu",
    "card_issued_on": date(2025, 9, 2),
    "old_card_number": "01234567",
    "birth_registration": "Bản 01, xã Bình Lư, tỉnh Lai Châu",
    "hometown": "Xã Đông Hưng, Thái Bình",
    "residence": "Bản Mẫu, Viêng Chăn, Lào",
    "joined_on": PartialDate("1980-03-03"),
    "official_on": PartialDate("1981-03-03"),
    "old_identity_number": "012345678",
    "registry_id": "A-00017",
}
"""Everything that the sheet asks for."""


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: DAY)


def sheet(client, **asked):
    """Return the file of the list as its bytes."""
    answer = client.get(reverse("members-file", args=["csdl"]), ASKED | asked)
    assert answer.status_code == 200
    return b"".join(answer)


def rows_of(content):
    """Return the rows of the file as {heading: cell}."""
    [grid] = read_grids(content, "a.xlsx")
    head, *rows = grid.rows
    return [dict(zip(head, row, strict=True)) for row in rows]


def bring(content, user, answers=None):
    said = SenderInput(user, {"day": DAY.isoformat()}, answers or {}, received_on=DAY)
    return import_rows(parse_file(content, "a.xlsx", said), user, today=DAY, answers=said.answers)


def test_what_is_written_is_read_back_equal(client, clerk, cell_a, cell_b):
    made = [make_member(cell_a, "Lò Văn Hùng", **CARD), make_member(cell_b, "Vàng Thị Mai", gender="female")]
    client.force_login(clerk)
    content = sheet(client)
    assert [*rows_of(content)[0]] == [heading for _, heading in HEADINGS]
    outcome = bring(content, clerk)
    assert (outcome.writes, outcome.faults) == (0, [])
    told = {"alias": "", "birth_registration": "", "hometown": "", "residence": "", "registry_id": "", "religion": ""}
    Member.objects.filter(pk=made[0].pk).update(**told | {"old_identity_number": "", "card_issued_at": ""})
    outcome = bring(content, clerk)
    assert outcome.faults == []
    again = Member.objects.get(pk=made[0].pk)
    assert {name: getattr(again, name) for name in CARD} == CARD


def test_every_heading_is_understood_without_asking():
    assert {heading: find("", heading) for _, heading in HEADINGS} == {
        heading: (kind, True) for kind, heading in HEADINGS
    }


def test_places_are_cut_where_a_province_or_a_country_is_known():
    assert [*parts_of_place("Bản 01, xã Bình Lư, tỉnh Lai Châu").values()] == [
        "Bản 01, xã Bình Lư",
        "tỉnh Lai Châu",
        "Việt Nam",
    ]
    assert [*parts_of_place("Bản Mẫu, Viêng Chăn, Lào").values()] == ["Bản Mẫu", "Viêng Chăn", "Lào"]
    assert [*parts_of_place("Liên Bang Nga").values()] == ["", "", "Liên Bang Nga"]
    assert [*parts_of_place("Bản Mẫu").values()] == ["Bản Mẫu", "", ""]
    assert [*parts_of_place("TP. Hồ Chí Minh").values()] == ["", "TP. Hồ Chí Minh", "Việt Nam"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bản 01, xã Bình Lư, tỉnh Lai Châu, Việt Nam", "Bản 01, xã Bình Lư, tỉnh Lai Châu"),
        ("KHÔNG, KHÔNG, Liên Bang Nga", "Liên Bang Nga"),
        ("Bản 01 , xã Bình Lư", "Bản 01 , xã Bình Lư"),
        ("Việt Nam", "Việt Nam"),
    ],
)
def test_the_country_is_dropped_from_a_place_by_every_door(typed, kept):
    assert read_place(typed) == kept


PIECES = st.sampled_from(["Bản 01", "xã Bình Lư", "tỉnh Lai Châu", "Hà Nội", "Việt Nam", "không", "Lào", "Tổ 5/2"])


@given(st.lists(PIECES, max_size=5))
def test_a_place_is_put_together_again_as_it_was(pieces):
    place = read_place(", ".join(pieces))
    assert read_place(", ".join(filter(None, parts_of_place(place).values()))) == place


def test_who_has_left_is_told_and_asked_about(client, clerk, cell_a):
    gone = make_member(cell_a, "Lò Văn Hùng")
    membership.end_membership(member=gone, day=date(2026, 1, 15), reason=EndReason.DIED)
    client.force_login(clerk)
    content = sheet(client, tinh_trang="da-thoi")
    [row] = rows_of(content)
    assert (row["Trạng thái hoạt động"], row[HEADINGS[-1][1]]) == ("Đã từ trần", date(2026, 1, 15))
    outcome = bring(content, clerk)
    assert any("Danh sách không ghi việc thôi sinh hoạt" in fault.message for fault in outcome.faults)
    assert outcome.writes == 0


def test_what_is_not_known_is_an_empty_cell(client, clerk, cell_a):
    make_member(cell_a, "Lò Văn Hùng", born_on=None, joined_on=None, official_on=None)
    client.force_login(clerk)
    [row] = rows_of(sheet(client))
    assert {cell for heading, cell in row.items() if "dd/mm/yyyy" in heading} == {None}
    assert "–" not in row.values()


def test_a_number_of_a_card_stands_in_the_column_of_its_kind(client, clerk, cell_a):
    make_member(cell_a, "Lò Văn Hùng", card_number="01234567")
    make_member(cell_a, "Vàng Văn Mai", card_number="012345678901", old_card_number="01234568")
    client.force_login(clerk)
    content = sheet(client)
    called = dict(HEADINGS)
    new, old = called["card_number"], called["old_card_number"]
    assert [(row[new], row[old]) for row in rows_of(content)] == [(None, "01234567"), ("012345678901", "01234568")]
    outcome = bring(content, clerk)
    assert (outcome.writes, outcome.faults) == (0, [])


def test_the_file_is_noted_in_the_log_of_access(client, clerk, cell_a):
    make_member(cell_a)
    client.force_login(clerk)
    sheet(client)
    last = Access.objects.latest("pk")
    assert (last.kind, last.rows) == (AccessKind.EXPORTED, 1)


def test_who_is_exempt_is_still_here_and_stands_with_the_day(client, clerk, cell_a):
    old = make_member(cell_a)
    member_records.exempt(member=old, kind="age_health", day=date(2025, 12, 1))
    client.force_login(clerk)
    content = sheet(client)
    [row] = rows_of(content)
    assert (row["Trạng thái hoạt động"], row[HEADINGS[-1][1]]) == ("Miễn sinh hoạt Đảng", date(2025, 12, 1))
    assert bring(content, clerk).faults == []


def test_the_same_number_of_statements_for_one_as_for_thirty(client, clerk, cell_a):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            sheet(client)
        return len(seen)

    client.force_login(clerk)
    make_member(cell_a)
    sheet(client)
    few = asked()
    for _ in range(30):
        make_member(cell_a)
    assert asked() == few
