"""The annexes of the sample say what the interim report says, and every number of them opens its list."""

from datetime import date
from decimal import Decimal

import pytest

from organizations.choices import RoleKind
from organizations.models import Unit
from reports.printed_forms.catalogue import ANNEXES
from tests.factories import make_user, moment_of
from tests.reports.printed_forms.workbook_reader import check_links, rows, workbook

pytestmark = pytest.mark.django_db


def annex(code, **asked):
    moment = moment_of(Unit.objects.get(code="binh-lu"), date(2026, 3, 1), since=date(2025, 7, 1), year=2025, **asked)
    return ANNEXES[code](moment)


def shown(row, *columns):
    return [row.get(column) for column in columns]


def test_annex_1b(sample):
    found = rows(annex("1B")[0])
    assert shown(found["A"], "c3", "c4", "c5", "c11", "c12", "c13", "c14") == [10, 3, 7, 6, 6, 2, 1]
    assert shown(found["B"], "c8", "c11", "c12", "c13", "c15") == [44, 46, 1, 0, "Sáp nhập: 3"]
    assert [found[key]["c8"] for key in ("B1", "B2", "B3")] == [35, 8, 1]
    assert [found[key]["c10"] for key in ("A4", "A5", "total")] == [3, 30, 861]
    assert [found[key]["c7"] for key in ("A1", "A2")] == [5, 5]
    assert found["total"]["c9"] == 54
    assert "B4" not in found


def test_annex_5b(sample):
    part_1, part_2 = (rows(sheet) for sheet in annex("5B"))
    assert shown(part_1["total"], "c3", "c4", "c5", "c6", "c7", "c8", "c10") == [
        19,
        17,
        Decimal("89.47"),
        2,
        1,
        1,
        95,
    ]
    assert part_1["1"]["c11"] == "Đảng bộ các cơ quan Đảng; Đảng bộ UBND xã"
    assert [part_1[key]["c3"] for key in "1234"] == [3, 7, 8, 1]
    assert len(part_2) == 36
    assert shown(part_2["total"], "c3", "c14", "c15") == [35, 25, Decimal("71.43")]


def test_annex_6(sample):
    found = rows(annex("6")[0])
    assert found["I"] == {}
    assert found["II"]["c16"] == "7 người"
    assert found["total"]["c6"] >= 7


def test_annex_9(sample):
    found = rows(annex("9")[0])
    assert shown(found["Đ"], "c4") == shown(found["discipline.members.warned"], "c4") == [1]
    assert found["members.struck_off"]["c4"] == 1
    assert found["D"] == {}


@pytest.mark.parametrize("code", ANNEXES)
def test_every_number_opens_its_list(client, sample, code):
    reader = make_user("nguoi-doc", (RoleKind.LEADER, Unit.objects.get(code="binh-lu")))
    sheets = annex(code, user=reader)
    most_villages = {f"ban-{number:02}" for number in range(4, 36)}
    check_links(client, reader, sheets, without=most_villages)


@pytest.mark.parametrize("code", ANNEXES)
def test_the_same_sample_gives_the_same_bytes(sample, code):
    assert workbook(annex(code)) == workbook(annex(code))
