"""The pages of blanks: from the upload to the file that goes out, for whom, and at what cost."""

import gzip
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.db.actions import Refusal
from reports.form_templates.models import Blank, BlankCell
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.closing.freeze import FORMS
from reports.reporting_periods.closing.models import FrozenFile
from tests.factories import clerk_of, make_member, make_root, make_unit
from tests.ground import layer
from tests.proofs import records
from tests.reports.reporting_periods.test_views import send

from .factories import TABLE, bind, cells_of, keep, workbook_of

HEAVIEST = 60_000  # bytes, compressed
TODAY = date(2026, 3, 1)
ASKED = {"ngay": "01/03/2026", "don_vi": "xa"}


@layer
def blank(commune, cell_a, clerk):
    make_member(cell_a, "Lan", gender="female")
    found = keep(commune, clerk)
    bind(found, (2, 3), "members.total")
    return found


def get(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked)


def page(client, name, *args, **asked):
    response = get(client, name, *args, **asked)
    assert response.status_code == 200
    return response.content.decode()


def upload(client, name, /, *args, content=None, **data):
    given = {} if content is None else {"file": SimpleUploadedFile("biểu 12.xlsx", content)}
    return send(client, name, *args, **data, **given)


def test_the_office_adds_a_blank_binds_a_cell_and_gets_it_filled(client, clerk, commune, cell_a):
    make_member(cell_a, "Lan")
    client.force_login(clerk)
    assert reverse("blank-add") in page(client, "annexes")
    response = upload(client, "blank-add", unit="xa", name="Biểu 12", content=workbook_of(TABLE))
    blank = Blank.objects.get()
    assert response.url == f"{reverse('blank', args=[blank.pk])}?gan=1"
    binding = page(client, "blank", blank.pk, gan="1", **ASKED)
    assert f'href="{reverse("blank-bind", args=[blank.pk, 1, "C2"])}"' in binding
    assert reverse("blank-bind", args=[blank.pk, 1, "C5"]) not in binding
    form = page(client, "blank-bind", blank.pk, 1, "C2")
    assert '<option value="members.total">Tổng số đảng viên</option>' in form
    response = send(client, "blank-bind", blank.pk, 1, "C2", text="members.total")
    assert response.url == f"{reverse('blank', args=[blank.pk])}?gan=1&trang=1#C2"
    shown = page(client, "blank", blank.pk, **ASKED)
    assert re.search(rf'<a href="{reverse("figure", args=["members.total"])}\?don_vi=xa[^"]*">1</a>', shown)
    assert reverse("blank", args=[blank.pk]) in page(client, "annexes")
    file = get(client, "blank-file", blank.pk, **ASKED)
    assert cells_of(file.content)["C2"] == 1
    logged = Access.objects.latest("pk")
    assert (logged.kind, logged.what) == (AccessKind.EXPORTED, "Mẫu của cấp trên: Biểu 12")


def test_a_bound_cell_opens_with_what_is_bound_and_can_be_let_go(client, clerk, blank, cell_a):
    client.force_login(clerk)
    send(client, "blank-bind", blank.pk, 1, "C3", text="members.female", of="a", earlier="on")
    form = page(client, "blank-bind", blank.pk, 1, "C3")
    assert 'value="{{ members.female }}"' in form
    assert '<option value="a" selected>' in form
    assert "checked" in form
    cell = BlankCell.objects.get(row=3)
    assert reverse("blank-unbind", args=[blank.pk, cell.pk]) in form
    assert "Ô Biểu!C3 đang gắn" in page(client, "blank-unbind", blank.pk, cell.pk)
    send(client, "blank-unbind", blank.pk, cell.pk)
    assert BlankCell.objects.get().place == "C2"


def test_rows_of_units_lead_to_the_cell_that_binds_them(client, clerk, blank):
    bind(blank, (2, 2), "don_vi", last_row=4)
    client.force_login(clerk)
    binding = page(client, "blank", blank.pk, gan="1", **ASKED)
    assert binding.count(f'href="{reverse("blank-bind", args=[blank.pk, 1, "B2"])}"') == 3


def test_what_cannot_be_filled_is_told_on_the_page_and_no_file_goes_out(client, clerk, blank, commune):
    bind(blank, (2, 2), "don_vi", last_row=3)
    for code in "bcd":
        make_unit(code, commune)
    client.force_login(clerk)
    shown = page(client, "blank", blank.pk, **ASKED)
    assert "mẫu có 2 hàng cho các đơn vị, nhưng ngày này có 4 đơn vị" in shown
    assert reverse("blank-file", args=[blank.pk]) not in shown
    response = get(client, "blank-file", blank.pk, **ASKED)
    assert response.url.startswith(reverse("blank", args=[blank.pk]))
    assert "có 4 đơn vị" in client.get(response.url).content.decode()


def test_a_binding_that_the_file_has_no_more_is_told(client, clerk, commune):
    blank = keep(commune, clerk, {"Biểu": [["x", "y"]]})
    BlankCell.objects.create(blank=blank, sheet="Khác", row=1, column=1, text="x")  # as the history may bring it back
    client.force_login(clerk)
    assert "Tệp mẫu không có ô Khác!A1" in page(client, "blank", blank.pk, **ASKED)
    assert get(client, "blank-file", blank.pk, **ASKED).status_code == 302


def test_wrong_files_and_wrong_places_are_told_at_their_field(client, clerk, blank):
    client.force_login(clerk)
    response = upload(client, "blank-add", unit="xa", name="Khác", content=b"no workbook")
    assert "Mẫu phải là sổ làm việc Excel (.xlsx)" in response.content.decode()
    response = upload(client, "blank-add", unit="xa", name="Khác")
    assert "Chưa chọn tệp nào" in response.content.decode()
    response = send(client, "blank-bind", blank.pk, 1, "C3", text="{{ members.totl }}")
    assert "có lẽ là {{ members.total }}" in response.content.decode()
    assert get(client, "blank-bind", blank.pk, 1, "nowhere").status_code == 404
    assert get(client, "blank-bind", blank.pk, 2, "C2").status_code == 404
    assert Blank.objects.count() == 1


def test_a_blank_is_replaced_renamed_laid_aside_and_taken_up_again(client, clerk, blank):
    client.force_login(clerk)
    assert "Đang dùng tệp “biểu 12.xlsx”" in page(client, "blank-replace", blank.pk)
    assert cells_of(get(client, "blank-original", blank.pk).content)["B5"] == "Tổng"
    more = {"Biểu": [*TABLE["Biểu"], ["Ghi chú mới"]]}
    upload(client, "blank-replace", blank.pk, content=workbook_of(more))
    assert "Ghi chú mới" in page(client, "blank", blank.pk, **ASKED)
    seen = get(client, "blank-rename", blank.pk).context["form"]["seen"].value()
    send(client, "blank-rename", blank.pk, name="Biểu 12a", seen=seen)
    assert "Biểu 12a" in page(client, "annexes")
    send(client, "blank-stop", blank.pk)
    assert "Không dùng nữa" in page(client, "annexes")
    assert "Mẫu này không dùng nữa" in page(client, "blank", blank.pk, **ASKED)
    send(client, "blank-resume", blank.pk)
    assert "Không dùng nữa" not in page(client, "annexes")


@pytest.mark.parametrize(
    ("person", "sees"), [("clerk", True), ("leader", True), ("secretary_a", False), ("secretary_b", False)]
)
def test_only_who_sees_the_committee_sees_its_blanks(client, person, sees, blank, cell_b, request):
    client.force_login(request.getfixturevalue(person))
    assert ("Mẫu của cấp trên" in page(client, "annexes")) is sees
    for name in ("blank", "blank-file"):
        assert get(client, name, blank.pk, ngay="01/03/2026").status_code == (200 if sees else 404), name


@pytest.mark.parametrize("person", ["leader", "secretary_a", "foreign"])
def test_only_the_office_binds_and_replaces(client, person, blank, request):
    foreign = clerk_of(make_root("khac"), "foreign")
    client.force_login(foreign if person == "foreign" else request.getfixturevalue(person))
    before = records()
    pages = {name: [blank.pk] for name in ("blank-replace", "blank-rename", "blank-stop", "blank-resume")}
    pages |= {"blank-bind": [blank.pk, 1, "C2"], "blank-unbind": [blank.pk, BlankCell.objects.get().pk]}
    for name, arguments in pages.items():
        assert get(client, name, *arguments).status_code == 404, name
        typed = {"token": uuid4(), "name": "Khác", "text": "members.female"}
        typed["file"] = SimpleUploadedFile("khác.xlsx", workbook_of(TABLE))
        assert client.post(reverse(name, args=arguments), typed).status_code == 404, name
    assert get(client, "blank-original", blank.pk).status_code == 404
    assert records() == before


def test_a_leader_is_offered_no_binding(client, leader, blank):
    client.force_login(leader)
    shown = page(client, "blank", blank.pk, gan="1", **ASKED)
    assert "Gắn các ô" not in shown
    assert reverse("blank-bind", args=[blank.pk, 1, "C2"]) not in shown


def test_a_cell_of_another_blank_is_not_let_go(client, clerk, commune, blank):
    other, cell = keep(commune, clerk, name="Biểu 13"), BlankCell.objects.get()
    client.force_login(clerk)
    assert get(client, "blank-unbind", other.pk, cell.pk).status_code == 404
    assert client.post(reverse("blank-unbind", args=[other.pk, cell.pk]), {"token": uuid4()}).status_code == 404
    assert BlankCell.objects.get() == cell


def test_sheets_are_turned_and_binding_goes_along(client, clerk, commune):
    blank = keep(commune, clerk, {"Một": [["thứ nhất"]], "Hai & ba": [["thứ hai"]]})
    client.force_login(clerk)
    second = page(client, "blank", blank.pk, trang="2", gan="1", **ASKED)
    assert ">thứ hai</a>" in second
    assert "thứ nhất" not in second
    assert "trang=1&amp;gan=1" in second
    for asked in ("9", "x", "0", "99999999999", "00021"):
        assert "thứ nhất" in page(client, "blank", blank.pk, trang=asked, **ASKED)


def test_the_largest_sheet_is_light_and_asks_as_much_as_a_small_one(client, clerk, commune, blank):
    client.force_login(clerk)
    large = keep(commune, clerk, {"Biểu": [["Nội dung của ô này"] * 30] * 200}, "Lớn")
    for column in range(1, 31):
        bind(large, (1, column), "members.total")

    def asked(which, **more):
        with CaptureQueriesContext(connection) as statements:
            response = get(client, "blank", which.pk, **ASKED, **more)
        return len(statements), len(gzip.compress(response.content, 6))

    asked(blank)
    assert asked(blank)[0] == asked(large)[0] == 9
    assert asked(large, gan="1")[1] < HEAVIEST
    with CaptureQueriesContext(connection) as statements:
        get(client, "blank-bind", blank.pk, 1, "C2")
    assert len(statements) == 8


def opened(unit, forms, day=TODAY):
    asked = {"as_of": day, "since": date(2025, 7, 1), "year": 2025, "due_on": day, "today": day}
    return reporting_periods.open_period(unit=unit, forms=forms, **asked)


def test_a_period_asks_for_a_blank_and_freezes_it(client, clerk, commune, cell_a, blank):
    client.force_login(clerk)
    assert f'value="{blank.code}"' in page(client, "period-open")
    period = opened(commune, [blank.code, "9"])
    assert period.form_codes == ["9", blank.code]
    assert "Biểu 9, Biểu 12" in page(client, "period", period.pk)
    reporting_periods.close_period(period=period, today=TODAY)
    frozen = FrozenFile.objects.get(code=blank.code)
    assert cells_of(bytes(frozen.content))["C2"] == 1
    bind(blank, (3, 3), "members.female")
    address = reverse("frozen-file", args=[period.pk, 1, blank.code])
    assert address in page(client, "period", period.pk)
    assert b"".join(client.get(address).streaming_content) == bytes(frozen.content)


def test_a_blank_laid_aside_is_not_offered_but_still_made_where_it_was_asked_for(client, clerk, commune, blank):
    period = opened(commune, [blank.code])
    blank.is_used = False
    blank.save()
    client.force_login(clerk)
    reporting_periods.close_period(period=period, today=TODAY)
    assert FrozenFile.objects.get().code == blank.code
    assert f'value="{blank.code}"' not in page(client, "period-open")
    with pytest.raises(Refusal, match=f"Không có biểu {blank.code}"):
        opened(commune, [blank.code])


def test_the_blank_of_another_committee_cannot_be_asked_for(commune, cell_a, clerk, blank):
    assert blank.code not in FORMS
    with pytest.raises(Refusal, match="Không có biểu mau-999"):
        opened(commune, ["mau-999"])
