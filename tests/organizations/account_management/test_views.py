"""The pages of those who keep accounts: for whom, over whom, what each button does."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from binhlu_portal.accounts import lockout
from binhlu_portal.accounts.models import Attempt, AttemptOutcome
from binhlu_portal.sandbox.layers import PROTECTIONS
from binhlu_portal.self_checks import registry
from binhlu_portal.self_checks.registry import SelfCheck
from organizations.account_management import views
from organizations.account_management.views import AccountDetailView
from organizations.choices import RoleKind
from organizations.models import Role
from tests.factories import make_root, make_user

PEOPLE = ["administrator", "clerk", "leader", "secretary_a", "stranger", None]
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")
NEW = {"full_name": "Lò Thị Mẫu", "username": "lothimau", "kind": "cell_secretary", "unit": "a"}


@pytest.fixture
def foreigner(db):
    """The secretary of a committee elsewhere."""
    return make_user("foreigner", (RoleKind.LEADER, make_root("khac")))


@pytest.fixture
def keep(client, administrator):
    """Return a function by which the administrator sends work to the page of an account."""
    client.force_login(administrator)
    return lambda user, work, **data: client.post(reverse("account-page", args=[user.pk]), {"work": work, **data})


def state(*users):
    """Return what the pages can change."""
    found = type(users[0]).objects.filter(pk__in=[user.pk for user in users])
    fields = ("full_name", "is_active", "password", "start_code_expires_at")
    roles = Role.objects.order_by("pk").values_list("user", "unit", "kind")
    return [*found.order_by("pk").values_list(*fields)], [*roles], Attempt.objects.count()


@pytest.mark.parametrize("person", PEOPLE, ids=str)
@pytest.mark.parametrize("whose", ["secretary_b", "foreigner"])
def test_who_may_open_and_change_an_account(client, request, cell_a, secretary_b, foreigner, person, whose):
    account = request.getfixturevalue(whose)
    if person:
        client.force_login(request.getfixturevalue(person))
    address = reverse("account-page", args=[account.pk])
    expected = {"administrator": 200 if whose == "secretary_b" else 404, None: 302}.get(person, 403)
    assert client.get(address).status_code == expected
    if expected != 200:
        before = state(account)
        for work in AccountDetailView.WORK:
            data = {"work": work, "full_name": "Khác", "kind": "leader", "unit": "a", "role": account.roles.get().pk}
            assert client.post(address, data).status_code == expected, work
        assert state(account) == before


@pytest.mark.parametrize("person", PEOPLE[1:], ids=str)
def test_others_open_no_account(client, request, cell_a, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    assert client.post(reverse("account-new"), NEW).status_code == (403 if person else 302)
    assert not Role.objects.filter(user__username="lothimau").exists()


def test_an_account_that_reaches_out_is_changed_in_its_roles_here_only(keep, client, foreigner, cell_a):
    outside = foreigner.roles.get()
    role = foreigner.roles.create(unit=cell_a, kind=RoleKind.CELL_SECRETARY)
    before = state(foreigner)
    for work in set(AccountDetailView.WORK) - AccountDetailView.ABOUT_ROLES:
        assert keep(foreigner, work, full_name="Khác").status_code == 404, work
    assert keep(foreigner, "take_role", role=outside.pk).status_code == 404
    assert state(foreigner) == before
    page = client.get(reverse("account-page", args=[foreigner.pk])).content.decode()
    assert "ngoài phạm vi" in page
    assert "Cấp mã" not in page
    assert keep(foreigner, "take_role", role=role.pk).status_code == 302
    assert [*foreigner.roles.all()] == [outside]


@pytest.mark.parametrize("unit", ["khac", "never", ""])
def test_a_foreign_unit_cannot_be_chosen(keep, client, foreigner, secretary_b, unit):
    before = state(secretary_b, foreigner)
    assert keep(secretary_b, "give_role", kind="leader", unit=unit).status_code == 200
    assert client.post(reverse("account-new"), NEW | {"unit": unit}).status_code == 200
    assert state(secretary_b, foreigner) == before
    assert "Đảng bộ khac" not in client.get(reverse("account-new")).content.decode()


def test_an_opened_account_starts_with_the_code_on_the_slip(keep, client, cell_a, sign_in):
    page = client.post(reverse("account-new"), NEW).content.decode()
    [code] = CODE.findall(page)
    for words in ("Lò Thị Mẫu", "lothimau", "http://testserver/", "Bí thư chi bộ, Chi bộ a", "slip-receipt"):
        assert words in page
    account = Role.objects.get(user__username="lothimau").user
    assert code not in client.get(reverse("account-page", args=[account.pk])).content.decode()
    client.logout()
    assert sign_in("lothimau", code).status_code == 302
    assert client.get("/").url == reverse("choose-password")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "lòthịmẫu", "Chỉ dùng chữ thường không dấu"),
        ("username", "lo thi mau", "Chỉ dùng chữ thường không dấu"),
        ("username", "ad", "ít nhất 3 ký tự"),
        ("username", "Administrator", "Không dùng được tên đăng nhập này"),
        ("full_name", " ", "Ghi họ và tên."),
        ("kind", "", "Chọn vai trò."),
        ("unit", "", "Chọn tổ chức đảng."),
    ],
)
def test_what_is_wrong_in_a_new_account_is_said_at_its_field(keep, client, cell_a, field, value, sentence):
    response = client.post(reverse("account-new"), NEW | {field: value})
    page = response.content.decode()
    assert sentence in page
    assert f'id="id_{field}_error"' in page
    assert not Role.objects.filter(user__username="lothimau").exists()


def test_each_work_does_what_it_says(keep, client, secretary_b, cell_a, commune):
    keep(secretary_b, "rename", full_name="Vàng A Mẫu")
    keep(secretary_b, "give_role", kind="leader", unit="xa")
    keep(secretary_b, "take_role", role=secretary_b.roles.get(kind="cell_secretary").pk)
    keep(secretary_b, "close")
    secretary_b.refresh_from_db()
    assert (secretary_b.full_name, secretary_b.is_active) == ("Vàng A Mẫu", False)
    assert [role.unit for role in secretary_b.roles.all()] == [commune]
    keep(secretary_b, "reopen")
    [code] = CODE.findall(keep(secretary_b, "give_start_code").content.decode())
    secretary_b.refresh_from_db()
    assert secretary_b.is_active
    assert secretary_b.check_password(code)


def test_a_role_held_already_is_not_given_again(keep, secretary_b):
    response = keep(secretary_b, "give_role", kind="cell_secretary", unit="b")
    assert "Tài khoản đã có vai trò này." in response.content.decode()
    assert secretary_b.roles.count() == 1


@pytest.mark.parametrize("work", ["rename", "give_role"])
def test_an_empty_form_is_sent_back_with_what_is_missing(keep, secretary_b, work):
    response = keep(secretary_b, work)
    assert "error-summary" in response.content.decode()


@pytest.mark.parametrize("role", ["", "x", "0", "9" * 30])
def test_an_unknown_role_is_not_found(keep, secretary_b, role):
    before = state(secretary_b)
    assert keep(secretary_b, "take_role", role=role).status_code == 404
    assert state(secretary_b) == before


def test_unknown_work_is_not_found(keep, secretary_b):
    assert keep(secretary_b, "account").status_code == 404


def test_an_administrator_unlocks(keep, client, secretary_b, sign_in):
    address = reverse("account-page", args=[secretary_b.pk])
    assert "Mở khóa đăng nhập" not in client.get(address).content.decode()
    other = client.__class__()
    for _ in range(5):
        sign_in("secretary_b", "sai", browser=other)
    page = client.get(address).content.decode()
    assert "Đang tạm khóa" in page
    assert page.count("Sai mật khẩu") == 5
    keep(secretary_b, "unlock")
    assert "Đang tạm khóa" not in client.get(address).content.decode()
    assert sign_in("secretary_b", browser=other).status_code == 302
    assert Attempt.objects.filter(outcome=AttemptOutcome.UNLOCKED).count() == 1


@pytest.mark.parametrize(
    ("work", "sentence"),
    [("close", "Không thể tự đóng tài khoản của mình"), ("give_start_code", "Không tự cấp mã cho mình")],
)
def test_refusals_are_said_on_the_page(keep, administrator, work, sentence):
    before = state(administrator)
    assert sentence in keep(administrator, work).content.decode()
    assert state(administrator) == before


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"administrator", "clerk", "secretary_a", "secretary_b"}),
        ({"tim": "nguoi dung SECRETARY"}, {"secretary_a", "secretary_b"}),
        ({"tim": "khong ai"}, set()),
        ({"tim": "Tô thị"}, {"clerk"}),
        ({"tim": "CLERK"}, {"clerk"}),
        ({"vai_tro": "secretariat"}, {"clerk"}),
        ({"don_vi": "a"}, {"secretary_a"}),
        ({"don_vi": "b", "vai_tro": "secretariat"}, set()),
        ({"trang_thai": "dong"}, {"secretary_b"}),
        ({"trang_thai": "cho"}, {"secretary_a"}),
        ({"trang_thai": "dung"}, {"administrator", "clerk"}),
        ({"don_vi": "never", "trang_thai": "?", "sap": "?"}, {"administrator", "clerk", "secretary_a", "secretary_b"}),
    ],
    ids=lambda value: str(sorted(value.items() if isinstance(value, dict) else value)),
)
def test_the_list_is_narrowed(keep, client, clerk, secretary_a, secretary_b, foreigner, stranger, asked, found):
    secretary_b.is_active = False
    secretary_b.save()
    keep(clerk, "rename", full_name="Tô Thị Mẫu")
    keep(secretary_a, "give_start_code")
    page = client.get(reverse("accounts"), asked)
    assert {account.username for account in page.context["table"].page.object_list.data} == found


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_one_account_as_for_thirty(keep, client, commune, rows, django_assert_num_queries):
    for number in range(rows):
        make_user(f"u{number}", (RoleKind.LEADER, commune), (RoleKind.SECRETARIAT, commune))
    with django_assert_num_queries(9):  # session, account, rights; units, count, accounts, roles, entry; notice
        page = client.get(reverse("accounts"), {"dong": 100})
    assert len(page.context["table"].page) == rows + 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_an_account_asks_alike(keep, client, clerk, cell_a, rows, django_assert_num_queries):
    for number in range(rows):
        lockout.record_attempt(AttemptOutcome.FAILED, "clerk", f"10.0.0.{number}", clerk.date_joined, clerk)
    clerk.roles.bulk_create([Role(user=clerk, unit=cell_a, kind=kind) for kind in RoleKind.values[: rows % 4 + 1]])
    with django_assert_num_queries(
        10
    ):  # session, account, rights; account, roles here, roles, phones, attempts, lock, units
        page = client.get(reverse("account-page", args=[clerk.pk]))
    assert page.content.decode().count("Sai mật khẩu") == min(rows, 10)
    assert len(page.context["roles"]) == clerk.roles.count()


def test_who_takes_a_second_factor_away_is_told_how_to_make_sure_who_asks(client, administrator, clerk):
    client.force_login(administrator)
    told = "chính người đó đến gặp và cho xem giấy tờ"
    pages = []
    for second_factor_at in (None, datetime(2026, 1, 1, tzinfo=UTC)):
        clerk.second_factor_at = second_factor_at
        clerk.save()
        pages.append(client.get(reverse("account-page", args=[clerk.pk])).content.decode())
    assert [told in page for page in pages] == [False, True]


def test_the_last_sign_in_is_told_as_the_clock_on_the_wall(keep, client, administrator, clerk):
    type(clerk).objects.filter(pk=clerk.pk).update(last_login=datetime(2026, 3, 1, 20, 30, tzinfo=UTC))
    client.force_login(administrator)
    assert "03:30 02/03/2026" in client.get(reverse("accounts")).content.decode()


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_who_may_see_the_state_of_the_portal(client, request, commune, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    expected = {"administrator": 200, None: 302}.get(person, 403)
    assert client.get(reverse("system")).status_code == expected


def test_what_foreign_files_cannot_do_here_is_told(client, administrator, monkeypatch):
    client.force_login(administrator)
    monkeypatch.setattr(views, "protections", lambda: [(PROTECTIONS[0], True), (PROTECTIONS[1], False)])
    page = client.get(reverse("system")).text
    assert '<th scope="row">dùng mạng</th><td>Đã ngăn</td>' in page
    assert "máy chủ</th><td><strong>Chưa ngăn</strong></td>" in page


def test_what_is_wrong_with_the_portal_is_told_where_its_keeper_arrives(client, administrator, monkeypatch):
    wrong = SelfCheck("disk", "Chỗ trống trên đĩa", lambda now: "Đĩa đầy: dọn bớt tệp.")
    well = SelfCheck("clock", "Đồng hồ của máy chủ", lambda now: "")
    client.force_login(administrator)
    monkeypatch.setattr(registry, "SELF_CHECKS", {"clock": well})
    assert "cần xử lý" not in client.get(reverse("accounts")).text
    monkeypatch.setattr(registry, "SELF_CHECKS", {"disk": wrong, "clock": well})
    assert "1 điều cần xử lý" in client.get(reverse("accounts")).text
    page = client.get(reverse("system")).text
    assert page.count("Cần xử lý") == 1
    assert page.count("<td>Tốt</td>") == 1
    assert "Đĩa đầy: dọn bớt tệp." in page
    assert "Các bản sao lưu" in page
    assert "Nhật ký truy cập" in page
    assert reverse("retention") in page
