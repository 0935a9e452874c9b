"""The pages of the checks as people meet them."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Access
from binhlu_portal.data_checks.rules import CHECKS
from members.models import Member
from organizations.in_force import cite
from tests.checks import DAY, EXAMPLES, make_sound, make_sound_member, make_threshold, somebody
from tests.factories import make_member, make_unit
from tests.ground import layer

ASKED = {"don_vi": "a", "ngay": f"{DAY:%d/%m/%Y}"}


@layer
def cells(cell_a, cell_b):
    """A sound cell, and another one with a member."""
    make_threshold()
    make_sound(cell_a)
    make_sound_member(cell_b)
    return cell_a, cell_b


def test_all_checks_are_told_with_what_they_find(client, clerk, cells):
    EXAMPLES["thieu-so-the"](*cells)
    client.force_login(clerk)
    page = client.get(reverse("checks"), ASKED).content.decode()
    assert '<a href="/kiem-tra/thieu-so-the/?don_vi=a&amp;ngay=20/10/2026"><strong' in page
    assert "<span>Đảng viên chưa có số thẻ</span>" in page
    assert f"Không có nội dung cần xem ở {len(CHECKS) - 1} điều kiểm tra khác" in page


def test_a_sum_closes_with_those_of_whom_nothing_is_written(client, clerk, cells):
    EXAMPLES["thieu-hoc-van"](*cells)
    client.force_login(clerk)
    response = client.get(reverse("checks"), ASKED)
    sums = response.context["sums"]
    assert "chưa ghi 1</a>" in response.content.decode()
    assert {one.title: one.missing for one in sums if one.missing}["Học vấn"] == 1
    assert not any(one.difference for one in sums)


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_row_leads_to_a_page_that_opens(client, clerk, cells, code):
    EXAMPLES[code](*cells)
    client.force_login(clerk)
    page = client.get(reverse("check", args=[code]), ASKED)
    assert page.context["table"].paginator.count == 1
    assert cite(CHECKS[code].source, DAY) in page.content.decode()
    address = page.context["table"].page.object_list[0]
    (link,) = {part.split('"')[0] for part in page.content.decode().split("<tbody>")[1].split('<a href="')[1:]}
    assert client.get(link.replace("&amp;", "&")).status_code == 200, address
    for column, _ in page.context["columns"]:  # whatever is left out, the row leads there
        narrowed = client.get(reverse("check", args=[code]), ASKED | {"cot": column.name}).content.decode()
        assert f'<a href="{link}"' in narrowed, column.label


def test_those_who_may_not_put_it_right_are_led_to_whom_it_is_about(client, secretary_a, cells):
    cell, other = cells
    EXAMPLES["ket-nap-duoi-18"](cell, other)
    client.force_login(secretary_a)
    page = client.get(reverse("check", args=["ket-nap-duoi-18"]), ASKED).content.decode()
    assert f'href="/dang-vien/{somebody(cell).pk}/"' in page
    assert "sua-vao-dang" not in page
    assert "Việc này do Văn phòng Đảng ủy sửa" in page


def test_a_secretary_sees_the_own_cell_only(client, secretary_b, cells):
    EXAMPLES["thieu-so-the"](*cells)
    client.force_login(secretary_b)
    page = client.get(reverse("check", args=["thieu-so-the"]), ASKED | {"don_vi": "b"})
    assert page.context["table"].paginator.count == 0
    assert "Không có nội dung sai" in page.content.decode()
    assert client.get(reverse("check", args=["thieu-so-the"]), ASKED).status_code == 404


def test_a_check_that_is_none_is_unknown(client, clerk, cells):
    client.force_login(clerk)
    assert client.get(reverse("check", args=["khong-co"])).status_code == 404
    assert client.get(reverse("check-file", args=["thieu-so-the", "doc"])).status_code == 404


def test_a_moment_that_cannot_be_asked_for_is_told(client, clerk, cells):
    client.force_login(clerk)
    page = client.get(reverse("check", args=["thieu-so-the"]), {"ngay": "31/02/2026"}).content.decode()
    assert "Kiểm tra dữ liệu" in page
    assert "Không có ngày này" in page


def test_the_list_is_a_file_and_both_are_noted(client, clerk, cells):
    cell, other = cells
    EXAMPLES["thieu-so-the"](cell, other)
    client.force_login(clerk)
    client.get(reverse("check", args=["thieu-so-the"]), ASKED)
    file = client.get(reverse("check-file", args=["thieu-so-the", "csv"]), ASKED)
    assert unquote(file["Content-Disposition"]).endswith("Đảng viên chưa có số thẻ – Chi bộ a – 20-10-2026.csv")
    assert somebody(cell).full_name in file.getvalue().decode()
    noted = Access.objects.filter(what="Đảng viên chưa có số thẻ").order_by("pk")
    assert [(access.kind, access.rows) for access in noted] == [("opened", 1), ("exported", 1)]


@pytest.mark.parametrize("number", [1, 30])
def test_pages_ask_as_much_for_many_as_for_one(client, clerk, commune, cell_a, number, django_assert_num_queries):
    for index in range(number):
        make_member(cell_a)
        make_member(make_unit(f"n{index}", commune))
    client.force_login(clerk)
    assert Member.objects.count() == 2 * number
    for name, arguments, count in (
        ("checks", [], 9),
        ("check", ["thieu-so-the"], 8),
        ("check", ["chua-co-bi-thu"], 7),
        ("check-file", ["thieu-so-the", "csv"], 8),
    ):
        with django_assert_num_queries(count):
            client.get(reverse(name, args=arguments), ASKED | {"don_vi": "xa"}).getvalue()


def test_a_member_without_a_rating_leads_to_the_sheet_of_the_cell(client, clerk, cells):
    EXAMPLES["chua-xep-loai"](*cells)
    client.force_login(clerk)
    page = client.get(reverse("check", args=["chua-xep-loai"]), ASKED).content.decode()
    assert 'href="/xep-loai/a/?nam=2025"' in page


def test_the_page_of_a_unit_says_how_much_is_found_beneath_it(client, clerk, cells):
    cell, other = cells
    for code in ("thieu-so-the", "sai-dinh-danh", "thieu-hoc-van"):
        EXAMPLES[code](cell, other)
    client.force_login(clerk)
    page = client.get(reverse("unit", args=["a"]), ASKED).content.decode()
    assert '<a href="/kiem-tra/?don_vi=a&amp;ngay=20/10/2026">1 sai, 2 cần xem</a>' in page


def test_the_page_of_a_unit_without_a_fault_speaks_of_none(client, clerk, cells):
    client.force_login(clerk)
    assert "/kiem-tra/?" not in client.get(reverse("unit", args=["a"]), ASKED).content.decode()
