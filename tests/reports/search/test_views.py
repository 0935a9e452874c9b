"""The search over everything: who finds what, by which words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binhlu_portal.audit.models import Access
from binhlu_portal.templatetags.navigation import SECTIONS
from members.models import Member
from reports.search.pages import DEEPER, pages_of
from tests.binhlu_portal.records.tables.test_every_list import pages_of_moments
from tests.factories import make_member, make_unit
from tests.ground import layer


@pytest.fixture
def find(client):
    """Return a function: the page of what somebody finds."""

    def find(user, words, **asked):
        client.force_login(user)
        return client.get("/tim/", {"q": words, **asked})

    return find


@layer
def people(cell_a, cell_b):
    Member.objects.filter(pk=make_member(cell_a, "Đèo Thị Mẫu").pk).update(card_number="99000177")
    return {"a": make_member(cell_a, "Lò Văn Hoà"), "b": make_member(cell_b, "Đèo Thị Mẫn")}


def rows(response):
    return [row.record for row in response.context["table"].page.object_list]


def others(response):
    return {kind.label: [name for name, _ in kind.shown] for kind in response.context["others"]}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("deo thi", {"Đèo Thị Mẫu", "Đèo Thị Mẫn"}),
        ("MẪU", {"Đèo Thị Mẫu"}),
        ("hòa", {"Lò Văn Hoà"}),
        ("990001", {"Đèo Thị Mẫu"}),
        ("deo lo", set()),
    ],
)
def test_people_are_found_by_name_without_marks_and_by_number(find, clerk, people, words, found):
    assert {row["full_name"] for row in rows(find(clerk, words))} == found


def test_units_figures_and_registers_are_found_by_their_names(find, clerk, people, commune):
    make_unit("truong", commune).periods.update(name="Chi bộ Trường học Mẫu")
    assert others(find(clerk, "truong hoc"))["Tổ chức đảng"] == ["Chi bộ Trường học Mẫu"]
    assert "Đảng viên nữ" in others(find(clerk, "dang vien nu"))["Số liệu"]
    assert "Chức vụ" in others(find(clerk, "chuc vu"))["Sổ"]


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("bieu 5B", "Biểu", "Biểu 5B: "),
        ("5b", "Biểu", "Biểu 5B: "),
        ("sinh hoat thang", "Trang", "Sinh hoạt chi bộ tháng"),
        ("kiem tra", "Trang", "Kiểm tra dữ liệu"),
        ("ket nap", "Trang", "Kết nạp đảng viên"),
        ("nhac viec", "Trang", "Nhắc việc"),
        ("doi chieu", "Trang", "Đối chiếu báo cáo đã gửi"),
    ],
)
def test_pages_and_forms_are_found_by_what_they_are_called_and_stand_first(find, clerk, people, words, kind, name):
    found = others(find(clerk, words))
    assert next(iter(found)) == kind
    assert found[kind][0].startswith(name)


@pytest.mark.parametrize("person", ["clerk", "leader", "secretary_a"])
def test_every_page_that_is_found_opens(client, request, people, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    opened = {page: client.get(reverse(page)).status_code for page in pages_of(user)}
    assert {page: status for page, status in opened.items() if status not in (200, 302)} == {}


def test_every_page_about_a_moment_is_found_by_its_name():
    leads = set(pages_of_moments()) - {"search", "home"}
    found = {section.page for section in (*SECTIONS, *DEEPER)}
    assert {name for name in leads if not name.endswith(("-file", "-filled", "-progress"))} - found == set()


def test_what_is_found_leads_on_at_the_same_moment(find, client, clerk, people):
    page = find(clerk, "chi bo a", ngay="01/03/2026", don_vi="xa")
    (unit,) = next(kind for kind in page.context["others"] if kind.label == "Tổ chức đảng").shown
    assert unit[1] == "/to-chuc/a/?don_vi=a&ngay=01/03/2026"
    assert client.get(unit[1]).status_code == 200
    assert f"/dang-vien/{people['a'].pk}/" in find(clerk, "lo van").content.decode()


def test_nobody_finds_what_is_out_of_sight(find, secretary_a, cell_b, people):
    assert {row["full_name"] for row in rows(find(secretary_a, "deo"))} == {"Đèo Thị Mẫu"}
    cell_b.periods.update(name="Chi bộ Xanh")
    assert "Tổ chức đảng" not in others(find(secretary_a, "chi bo xanh"))


def test_who_reads_nothing_finds_nothing_and_sees_no_box(find, client, administrator, cell_a):
    assert find(administrator, "deo").status_code == 403
    assert 'role="search"' not in client.get("/tai-khoan/").content.decode()


@pytest.mark.parametrize("words", ["", "   "])
def test_no_words_find_nothing_and_ask_nothing(find, clerk, people, words):
    page = find(clerk, words)
    assert "Chưa ghi gì để tìm." in page.content.decode()
    assert not Access.objects.exists()


def test_what_is_not_there_says_what_to_do(find, clerk, people):
    assert "Ghi ít chữ hơn" in find(clerk, "khongcoai").content.decode()


def test_people_found_are_noted_as_opened(find, clerk, people):
    find(clerk, "deo")
    assert list(Access.objects.values_list("user", "what", "rows")) == [(clerk.pk, "Tìm", 2)]


def test_a_long_kind_is_cut_and_says_how_much_more(find, clerk, people):
    figures = next(kind for kind in find(clerk, "dang vien").context["others"] if kind.label == "Số liệu")
    assert len(figures.shown) == 20
    assert figures.more > 0


def test_statements_do_not_grow_with_what_is_found(find, clerk, cell_a):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            find(clerk, "lo")
        return len(seen)

    make_member(cell_a, "Lò Văn A")
    find(clerk, "lo")
    few = asked()
    for index in range(30):
        make_member(cell_a, f"Lò Văn {'BCDEGHIKLM'[index % 10]}")
    assert asked() == few


def opened(client, *people):
    """Open the pages of people, one after the other."""
    for person in people:
        assert client.get(f"/dang-vien/{person.pk}/").status_code == 200


def recent(response):
    return [row["full_name"] for row in response.context["recent"]]


def test_without_words_the_people_opened_last_are_offered(find, client, clerk, people, cell_a):
    client.force_login(clerk)
    opened(client, people["a"], people["b"], people["a"])
    client.get("/dang-vien/")
    page = find(clerk, " ")
    assert recent(page) == ["Lò Văn Hoà", "Đèo Thị Mẫn"]
    assert f'<a href="/dang-vien/{people["b"].pk}/">Đèo Thị Mẫn</a>' in page.content.decode()
    assert Access.objects.order_by("pk").last().rows == 2
    opened(client, *(make_member(cell_a, f"Lò Văn {number}") for number in range(9)))
    assert recent(find(clerk, "")) == [f"Lò Văn {number}" for number in range(8, 0, -1)]


def test_who_was_opened_is_forgotten_at_signing_out_and_unknown_to_others(find, client, clerk, leader, people):
    client.force_login(clerk)
    opened(client, people["a"])
    client.post("/dang-xuat/")
    assert recent(find(clerk, "")) == recent(find(leader, "")) == []


def test_who_is_out_of_sight_meanwhile_is_not_offered(find, client, secretary_a, cell_b, people):
    client.force_login(secretary_a)
    opened(client, people["a"])
    secretary_a.roles.update(unit=cell_b)
    assert recent(find(secretary_a, "")) == []


@pytest.mark.parametrize("number", [1, 8])
def test_those_opened_last_cost_as_much_for_many_as_for_few(find, client, clerk, cell_a, number):
    client.force_login(clerk)
    opened(client, *(make_member(cell_a) for _ in range(number)))
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/tim/")
    assert (len(recent(page)), len(asked)) == (number, 9)
