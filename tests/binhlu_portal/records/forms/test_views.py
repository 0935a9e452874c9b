"""Entry screens as people meet them: what is wrong is said at its field, what was typed stays."""

from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Case, Meeting
from binhlu_portal.db.actions import correct
from binhlu_portal.records.types import RECORD_TYPES
from members.models import Exemption, FeeReduction
from tests.factories import make_member, reduce_fee
from tests.ground import layer
from tests.proofs import records
from tests.record_types import FORM_DATA, filled, record_of

DAY = date(2026, 1, 15)


@layer
def lan(cell_a):
    """Someone in A who has been a member for long."""
    return make_member(cell_a, "Lan", joined_on="1990-01-05", decided_on="1990-01-02")


@pytest.fixture
def browser_of(client, request):
    """Sign someone in and return the browser."""

    def enter(person):
        client.force_login(request.getfixturevalue(person))
        return client

    return enter


REFUSALS = {
    "sinh-hoat": [
        ({"held_on": ""}, "held_on", "Chưa ghi mục này"),
        ({"held_on": "31/02/2026"}, "held_on", "Không có ngày này"),
        ({"held_on": "01/01/2020"}, "held_on", "không tồn tại ngày 01/01/2020"),
        ({"present": "2"}, "present", "Số có mặt (2) lớn hơn số phải dự (1)."),
        ({"expected": "2"}, "expected", "Ngày 15/01/2026 chi bộ có 1 đảng viên: số phải dự không được quá 1"),
        ({"present": "-1"}, "present", "số nguyên"),
        ({"unit": ""}, "unit", "Chọn tổ chức đảng."),
        ({"unit": "khong-co"}, "unit", "không có trong danh sách"),
    ],
    "mien-sinh-hoat": [
        ({"started_on": "01/01/1980"}, "started_on", "Lan không sinh hoạt ở chi bộ nào vào ngày 01/01/1980."),
        ({"ended_on": "15/01/2026"}, "ended_on", "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"member": ""}, "member", "Chọn đảng viên."),
    ],
    "mien-giam-dang-phi": [
        ({"ended_on": "16/01/2027"}, "ended_on", "mỗi lần không quá 12 tháng"),
        ({"ended_on": ""}, "ended_on", "mỗi lần không quá 12 tháng"),
    ],
    "dao-tao": [({"finished_on": "14/01/2026"}, "finished_on", "Ngày bế giảng phải sau ngày khai giảng.")],
    "quy-hoach": [({"term": "2025"}, "term", "ví dụ: 2025-2030"), ({"term": "2030-2025"}, "term", "ví dụ: 2025-2030")],
    "huy-hieu": [
        ({"awarded_on": "01/01/2019"}, "awarded_on", "đủ 30 năm tuổi Đảng ngày 02/01/2020: không thể tặng trước"),
        ({"awarded_on": "15/02/2019"}, "awarded_on", "sau ngày trao tặng"),
    ],
    "kiem-tra": [({"outcome": "settled"}, "outcome", "“Kiểm tra” kết thúc bằng: Thực hiện tốt; Thực hiện chưa tốt")],
    "chuc-vu": [
        ({"holder_name": "Người Ngoài"}, "holder_name", "không được cả hai"),
        ({"member": ""}, "holder_name", "Chọn đảng viên, hoặc ghi họ tên"),
    ],
    "bon-tot": [({"year": "0"}, "year", "Năm phải từ 1900 đến 2099")],
    "trinh-do": [({"theory": ""}, "__all__", "Chưa có gì để lưu")],
}


@pytest.mark.parametrize(
    ("code", "typed", "field", "sentence"),
    [(code, *refusal) for code, refusals in REFUSALS.items() for refusal in refusals],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(browser_of, lan, code, typed, field, sentence):
    client, address = browser_of("clerk"), reverse("record-add", args=[code])
    known = {"member": lan.pk} if "member" in FORM_DATA[code] else {}
    before = records()
    response = client.post(address, filled(client, address) | FORM_DATA[code] | known | typed)
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])
    assert records() == before
    assert 'class="error-summary"' in response.content.decode()


def test_what_was_typed_stays_when_something_is_wrong(browser_of, cell_a):
    client, address = browser_of("clerk"), reverse("record-add", args=["sinh-hoat"])
    typed = FORM_DATA["sinh-hoat"] | {"present": "11", "topic": "Nghị quyết tháng"}
    page = client.post(address, filled(client, address) | typed).content.decode()
    assert 'value="Nghị quyết tháng"' in page


def test_a_fact_that_is_there_already_is_refused_with_a_sentence(browser_of, lan):
    client, address = browser_of("clerk"), reverse("record-add", args=["mien-sinh-hoat"])
    typed = FORM_DATA["mien-sinh-hoat"] | {"member": lan.pk}
    assert client.post(address, filled(client, address) | typed).status_code == 302
    again = client.post(address, filled(client, address) | typed)
    assert "đã được miễn sinh hoạt trong thời gian này" in again.context["form"].errors["started_on"][0]
    assert Exemption.objects.count() == 1


def test_corrections_keep_the_rules_of_additions(browser_of, lan):
    client = browser_of("clerk")
    row = reduce_fee(lan, DAY, date(2026, 6, 1))
    address = reverse("record-form", args=["mien-giam-dang-phi", row.pk, "sua"])
    for typed, field in (
        ({"ended_on": "01/06/2027"}, "ended_on"),
        ({"started_on": "01/01/1980", "ended_on": "01/06/1980"}, "started_on"),
    ):
        response = client.post(address, filled(client, address) | typed)
        assert field in response.context["form"].errors
    assert FeeReduction.objects.get().ended_on == date(2026, 6, 1)


def test_a_form_sent_twice_by_the_browser_makes_one_record(browser_of, lan):
    client, address = browser_of("secretary_a"), reverse("record-add", args=["sinh-hoat"])
    sent = filled(client, address) | FORM_DATA["sinh-hoat"]
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert "nội dung sửa sau đó" not in client.get(second.url).content.decode()
    assert Meeting.objects.count() == 1


def test_what_was_changed_between_two_sendings_is_not_lost_without_a_word(browser_of, lan):
    client, address = browser_of("secretary_a"), reverse("record-add", args=["sinh-hoat"])
    sent = filled(client, address) | FORM_DATA["sinh-hoat"]
    client.post(address, sent)
    page = client.post(address, sent | {"topic": "Sửa sau khi đã gửi"}, follow=True).content.decode()
    assert "nội dung sửa sau đó thì chưa" in page
    assert Meeting.objects.get().topic != "Sửa sau khi đã gửi"


def test_the_second_of_two_who_edit_sees_both_versions_and_decides(browser_of, cell_a, lan):
    meeting = Meeting.objects.create(unit=cell_a, held_on=DAY, kind="regular", expected=1, present=1)
    client, address = browser_of("clerk"), reverse("record-form", args=["sinh-hoat", meeting.pk, "sua"])
    mine = filled(client, address) | {"topic": "Của tôi"}
    correct(row=Meeting.objects.get(), topic="Của người khác")
    told = client.post(address, mine)
    page = told.content.decode()
    assert "Có người khác vừa sửa" in page
    assert "Của người khác" in page
    assert "Lưu nội dung của tôi" in page
    assert Meeting.objects.get().topic == "Của người khác"
    form = told.context["form"]
    assert client.post(address, mine | {"seen": form["seen"].value()}).status_code == 302
    assert Meeting.objects.get().topic == "Của tôi"


def test_an_exemption_ends_once(browser_of, lan):
    row = Exemption.objects.create(member=lan, kind="age_health", started_on=DAY)
    client, address = browser_of("secretary_a"), reverse("record-form", args=["mien-sinh-hoat", row.pk, "ket-thuc"])
    early = client.post(address, filled(client, address) | {"ended_on": "15/01/2026"})
    assert "Ngày kết thúc phải sau ngày bắt đầu." in early.context["form"].errors["ended_on"]
    assert client.post(address, filled(client, address) | {"ended_on": "01/02/2026"}).status_code == 302
    assert Exemption.objects.get().ended_on == date(2026, 2, 1)
    page = client.get(reverse("record", args=["mien-sinh-hoat", row.pk])).content.decode()
    assert address not in page


def test_a_case_says_which_outcomes_its_kinds_have(browser_of, cell_a):
    client = browser_of("clerk")
    page = client.get(reverse("record-add", args=["kiem-tra"])).content.decode()
    assert "Giám sát chuyên đề: thực hiện tốt; phát hiện có dấu hiệu vi phạm" in page
    assert not Case.objects.exists()


def test_a_post_may_be_given_to_somebody_outside_the_party(browser_of, cell_a):
    client, address = browser_of("clerk"), reverse("record-add", args=["chuc-vu"])
    typed = {"unit": "a", "post": "village_head", "holder_name": "Người Ngoài", "started_on": "15/01/2026"}
    answer = client.post(address, filled(client, address) | typed)
    assert answer.status_code == 302
    assert "Người Ngoài" in client.get(answer.url).content.decode()
    listed = client.get(reverse("records", args=["chuc-vu"]), {"ngay": "01/03/2026"}).content.decode()
    assert "Người Ngoài" in listed


def test_an_empty_form_sent_is_shown_again(browser_of, cell_a):
    form = browser_of("clerk").post(reverse("record-add", args=["sinh-hoat"])).context["form"]
    assert form.errors["held_on"] == ["Chưa ghi mục này: không được để trống."]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("code", RECORD_TYPES)
def test_forms_about_a_record_name_it_in_their_heading(browser_of, cell_a, code):
    member = make_member(cell_a, decided_on="1990-01-02")
    record_type, row, client = RECORD_TYPES[code], record_of(code, cell_a, member), browser_of("clerk")
    forms = record_type.actions | {"sua": record_type.correct_form, "xoa": record_type.delete_form}
    for action in (name for name, form in forms.items() if form):
        title = client.get(f"/so/{code}/{row.pk}/{action}/").context["title"]
        name = title.partition(": ")[2].casefold().removeprefix(record_type.name.casefold()).strip(" ()")
        assert len(name) > 3, title
        assert not getattr(row, "member", None) or row.member.full_name.casefold() in name, title


def test_the_form_that_replaces_somebody_names_the_post(browser_of, cell_a):
    row = record_of("chuc-vu", cell_a, make_member(cell_a, "Lò Thị Mai"))
    page = browser_of("clerk").get(reverse("record-form", args=["chuc-vu", row.pk, "thay"]))
    assert page.context["title"].startswith(f"Thay người giữ chức vụ: Chi bộ a, {row.get_post_display()}, Lò Thị Mai")


@pytest.mark.parametrize("code", RECORD_TYPES)
def test_forms_ask_for_the_right_of_their_record_type(browser_of, cell_a, code):
    member = make_member(cell_a, decided_on="1990-01-02")
    record_type, row, client = RECORD_TYPES[code], record_of(code, cell_a, member), browser_of("clerk")
    of_record = record_type.actions | {"sua": record_type.correct_form, "xoa": record_type.delete_form}
    forms = {f"{row.pk}/{name}": form for name, form in of_record.items()} | {"them": record_type.add_form}
    forms = {f"/so/{code}/{name}/": form for name, form in forms.items() if form}
    shown = {address: client.get(address).context["form"] for address in forms}
    assert {address: (type(form), form.right) for address, form in shown.items()} == {
        address: (form, record_type.right) for address, form in forms.items()
    }
