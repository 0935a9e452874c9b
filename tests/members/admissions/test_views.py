import re
from datetime import date

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Access
from members.admissions import actions as admissions
from members.admissions import views
from members.models import Admission, AdmissionTarget
from tests.factories import START, admit, make_person, make_unit
from tests.proofs import again

TODAY = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in October."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


def listed(unit, name="An", course=None):
    row = admissions.list_candidate(member=make_person(name), unit=unit, day=START)
    return admissions.record_course(admission=row, day=course) if course else row


def steps(page):
    """Return the steps that a page offers, as (id, step)."""
    return {(int(pk), step) for pk, step in re.findall(r"/ket-nap/(\d+)/([\w-]+)/", page)}


def opened(client, user, **asked):
    client.force_login(user)
    response = client.get(reverse("admissions"), asked)
    assert response.status_code == 200
    return response.content.decode()


# --- The board ---


def test_each_role_is_offered_the_steps_it_may_take(client, clerk, secretary_a, leader, cell_a, cell_b):
    first, taught = listed(cell_a), listed(cell_a, "Bình", course=START)
    new, due = admit(cell_a, date(2026, 2, 1)), admit(cell_a, date(2025, 10, 15))
    foreign = listed(cell_b, "Chi")
    everyday = {(first.pk, "hoc-lop"), (first.pk, "dua-ra"), (taught.pk, "dua-ra")}
    decided = {(taught.pk, "ket-nap"), (new.pk, "xoa-ten"), (due.pk, "xoa-ten"), (due.pk, "chinh-thuc")}
    other = {(foreign.pk, "hoc-lop"), (foreign.pk, "dua-ra")}
    assert steps(opened(client, clerk)) == everyday | decided | other
    assert steps(opened(client, secretary_a)) == everyday
    assert steps(opened(client, leader)) == set()


def test_the_board_of_another_day_offers_no_steps_and_says_why(client, clerk, cell_a):
    listed(cell_a)
    page = opened(client, clerk, ngay="14/10/2026")
    assert steps(page) == set()
    assert "Chọn ngày hôm nay ở đầu trang" in page


def test_the_board_says_by_when_the_cell_votes(client, clerk, cell_a):
    admit(cell_a, date(2025, 8, 1), "An")
    page = opened(client, clerk)
    assert "11/09/2026" in page
    assert "quá hạn 34 ngày" in page
    assert "208-QĐ/TW" in page, "it is in force on that day, and 294-QĐ/TW no more"
    assert "294-QĐ/TW" not in page
    assert "chưa trừ ngày nghỉ lễ" in page


def test_an_empty_board_says_what_to_do(client, clerk, cell_a):
    page = opened(client, clerk)
    for stage in views.pipeline.STAGES:
        assert stage.advice in page


def test_a_long_stage_leads_to_a_page_of_its_own(client, clerk, cell_a):
    for index in range(views.SHOWN + 2):
        listed(cell_a, f"Người {index}")
    listed(cell_a, "Đã học", course=START)
    page = opened(client, clerk)
    assert page.count('class="person') == views.SHOWN + 1
    assert "Xem cả 22 người" in page
    alone = opened(client, clerk, buoc="nguon")
    assert alone.count('class="person') == views.SHOWN + 2
    assert "Chỉ tiêu kết nạp" not in alone


def test_a_stage_that_does_not_exist_is_unknown(client, clerk):
    client.force_login(clerk)
    assert client.get(reverse("admissions"), {"buoc": "khac"}).status_code == 404


def test_who_opened_the_board_is_noted(client, clerk, cell_a):
    listed(cell_a)
    opened(client, clerk)
    row = Access.objects.get()
    assert (row.user, row.what, row.rows) == (clerk, "Kết nạp đảng viên", 1)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("asked", [{}, {"buoc": "nguon"}])
def test_the_board_asks_the_database_as_often_for_one_as_for_thirty(
    client, clerk, cell_a, django_assert_num_queries, number, asked
):
    for index in range(number):
        listed(cell_a, f"Người {index}")
        admit(cell_a, date(2026, 2, 1))
    client.force_login(clerk)
    with django_assert_num_queries(10 if not asked else 7):
        page = client.get(reverse("admissions"), asked)
    assert page.content.decode().count('class="person') == (number if asked else 2 * min(number, views.SHOWN))


# --- Steps and targets ---


def test_a_step_is_taken_and_leads_back_to_the_board(client, secretary_a, cell_a):
    row = listed(cell_a)
    client.force_login(secretary_a)
    address = reverse("admission-step", args=[row.pk, "hoc-lop"])
    token = client.get(address).context["form"]["token"].value()
    response = client.post(address, {"day": "01/10/2026", "token": token})
    assert response.url == reverse("admissions")
    assert again(row).course_on == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("person", "step", "status"),
    [
        ("clerk", "ket-nap", 200),
        ("secretary_a", "ket-nap", 404),
        ("secretary_a", "dua-ra", 200),
        ("secretary_b", "dua-ra", 404),
        ("leader", "dua-ra", 404),
        ("administrator", "dua-ra", 404),
        ("clerk", "chinh-thuc", 404),
        ("clerk", "never", 404),
    ],
)
def test_a_step_is_known_to_those_who_may_take_it(client, request, cell_a, person, step, status):
    row = listed(cell_a)
    client.force_login(request.getfixturevalue(person))
    address = reverse("admission-step", args=[row.pk, step])
    assert client.get(address).status_code == status
    assert client.post(address, {"day": "x"}).status_code == status
    assert again(row).closed_on is None


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(client, clerk, cell_a):
    row = listed(cell_a)
    client.force_login(clerk)
    response = client.post(reverse("admission-step", args=[row.pk, "hoc-lop"]), {"day": "31/02/2026"})
    assert "Không có ngày này" in response.content.decode()
    assert again(row).course_on is None


def test_somebody_is_listed_from_the_board(client, secretary_a, cell_a):
    client.force_login(secretary_a)
    address = reverse("admission-new")
    token = client.get(address, {"don_vi": "a"}).context["form"]["token"].value()
    person = {"full_name": "Lò Thị Mới", "gender": "female", "born_on": "2000", "ethnicity": "thai"}
    card = {"unit": "a", "day": "01/10/2026", **person}
    for _ in range(2):
        assert client.post(address, {"token": token, **card}).status_code == 302
    assert Admission.objects.count() == 1


def test_targets_are_set_for_the_year_of_the_address(client, clerk, commune, cell_a):
    client.force_login(clerk)
    address = f"{reverse('admission-targets')}?don_vi=xa&nam=2027"
    page = client.get(address)
    assert "Chỉ tiêu kết nạp năm 2027" in page.content.decode()
    client.post(address, {"token": page.context["form"]["token"].value(), f"target-{cell_a.pk}": "2"})
    row = AdmissionTarget.objects.get()
    assert (row.unit, row.year, row.target) == (cell_a, 2027, 2)


@pytest.mark.parametrize("number", [1, 30])
def test_the_form_of_targets_asks_as_often_for_one_as_for_thirty(
    client, clerk, commune, django_assert_num_queries, number
):
    for index in range(number):
        make_unit(f"n{index}", commune)
    client.force_login(clerk)
    with django_assert_num_queries(7):
        page = client.get(reverse("admission-targets"), {"don_vi": "xa"})
    assert [page.content.decode().count(f"Chi bộ n{index}</th>") for index in range(number)] == [1] * number
