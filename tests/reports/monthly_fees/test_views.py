"""The pages of a month's fees: what somebody earns is read by the own cell and the office, and by nobody else."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from openpyxl import load_workbook

from binhlu_portal.audit.models import Access, Entry
from binhlu_portal.records.types import RECORD_TYPES
from members.fees import actions as fees
from members.membership.actions import transfer
from tests.factories import make_member
from tests.ground import layer
from tests.walk import shown, visit

SINCE = date(2026, 2, 1)
INCOME, FEE = 7_654_300, 76_543
TOLD = ("7654300", "7.654.300", "76543", "76.543", "76,543")
"""How the income or the fee would be written."""

DAYS = "ngay=15/03/2026"


@layer
def lan(cell_a, cell_b):
    """A member of A who pays by income, the only one to do so."""
    member = make_member(cell_a, "Lan")
    fees.set_basis(member=member, group="salary", income=INCOME, day=SINCE)
    fees.set_basis(member=make_member(cell_b, "Hoa"), group="other", day=SINCE)
    return member


def text_of(body):
    """Return all that a page or a file says."""
    if not is_zipfile(BytesIO(body)):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def everywhere():
    """Return the address of every page and file that asks for nothing, of every list, and of every list as a file."""
    names = set(shown(get_resolver().url_patterns)) - {"sign-in", "blank-add"}
    plain = [reverse(name) for name in sorted(names) if takes_nothing(name)]
    plain += [reverse("records", args=[code]) for code in RECORD_TYPES]
    plain += [reverse("record-file", args=[code, "csv"]) for code in RECORD_TYPES]
    return [f"{path}?{DAYS}" for path in [*plain, reverse("members-file", args=["csv"])]]


def about(lan):
    """Return where the amount stands, or stood if it were not left out: the month, the person, the record, the log."""
    row, code = lan.fee_bases.get(), "can-cu-dong-dang-phi"
    named = [("member", [lan.pk]), ("row-history", ["members_feebasis", row.pk]), ("record", [code, row.pk])]
    named += [("record-file", [code, "xlsx"]), ("records", [code]), ("members-file", ["xlsx"])]
    named += [(name, []) for name in ("monthly-fees", "monthly-fees-file", "history", "access-log", "workbook-filled")]
    return [f"{reverse(name, args=args)}?don_vi=a&{DAYS}" for name, args in named]


def takes_nothing(name):
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


def where_told(visits):
    """Return the names of the pages and files in which the amount stands."""
    found = set()
    for seen in visits:
        if seen.response.status_code == 200 and any(amount in text_of(seen.body) for amount in TOLD):
            found.add(seen.kind[0])
    return found


@pytest.mark.parametrize("person", ["leader", "secretary_b"])
def test_nobody_else_is_told_what_a_member_earns(client, request, lan, clerk, person):
    client.force_login(request.getfixturevalue(person))
    assert where_told(visit(client, address) for address in [*everywhere(), *about(lan)]) == set()


@pytest.mark.parametrize("person", ["clerk", "secretary_a"])
def test_the_own_cell_and_the_office_are_told(client, request, lan, person):
    client.force_login(request.getfixturevalue(person))
    found = where_told(visit(client, address) for address in about(lan))
    assert {
        "monthly-fees",
        "monthly-fees-file",
        "member",
        "record",
        "records",
        "record-file",
        "workbook-filled",
    } <= found
    assert not {"history", "row-history", "access-log", "members-file"} & found
    noted = [*Access.objects.values_list("what", "address"), *Entry.objects.values_list("before", "after", "reason")]
    assert not [amount for amount in TOLD if amount in str(noted)]


@pytest.mark.parametrize("person", ["leader", "secretary_b"])
def test_the_record_of_another_cell_is_unknown(client, request, lan, person):
    client.force_login(request.getfixturevalue(person))
    row, code = lan.fee_bases.get(), "can-cu-dong-dang-phi"
    pages = [reverse("record", args=[code, row.pk]), reverse("record-form", args=[code, row.pk, "sua"])]
    pages.append(f"{reverse('record-add', args=[code])}?dang_vien={lan.pk}")
    if person == "secretary_b":
        pages += [f"{reverse(name)}?don_vi=a" for name in ("monthly-fees", "monthly-fees-file")]
    assert {client.get(page).status_code for page in pages} == {404}


def test_whoever_moves_takes_the_amount_along(client, lan, cell_b, secretary_a, secretary_b):
    transfer(member=lan, to=cell_b, day=date(2026, 3, 10))
    basis = lan.fee_bases.get()
    kept = [type(basis).objects.visible_to(user).filter(pk=basis.pk).exists() for user in (secretary_a, secretary_b)]
    assert kept == [False, True]


def statements(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200 and response.getvalue()
    return len(captured)


@pytest.mark.parametrize("name", ["monthly-fees", "monthly-fees-file"])
@pytest.mark.parametrize("unit", ["xa", "a"])
def test_thirty_members_take_as_many_statements_as_one(client, clerk, cell_a, cell_b, lan, name, unit):
    client.force_login(clerk)
    address = f"{reverse(name)}?don_vi={unit}&{DAYS}"
    statements(client, address)
    one = statements(client, address)
    for _ in range(30):
        for cell in (cell_a, cell_b):
            fees.set_basis(member=make_member(cell), group="pension", income=4_000_000, day=SINCE)
    assert statements(client, address) == one


def test_the_workbook_of_a_cell_has_room_to_sign(client, secretary_a, lan):
    client.force_login(secretary_a)
    book = load_workbook(BytesIO(client.get(f"{reverse('monthly-fees-file')}?{DAYS}").getvalue()))
    (sheet,) = book.worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "TT")
    assert head == ["TT", "Họ và tên", "Mức đóng (đồng)", "Đã nộp (đồng)", "Ký nộp", "Ghi chú"]
    assert next(row for row in rows if row[1] == "Lan")[:5] == ["1", "Lan", FEE, None, None]


def test_the_workbook_of_the_office_has_the_sum_and_a_list_for_each_cell(client, clerk, lan):
    client.force_login(clerk)
    book = load_workbook(BytesIO(client.get(f"{reverse('monthly-fees-file')}?{DAYS}").getvalue()))
    assert book.sheetnames == ["Tổng hợp", "a Chi bộ a", "b Chi bộ b"]


def test_a_month_before_the_first_rate_says_so(client, clerk, lan):
    client.force_login(clerk)
    page = client.get(f"{reverse('monthly-fees')}?ngay=15/01/2026").content.decode()
    assert "chưa có mức đóng của tháng này: mức đầu tiên áp dụng từ ngày 01/02/2026" in page
    assert "chưa có mức đóng" not in client.get(f"{reverse('monthly-fees')}?{DAYS}").content.decode()


def test_what_was_not_read_in_its_text_is_marked(client, clerk, lan):
    client.force_login(clerk)
    page = client.get(f"{reverse('monthly-fees')}?{DAYS}").content.decode()
    assert "3.700.000 đồng, chưa đối chiếu văn bản" in page
    assert "<dd>0,3%</dd>" in page


def test_who_is_shown_single_amounts_is_noted(client, secretary_a, leader, lan):
    client.force_login(secretary_a)
    client.get(f"{reverse('monthly-fees')}?{DAYS}")
    assert Access.objects.get().what == "Đảng phí tháng 03/2026"
    client.force_login(leader)
    client.get(f"{reverse('monthly-fees')}?{DAYS}")
    assert Access.objects.count() == 1


def test_an_amount_is_typed_as_people_write_it(client, secretary_a, lan):
    client.force_login(secretary_a)
    address = f"{reverse('record-add', args=['can-cu-dong-dang-phi'])}?dang_vien={lan.pk}"
    sent = {"group": "pension", "income": "4.500.000", "started_on": "01/04/2026"}
    token = client.get(address).context["form"]["token"].value()
    assert client.post(address, sent | {"token": token, "income": "nhiều"}).context["form"].errors["income"] == [
        "Ghi số tiền bằng chữ số, ví dụ 8.500.000."
    ]
    assert client.post(address, sent | {"token": token}).status_code == 302
    assert lan.fee_bases.get(started_on=date(2026, 4, 1)).income == 4_500_000
