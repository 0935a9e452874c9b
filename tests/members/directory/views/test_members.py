"""The list of people: who is in it on a day, how it is narrowed, what is shown, chosen and exported."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.records.types import RECORD_TYPES
from members.admissions import actions as admissions
from members.choices import EndReason
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.membership.status import LEAVING, STANDINGS
from members.missing_details import MISSING
from organizations.choices import Kind
from organizations.units import actions as units
from tests.factories import START, admit, leave_party, make_member, make_person, make_root, make_unit

DAY = date(2026, 3, 1)
LATER = date(2026, 2, 1)


@pytest.fixture
def people(client, clerk):
    """Return the names on the list, as the clerk asks for it."""
    client.force_login(clerk)
    return lambda **asked: names(client, **asked)


def page(client, **asked):
    """Return the response to a question to the list."""
    return client.get(reverse("members"), {"ngay": "01/03/2026", "don_vi": "xa"} | asked)


def names(client, **asked):
    """Return the names on the first page of the list."""
    return [row.record["full_name"] for row in page(client, **asked).context["table"].page.object_list]


def test_the_list_holds_the_members_of_the_day_by_given_name(people, cell_a, cell_b):
    make_member(cell_a, "Vàng A Sử")
    make_member(cell_b, "Lò Thị An")
    make_member(cell_b, "Đã Đi Rồi")
    gone = make_member(cell_a, "Hà Văn Bé")
    membership.transfer_out(member=gone, day=LATER, went_to="Nơi khác")
    make_person("Chưa Vào")
    assert people() == ["Lò Thị An", "Đã Đi Rồi", "Vàng A Sử"]
    assert people(don_vi="a") == ["Vàng A Sử"]
    assert people(don_vi="a", ngay="01/01/2026") == ["Hà Văn Bé", "Vàng A Sử"]


def test_a_name_or_a_number_is_found_without_marks(people, cell_a):
    make_member(cell_a, "Đặng Thị Hoà", card_number="12345678")
    make_member(cell_a, "Đặng Thị Hoan", citizen_id="012345678901")
    assert people(tim="hoa dang") == ["Đặng Thị Hoà", "Đặng Thị Hoan"]
    assert people(tim="345678") == ["Đặng Thị Hoà", "Đặng Thị Hoan"]
    assert people(tim="12345678") == ["Đặng Thị Hoà", "Đặng Thị Hoan"]
    assert people(tim="dang hoà 8901") == ["Đặng Thị Hoan"]


@pytest.fixture
def everybody(cell_a, cell_b):
    """One person of every standing to cell A, named by it; the same in cell B, which must not be found."""
    for cell, mark in ((cell_a, ""), (cell_b, "Khác ")):
        make_member(cell, f"{mark}Chính thức")
        admit(cell, date(2025, 9, 1), f"{mark}Dự bị")
        make_member(cell, f"{mark}Chưa ghi", official_on=None)
        candidate = make_person(f"{mark}Nguồn")
        admissions.list_candidate(member=candidate, unit=cell, day=START)
        dropped = make_person(f"{mark}Thôi nguồn")
        admissions.drop_candidate(admission=admissions.list_candidate(member=dropped, unit=cell, day=START), day=LATER)
        for reason in LEAVING:
            leave(make_member(cell, f"{mark}{reason.value}"), reason)


def leave(member, reason):
    """End the stay of a member for a reason."""
    if reason in membership.ENDINGS:
        leave_party(member, LATER, reason)
    else:
        membership.transfer_out(
            member=member, day=LATER, far=reason == EndReason.TRANSFERRED_OUT_FAR, went_to="Nơi khác"
        )


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("", {"Chính thức", "Dự bị", "Chưa ghi"}),
        ("chinh-thuc", {"Chính thức"}),
        ("du-bi", {"Dự bị"}),
        ("chua-ghi", {"Chưa ghi"}),
        ("nguon", {"Nguồn"}),
        ("da-thoi", {reason.value for reason in LEAVING}),
        *((reason.value, {reason.value}) for reason in LEAVING),
    ],
)
def test_each_standing_finds_its_people(people, everybody, standing, expected):
    assert set(people(don_vi="a", tinh_trang=standing)) == expected


def test_the_column_of_standing_says_the_same_as_the_filter(client, clerk, everybody):
    client.force_login(clerk)
    for standing, _ in STANDINGS:
        rows = page(client, don_vi="a", tinh_trang=standing, dong=100).context["table"].page.object_list
        found = {row.record["standing"] for row in rows}
        assert found == ({reason.value for reason in LEAVING} if standing == "da-thoi" else {standing})


def test_one_who_went_on_to_another_cell_has_not_left(people, cell_a, cell_b):
    member = make_member(cell_a, "Lò Thị An")
    membership.transfer(member=member, to=cell_b, day=LATER)
    assert people(don_vi="a", tinh_trang="da-thoi") == []
    assert people(don_vi="b") == ["Lò Thị An"]


def test_one_who_came_back_has_not_left(people, cell_a):
    member = make_member(cell_a, "Lò Thị An")
    membership.transfer_out(member=member, day=date(2025, 10, 1), went_to="Nơi khác")
    membership.transfer_in(member=member, unit=cell_a, day=LATER)
    assert people(tinh_trang="da-thoi") == []
    assert people(tinh_trang="da-thoi", ngay="01/12/2025") == ["Lò Thị An"]


def test_filters_ask_for_what_holds_on_the_day(people, cell_a):
    one = make_member(cell_a, "Một", gender="female", ethnicity="thai", born_on="1996-03-01", religion="catholicism")
    make_member(cell_a, "Hai", born_on="1996-03-02", handbook_installed_on=LATER)
    member_records.set_levels(member=one, day=START, education="primary", qualification="college", theory="elementary")
    member_records.set_levels(member=one, day=date(2026, 3, 2), education="upper_secondary", occupation="farmer")
    member_records.exempt(member=one, kind="age_health", day=LATER, until=date(2026, 4, 1))
    for asked in (
        {"gioi_tinh": "female"},
        {"dan_toc": "thai"},
        {"ton_giao": "catholicism"},
        {"tuoi_tu": "30"},
        {"hoc_van": "primary"},
        {"chuyen_mon": "college"},
        {"ly_luan": "elementary"},
        {"mien": "co"},
        {"mien": "age_health"},
        {"so_tay": "chua"},
        {"hoc_van": "upper_secondary", "ngay": "02/03/2026"},
        {"nghe_nghiep": "farmer", "ngay": "02/03/2026"},
    ):
        assert people(**asked) == ["Một"], asked
    for asked in ({"tuoi_den": "29"}, {"mien": "khong"}, {"so_tay": "co"}, {"gioi_tinh": "male"}):
        assert people(**asked) == ["Hai"], asked
    assert people(hoc_van="upper_secondary") == people(mien="other") == []
    assert people(mien="co", ngay="01/04/2026") == []


def test_every_gap_is_found(people, cell_a):
    full = {
        "card_number": "12345678",
        "card_issued_on": date(1990, 1, 1),
        "citizen_id": "012345678901",
        "religion": "none",
        "residence": "Bản Mẫu",
    }
    filled = make_member(cell_a, "Đủ", **full)
    levels = {
        "education": "primary",
        "qualification": "college",
        "theory": "none",
        "occupation": "farmer",
        "academic_title": "none",
    }
    member_records.set_levels(member=filled, day=START, **levels)
    make_member(cell_a, "Thiếu", born_on=None, joined_on=None)
    undated = make_member(
        cell_a,
        "Thẻ không ngày",
        **full | {"card_issued_on": None, "card_number": "12345679", "citizen_id": "012345678902"},
    )
    member_records.set_levels(member=undated, day=START, **levels)
    for gap in MISSING:
        assert people(thieu=gap) == ["Thẻ không ngày" if gap == "ngay-cap-the" else "Thiếu"], gap


def test_a_value_that_nobody_can_have_meant_is_said_and_narrows_nothing(client, people, cell_a):
    make_member(cell_a, "Lò Thị An")
    for asked in (
        {"tuoi_tu": "xx"},
        {"tuoi_tu": "-1"},
        {"gioi_tinh": "khac"},
        {"tinh_trang": "khong-co"},
        {"dong": "7"},
    ):
        response = page(client, **asked)
        assert response.status_code == 200
        assert [row.record["full_name"] for row in response.context["table"].page.object_list] == ["Lò Thị An"]


def test_another_unit_or_day_is_asked_for_with_the_same_filters(client, people, cell_a):
    text = page(client, gioi_tinh="female", cot=["tuoi", "hoc-van"], trang="2").content.decode()
    bar = text[text.index("moment-bar") : text.index("<main")]
    for name, value in (("gioi_tinh", "female"), ("cot", "tuoi"), ("cot", "hoc-van")):
        assert f'<input type="hidden" name="{name}" value="{value}"' in bar
    assert 'name="trang"' not in bar


def test_columns_are_chosen_and_tell_of_the_day(client, people, cell_a):
    member = make_member(cell_a, "Lò Thị An", born_on="1996-03-01")
    member_records.set_levels(member=member, day=START, education="primary", job="Trưởng bản")
    table = page(client, cot=["tuoi", "hoc-van", "cong-viec", "chi-bo"]).context["table"]
    assert [column.header for column in table.columns] == ["Họ và tên", "Chi bộ", "Tuổi", "Học vấn", "Công việc"]
    [row] = table.page.object_list
    assert [cell for _, cell in row.items()][1:] == ["Chi bộ a", 30, "Tiểu học", "Trưởng bản"]


def test_the_columns_in_sight_are_ticked(client, people, cell_a):
    ticked = {column.label for column, shown in page(client).context["columns"] if shown}
    assert {"Giới tính", "Dân tộc", "Tình trạng"} < ticked and "Tuổi" not in ticked


def test_the_file_holds_what_the_page_shows(client, people, cell_a):
    make_member(cell_a, "Lò Thị An", gender="female")
    make_member(cell_a, "Vàng A Sử")
    asked = {"don_vi": "xa", "ngay": "01/03/2026", "gioi_tinh": "female", "cot": "so-dinh-danh"}
    content = b"".join(client.get(reverse("members-file", args=["csv"]), asked)).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content), delimiter=";"))
    assert rows[-2:] == [["Họ và tên", "Số định danh"], ["Lò Thị An", ""]]
    assert ["Giới tính: Nữ"] in rows
    assert Access.objects.filter(kind=AccessKind.EXPORTED, rows=1).count() == 1
    workbook = load_workbook(BytesIO(b"".join(client.get(reverse("members-file", args=["xlsx"]), asked))))
    assert [cell.value for cell in list(workbook.active)[-1]] == ["Lò Thị An", None]
    assert client.get(reverse("members-file", args=["exe"]), asked).status_code == 404


def test_an_age_is_a_number_in_a_workbook(client, people, cell_a):
    make_member(cell_a, "Lò Thị An", born_on="1980-05-17")
    asked = {"don_vi": "xa", "ngay": "01/03/2026", "cot": "tuoi"}
    workbook = load_workbook(BytesIO(b"".join(client.get(reverse("members-file", args=["xlsx"]), asked))))
    cell = list(workbook.active)[-1][-1]
    assert (cell.value, cell.data_type) == (45, "n")


@pytest.mark.parametrize("typed", ["H'Lan", "H’Lan", "li", "lý", "012.080", "012 080"])
def test_people_are_found_as_names_are_said_and_numbers_written(client, people, cell_a, typed):
    make_member(cell_a, "Lý H’Lan", citizen_id="012080000001")
    make_member(cell_a, "Vàng A Sử")
    asked = {"don_vi": "xa", "ngay": "01/03/2026", "tim": typed}
    content = b"".join(client.get(reverse("members-file", args=["csv"]), asked)).decode("utf-8-sig")
    assert "Lý H’Lan" in content and "Vàng A Sử" not in content


def test_opening_the_list_is_noted(client, people, cell_a):
    make_member(cell_a)
    people()
    assert Access.objects.get(kind=AccessKind.OPENED).rows == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_many_as_for_few(client, clerk, cell_a, rows, django_assert_num_queries):
    for _ in range(rows):
        member_records.set_levels(member=make_member(cell_a), day=START, education="primary")
    client.force_login(clerk)
    every_column = [column.name for column in page(client).context["table"].columns] + ["hoc-van", "ngay-thoi", "tuoi"]
    with django_assert_num_queries(10):
        found = page(client, cot=every_column, hoc_van="primary", tinh_trang="chinh-thuc")
    assert len(found.context["table"].page) == min(rows, 25)


def test_a_secretary_finds_the_own_people_only(client, secretary_a, cell_a, cell_b):
    make_member(cell_a, "Của Mình")
    make_member(cell_b, "Của Người")
    client.force_login(secretary_a)
    assert names(client, don_vi="a") == ["Của Mình"]
    assert page(client, don_vi="b").status_code == 404
    assert page(client, don_vi="xa").status_code == 404


def test_people_who_came_to_a_unit_after_it_left_are_not_seen(client, clerk, commune):
    hospital = make_unit("z", commune, kind=Kind.PARTY_ORGANIZATION)
    make_member(make_unit("z1", hospital), "Đã Ở Đó")
    units.move(unit=hospital, parent=make_root("xa-khac"), day=date(2026, 1, 1))
    make_member(make_unit("z2", hospital, day=LATER), "Đến Sau", day=LATER)
    client.force_login(clerk)
    assert names(client, don_vi="z") == ["Đã Ở Đó"]


def chosen(client, **sent):
    """Send what was chosen in the list."""
    return client.post(reverse("members-chosen"), sent)


def test_people_chosen_lead_to_a_form_about_them(client, clerk, cell_a):
    one, two, three = (make_member(cell_a) for _ in range(3))
    client.force_login(clerk)
    edit = reverse("members-edit", args=["dan-toc"])
    page_keys = f"{one.pk},{two.pk},{three.pk}"
    answer = chosen(client, viec=edit, dang_vien=[one.pk, three.pk], tren_trang=page_keys)
    assert answer.url == f"{edit}?dang_vien={one.pk}&dang_vien={three.pk}"
    assert client.get(answer.url).status_code == 200
    answer = chosen(client, viec=edit, ca_trang="on", dang_vien=[one.pk], tren_trang=page_keys)
    assert answer.url == f"{edit}?dang_vien={one.pk}&dang_vien={two.pk}&dang_vien={three.pk}"
    add = reverse("record-add", args=["dao-tao"])
    assert chosen(client, viec=add, dang_vien=one.pk).url == f"{add}?dang_vien={one.pk}"


def test_the_form_about_the_chosen_leads_back_to_the_list_as_it_was(client, clerk, cell_a):
    member = make_member(cell_a)
    client.force_login(clerk)
    edit, back = reverse("members-edit", args=["dan-toc"]), reverse("members") + "?don_vi=a&gioi_tinh=male"
    form = client.get(chosen(client, viec=edit, dang_vien=member.pk, ve=back).url)
    assert form.context["back"] == back
    foreign = client.get(edit, {"dang_vien": member.pk, "ve": "https://example.org/"})
    assert foreign.context["back"] == reverse("members")


def test_choosing_nobody_leads_back_with_a_word(client, clerk, cell_a):
    client.force_login(clerk)
    edit, back = reverse("members-edit", args=["dan-toc"]), reverse("members") + "?gioi_tinh=female"
    answer = client.post(reverse("members-chosen"), {"viec": edit, "ve": back}, follow=True)
    assert answer.redirect_chain == [(back, 302)]
    assert "Chưa chọn ai" in answer.content.decode()
    assert chosen(client, viec=edit, ve="https://example.org/").url == reverse("members")


def test_only_what_is_offered_can_be_done(client, leader, secretary_a, clerk, cell_a):
    member = make_member(cell_a)
    client.force_login(clerk)
    assert chosen(client, viec="https://example.org/", dang_vien=member.pk).status_code == 404
    client.force_login(leader)
    assert page(client).context["work"] == []
    assert b"dang_vien" not in page(client).content
    assert chosen(client, viec=reverse("members-edit", args=["dan-toc"]), dang_vien=member.pk).status_code == 404
    client.force_login(secretary_a)
    offered = dict(page(client, don_vi="a").context["work"])
    assert reverse("record-add", args=["dao-tao"]) in offered
    assert reverse("record-add", args=["quy-hoach"]) not in offered


def test_people_are_chosen_for_one_record_type(client, clerk, secretary_a, cell_a):
    make_member(cell_a)
    client.force_login(clerk)
    response = page(client, cho="dao-tao")
    assert [address for address, _ in response.context["work"]] == [reverse("record-add", args=["dao-tao"])]
    assert RECORD_TYPES["dao-tao"].title in response.content.decode()
    assert ("cho", "dao-tao") in response.context["kept"]
    client.force_login(secretary_a)
    assert page(client, don_vi="a", cho="quy-hoach").context["work"] == []


def test_an_age_is_that_of_the_day(people, cell_a):
    make_member(cell_a, "Chỉ Biết Năm", born_on=PartialDate("1990"))
    assert people(tuoi_tu="36", tuoi_den="36") == ["Chỉ Biết Năm"]
    assert people(tuoi_tu="37") == []
