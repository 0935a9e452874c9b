"""The head of a page: whose portal it is; the menu: what its reader has a right to, and where the reader is."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from binhlu_portal.templatetags.navigation import SECTIONS, portal_name
from organizations.units import actions as units
from tests.factories import make_root, make_user
from tests.proofs import DAY

READING = ["Trang chính", "Tổ chức đảng", "Đảng viên", "Kết nạp", "Xếp loại", "Đảng phí", "Sổ", "Kiểm tra"]
READING += ["Tổng quan", "Báo cáo", "Biểu", "Kỳ báo cáo", "Lịch sử"]
OF_OFFICES = {"Nhập Excel", "Tổng quan", "Báo cáo", "Biểu"}
WRITING = [*READING[:7], "Nhập Excel", *READING[7:]]


def menu(response):
    """Return the entries of the menu: {label: what aria-current says}."""
    page = response.content.decode()
    part = page.partition('id="menu"')[2].partition("</ul>")[0]
    found = re.findall(r'<a href="[^"]*"(?: aria-current="(\w+)")?>([^<]*)</a>', part)
    return {label: here for here, label in found}


@pytest.mark.parametrize(
    ("person", "page", "labels"),
    [
        ("clerk", "report", WRITING),
        ("secretary_a", "report", [label for label in WRITING if label not in OF_OFFICES]),
        ("leader", "report", READING),
        ("administrator", "accounts", ["Trang chính", "Lịch sử", "Tài khoản"]),
        ("stranger", "account", []),
    ],
)
def test_a_reader_is_offered_what_the_roles_open(client, request, commune, person, page, labels):
    client.force_login(request.getfixturevalue(person))
    assert list(menu(client.get(reverse(page)))) == labels


@pytest.mark.parametrize("person", ["clerk", "leader", "secretary_a", "administrator"])
def test_every_entry_opens(client, request, commune, person):
    client.force_login(request.getfixturevalue(person))
    pages = {section.label: section.page for section in SECTIONS}
    for label in menu(client.get(reverse("account"))):
        response = client.get(reverse(pages[label]), follow=True)
        assert response.status_code == 200, label
        assert "page" in menu(response).values(), label


@pytest.mark.parametrize(
    ("address", "label", "here"),
    [
        ("/", "Trang chính", "page"),
        ("/bao-cao/", "Báo cáo", "page"),
        ("/so-lieu/members.total/", "Báo cáo", "true"),
        ("/bieu/1B/", "Biểu", "true"),
        ("/so/sinh-hoat/", "Sổ", "true"),
        ("/lich-su/truy-cap/", "Lịch sử", "true"),
        ("/nhap-excel/", "Nhập Excel", "page"),
        ("/nhac-viec/", "Kiểm tra", "true"),
        ("/doi-chieu/", "Báo cáo", "true"),
        ("/ky-bao-cao/mo/", "Kỳ báo cáo", "true"),
    ],
)
def test_the_menu_says_where_the_reader_is(client, clerk, cell_a, address, label, here):
    client.force_login(clerk)
    found = {name: current for name, current in menu(client.get(address)).items() if current}
    assert found == {label: here}


def test_pages_without_a_reader_need_no_statement_for_the_menu(client, commune, django_assert_num_queries):
    with django_assert_num_queries(2):  # whether anybody has begun, and the name of the portal
        assert 'id="menu"' not in client.get(reverse("sign-in")).content.decode()


def test_an_unknown_page_has_the_menu(client, clerk):
    client.force_login(clerk)
    response = client.get("/never/")
    assert response.status_code == 404
    assert "Báo cáo" in menu(response)


def test_the_portal_bears_the_latest_name_of_its_committee(client, clerk, commune):
    units.rename(unit=commune, name="Đảng bộ xã Mới", day=DAY)
    named = "– Cổng dữ liệu Đảng bộ xã Mới</title>"
    assert named in client.get(reverse("sign-in")).content.decode()
    client.force_login(clerk)
    assert named in client.get(reverse("account")).content.decode()


def test_of_two_committees_the_one_recorded_first_names_the_portal(client, commune):
    make_root("khac", day=DAY)
    assert f"– Cổng dữ liệu {commune.periods.get().name}</title>" in client.get(reverse("sign-in")).content.decode()


def test_a_signed_in_reader_needs_no_statement_for_the_name_of_the_portal(client, clerk, django_assert_num_queries):
    client.force_login(clerk)
    user = client.get(reverse("account")).wsgi_request.user
    with django_assert_num_queries(0):
        assert portal_name(user).startswith("Cổng dữ liệu Đảng bộ")


def test_without_units_the_portal_is_nobodys(client, db):
    make_user("first")
    assert f"– {settings.PORTAL_NAME}</title>" in client.get(reverse("sign-in")).content.decode()


@pytest.mark.parametrize(
    ("person", "larger"),
    [("secretary_a", True), ("clerk", False), ("leader", False), ("administrator", False), ("stranger", False)],
)
def test_who_keeps_one_cell_reads_larger_text(client, request, commune, person, larger):
    client.force_login(request.getfixturevalue(person))
    assert (b'<html lang="vi" class="roomy">' in client.get(reverse("account")).content) == larger
