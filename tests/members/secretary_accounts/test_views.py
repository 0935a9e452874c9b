"""Accounts of all secretaries in one act: who is listed, what is made and printed, and what is refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.db.actions import Refusal
from binhlu_portal.security import UNCACHED
from members.choices import Post
from members.models import Position, Vacancy
from members.secretary_accounts import actions
from members.secretary_accounts.queries import free_usernames, without_account
from organizations.choices import Kind, RoleKind
from organizations.models import Role
from tests.factories import START, make_member, make_root, make_unit, make_user

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


def make_secretary(unit, name):
    """Have somebody be the secretary of a cell since the first day."""
    return Position.objects.create(unit=unit, post=Post.SECRETARY, member=make_member(unit, name), started_on=START)


@pytest.fixture
def ask(client, administrator):
    """Return a function that sends what is ticked, and without it opens the page; as the administrator."""
    client.force_login(administrator)
    address = reverse("secretary-accounts")
    return lambda work="", **ticked: client.post(address, {"work": work, **ticked}) if work else client.get(address)


def test_cards_are_not_to_be_printed_with_an_address_that_no_telephone_finds(client, ask, cell_a):
    make_secretary(cell_a, "Lò Thị Mai")
    address = reverse("secretary-accounts")
    told = [
        "Chưa in phiếu ở địa chỉ này" in client.get(address, headers={"host": host}).content.decode()
        for host in ("localhost:8000", "testserver")
    ]
    assert told == [True, False]


def test_the_cards_of_everybody_who_has_not_begun_are_printed_anew_by_one_tick(ask, cell_a, cell_b):
    for unit, name in ((cell_a, "Lò Thị Mai"), (cell_b, "Vàng A Tín")):
        make_secretary(unit, name)
    ask("open", units=["a", "b"])
    assert "Cả 2 người dưới đây" in ask().content.decode()
    assert len(CODE.findall(ask("print", everybody="on").content.decode())) == 2
    assert "Chọn ít nhất một người." in ask("print").content.decode()


def test_cells_are_told_apart_by_who_signs_in_for_them(ask, commune, cell_a, cell_b, secretary_b):
    make_secretary(cell_a, "Lò Thị Mẫu")
    make_secretary(cell_b, "Vàng A Thử")
    known = make_unit("c", commune)
    make_secretary(known, "NGÔ VĂN CÓ")
    make_user("ngovanco", (RoleKind.CELL_SECRETARY, known))
    User.objects.filter(username="ngovanco").update(full_name="Ngô Văn Có", search_name="ngo van co")
    closed = make_user("cu", (RoleKind.CELL_SECRETARY, cell_a), is_active=False)
    namesake = make_unit("d", commune)
    make_secretary(namesake, "Người dùng leader")
    make_user("leader", (RoleKind.LEADER, commune))
    make_unit("e", commune)
    Vacancy.objects.create(unit=make_unit("g", commune), post=Post.SECRETARY, started_on=START)
    above = make_unit("dang-bo", commune, kind=Kind.PARTY_ORGANIZATION)
    Position.objects.create(unit=above, post=Post.SECRETARY, member=make_member(cell_a, "Ở Trên"), started_on=START)
    make_secretary(make_unit("khac-a", make_root("khac")), "Người Nơi Khác")
    text = ask().content.decode()
    opening = ask().context["opening"]
    assert {code: (post.name, post.others, post.namesakes) for code, post in opening.posts.items()} == {
        "a": ("Lò Thị Mẫu", (), ()),
        "b": ("Vàng A Thử", (secretary_b.full_name,), ()),
        "d": ("Người dùng leader", (), ("leader",)),
    }
    assert opening.fields["units"].initial == ["a"]
    assert closed.full_name not in text
    assert "6 chi bộ trong phạm vi quản trị; 1 chi bộ có bí thư đã có tài khoản" in text
    assert "Chưa ghi ai là bí thư (1 chi bộ):</strong> Chi bộ e." in text
    assert "Đang khuyết bí thư (1 chi bộ):</strong> Chi bộ g." in text
    assert "Người Nơi Khác" not in text
    assert "Ở Trên" not in text


def test_one_act_opens_all_and_shows_each_code_once(client, ask, cell_a, cell_b):
    make_secretary(cell_a, "Lò Thị Mẫu")
    make_secretary(cell_b, "Lò Thị Mầu")
    response = ask("open", units=["a", "b"])
    text = response.content.decode()
    assert response.headers["Cache-Control"] == UNCACHED
    codes = CODE.findall(text)
    assert len(set(codes)) == 2
    for username, unit, code in zip(("lothimau", "lothimau2"), (cell_a, cell_b), codes, strict=True):
        user = User.objects.get(username=username)
        assert user.must_choose_password
        assert user.check_password(code)
        assert [(role.unit, role.kind) for role in user.roles.all()] == [(unit, RoleKind.CELL_SECRETARY)]
    assert text.count("data:image/svg+xml") == 2
    assert "http://testserver/dang-nhap/" in text
    noted = Access.objects.get(kind=AccessKind.GUARDED)
    assert noted.what == "Mã khởi đầu: mở tài khoản của 2 bí thư chi bộ một lượt"
    again = ask().content.decode()
    assert not CODE.findall(again)
    assert "Đã có phiếu, chưa đặt mật khẩu" in again
    refused = ask("open", units=["a", "b"])
    assert not CODE.findall(refused.content.decode())
    assert "đã có tài khoản" in refused.content.decode()
    assert User.objects.filter(username__startswith="lothimau").count() == 2


def test_printing_anew_makes_new_codes_for_who_has_not_begun(ask, cell_a, cell_b):
    make_secretary(cell_a, "Lò Thị Mẫu")
    make_secretary(cell_b, "Vàng A Thử")
    first, other = CODE.findall(ask("open", units=["a", "b"]).content.decode())
    begun = User.objects.get(username="vangathu")
    user = User.objects.get(username="lothimau")
    (code,) = CODE.findall(ask("print", users=[user.pk]).content.decode())
    user.refresh_from_db()
    assert (user.check_password(first), user.check_password(code)) == (False, True)
    assert begun.check_password(other)
    begun.start_code_expires_at = None
    begun.save()
    for users in ([begun.pk], [user.pk, begun.pk], ["x"], [2**70], []):
        refused = ask("print", users=users)
        assert not CODE.findall(refused.content.decode()), users
        assert "Có lỗi cần sửa" in refused.content.decode()
    user.refresh_from_db()
    assert user.check_password(code)


def test_what_has_changed_since_the_page_was_opened_is_refused_whole(administrator, cell_a, cell_b):
    administrator.proof = "password"
    given = {"keeper": administrator, "now": timezone.now()}
    make_secretary(cell_a, "Lò Thị Mẫu")
    with pytest.raises(Refusal, match="mở lại trang này"):
        actions.open_all(units=[cell_a, cell_b], day=timezone.localdate(), **given)
    assert not User.objects.filter(username="lothimau").exists()
    (card,) = actions.open_all(units=[cell_a], day=timezone.localdate(), **given)
    waits, begun = card.account, make_user("begun", (RoleKind.CELL_SECRETARY, cell_b))
    with pytest.raises(Refusal, match="vừa đặt mật khẩu"):
        actions.print_anew(users=[waits, begun], **given)
    waits.refresh_from_db()
    assert waits.check_password(card.code)


def test_opening_asks_for_a_fresh_sign_in_and_keeps_what_is_ticked(client, ask, cell_a):
    make_secretary(cell_a, "Lò Thị Mẫu")
    session = client.session
    session["proof"] = ["password", (timezone.now() - FRESH * 2).isoformat()]
    session.save()
    text = ask("open", units=["a"]).content.decode()
    assert "Xác nhận lại" in text
    assert '<input type="hidden" name="units" value="a">' in text
    assert not User.objects.filter(username="lothimau").exists()


@pytest.mark.parametrize("person", ["clerk", "leader", "secretary_a", "stranger"])
def test_nobody_else_opens_any(client, request, cell_a, person):
    make_secretary(cell_a, "Lò Thị Mẫu")
    client.force_login(request.getfixturevalue(person))
    before = Role.objects.count()
    for sent in ({"work": "open", "units": ["a"]}, {"work": "print", "users": [1]}):
        response = client.post(reverse("secretary-accounts"), sent)
        assert response.status_code == 403
        assert "Lò Thị Mẫu" not in response.content.decode()
    assert Role.objects.count() == before


def test_a_foreign_cell_and_an_account_that_reaches_out_are_not_to_be_had(ask, cell_a):
    elsewhere = make_unit("khac-a", make_root("khac"))
    make_secretary(elsewhere, "Người Nơi Khác")
    assert not CODE.findall(ask("open", units=["khac-a"]).content.decode())
    both = make_user("both", (RoleKind.CELL_SECRETARY, cell_a), (RoleKind.CELL_SECRETARY, elsewhere))
    User.objects.filter(pk=both.pk).update(start_code_expires_at=timezone.now())
    assert not CODE.findall(ask("print", users=[both.pk]).content.decode())
    assert ask("drop", users=[both.pk]).status_code == 404


def test_user_names_are_what_people_can_type_and_nobody_has(db):
    make_user("LoThiMau")
    names = ["Lò Thị Mẫu", "Lò Thị Mầu", "Đặng Thị Thùy-Dương", "…", "X" * 60]
    assert free_usernames(names) == ["lothimau2", "lothimau3", "dangthithuyduong", "bithu", "x" * 26]


def test_the_page_asks_alike_for_one_cell_and_for_many(client, ask, commune, administrator):
    make_secretary(make_unit("c0", commune), "Lò Thị Mẫu")
    ask()
    with CaptureQueriesContext(connection) as few:
        ask()
    for number in range(1, 6):
        make_secretary(make_unit(f"c{number}", commune), "Lò Thị Mẫu")
    with CaptureQueriesContext(connection) as many:
        ask()
    assert len(few) == len(many)
    assert len(without_account(administrator, timezone.localdate())) == 6
