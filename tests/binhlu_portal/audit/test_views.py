"""The pages of the history as people meet them."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.actions import correct
from members.membership import actions as membership
from tests.factories import make_member
from tests.ground import layer

DAY = date(2026, 2, 1)


@layer
def lan(cell_a):
    return make_member(cell_a, "Lò Thị Lan")


@layer
def changed(clerk, lan):
    """The act in which the clerk changed a telephone number."""
    with acting(clerk, "Theo thẻ đảng viên") as act:
        correct(row=lan, phone="0912345678")
    return act


def read(client, user, name, *args, **asked):
    """Return the text of a page."""
    client.force_login(user)
    response = client.get(f"{reverse(name, args=args)}?{urlencode(asked)}")
    assert response.status_code == 200
    return response.content.decode()


def entry_of(row):
    """Return the newest entry about a record."""
    return Entry.objects.filter(table=row._meta.db_table, row=row.pk).first()


def consent(client, name, *args, **typed):
    """Send a form that shows its effect first, twice as people do, and return the last answer."""
    address = reverse(name, args=args)
    token = client.get(address).context["form"]["token"].value()
    shown = client.post(address, typed | {"token": token})
    assert "Chưa lưu" in shown.content.decode(), shown.context["form"].errors
    return client.post(address, typed | {"token": token, "xac_nhan": "1"})


def test_the_history_tells_who_did_what_when_and_why(client, clerk, changed):
    page = read(client, clerk, "history")
    for words in ("Người dùng clerk", "Theo thẻ đảng viên", "Lò Thị Lan", "Điện thoại", "0912345678"):
        assert words in page
    assert f"{timezone.localdate():%d/%m/%Y}" in page


def test_what_was_written_together_is_told_together(client, clerk, cell_a, cell_b, lan):
    with acting(clerk, "Chuyển sinh hoạt") as act:
        membership.transfer(member=lan, to=cell_b, day=DAY)
    page = read(client, clerk, "history")
    assert page.count("Chuyển sinh hoạt") == 1
    together = read(client, clerk, "act", act)
    assert together.count("giai đoạn sinh hoạt") == 2
    assert "Hoàn tác cả lần ghi" in together


def test_a_long_act_is_told_in_part_and_counted(client, clerk, cell_a):
    with acting(clerk, "Nhập danh sách"):
        for index in range(10):
            make_member(cell_a, f"Người {index}")
    page = read(client, clerk, "history")
    assert "còn 16 thay đổi" in page


def test_newest_acts_come_first_and_older_ones_on_the_next_page(client, clerk, lan):
    for index in range(30):
        with acting(clerk, f"lần thứ {index:02}"):
            correct(row=lan, phone=f"09123456{index:02}")
    page = read(client, clerk, "history")
    assert page.index("lần thứ 29") < page.index("lần thứ 28")
    assert "lần thứ 05" in page
    assert "lần thứ 04" not in page
    older = client.get(reverse("history") + page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0])
    assert "lần thứ 04" in older.content.decode()
    assert "lần thứ 05" not in older.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"ai": "nguoi clerk"}, True),
        ({"ai": "secretary"}, False),
        ({"loai": "members_member"}, True),
        ({"loai": "members_spell"}, False),
        ({"don_vi": "xa"}, True),
        ({"don_vi": "a"}, True),
        ({"don_vi": "b"}, False),
        ({"tu": f"{timezone.localdate():%d/%m/%Y}", "den": f"{timezone.localdate():%d/%m/%Y}"}, True),
        ({"tu": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"}, False),
        ({"den": f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"}, False),
        ({"tu": "31/02/2026"}, True),
        ({"loai": "accounts_user"}, True),
        ({"truoc": "0"}, False),
        ({"truoc": "9" * 30}, True),
        ({"truoc": "-1"}, True),
    ],
)
def test_the_history_is_narrowed_by_its_address(client, clerk, cell_b, changed, asked, found):
    assert ("Theo thẻ đảng viên" in read(client, clerk, "history", **asked)) is found


def test_a_reader_of_one_cell_sees_nothing_of_another(client, secretary_b, changed, lan):
    assert "Theo thẻ" not in read(client, secretary_b, "history")
    for name, args in (
        ("act", [changed]),
        ("act-revert", [changed]),
        ("row-history", ["members_member", lan.pk]),
        ("entry-revert", [entry_of(lan).pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_one_record_tells_all_that_happened_to_it(client, secretary_a, clerk, changed, lan):
    page = read(client, secretary_a, "row-history", "members_member", lan.pk)
    assert page.count("history-head") == 2
    assert "Hoàn tác thay đổi này" not in page
    assert "Hoàn tác thay đổi này" in read(client, clerk, "row-history", "members_member", lan.pk)


@pytest.mark.parametrize(("table", "pk"), [("members_member", 0), ("never", 1), ("audit_entry", 1)])
def test_a_record_that_never_was_is_unknown(client, clerk, changed, table, pk):
    client.force_login(clerk)
    assert client.get(reverse("row-history", args=[table, pk])).status_code == 404


def test_one_change_is_taken_back_after_its_effect_was_shown(client, clerk, changed, lan):
    client.force_login(clerk)
    response = consent(client, "entry-revert", entry_of(lan).pk, reason="gõ nhầm")
    assert response.url == reverse("row-history", args=["members_member", lan.pk])
    lan.refresh_from_db()
    assert lan.phone == ""
    assert entry_of(lan).reason.startswith("Hoàn tác lần ghi lúc ")
    assert entry_of(lan).reason.endswith("gõ nhầm")


def test_a_whole_act_is_taken_back(client, clerk, cell_b, lan):
    with acting(clerk, "Chuyển sinh hoạt") as act:
        membership.transfer(member=lan, to=cell_b, day=DAY)
    client.force_login(clerk)
    consent(client, "act-revert", act)
    assert lan.spells.get().is_open


def test_looking_at_the_effect_writes_nothing(client, clerk, changed, lan):
    client.force_login(clerk)
    address = reverse("act-revert", args=[changed])
    token = client.get(address).context["form"]["token"].value()
    client.post(address, {"token": token})
    lan.refresh_from_db()
    assert lan.phone == "0912345678"


def test_what_came_later_is_told_and_kept_when_asked(client, clerk, changed, lan):
    correct(row=lan, phone="0999999999")
    with acting(clerk, "Hai chỗ") as act:
        correct(row=lan, hometown="Bản Mẫu", residence="Bản Mẫu")
    correct(row=lan, hometown="Bản khác")
    client.force_login(clerk)
    address = reverse("act-revert", args=[act])
    page = client.get(address)
    assert "Đã có thay đổi sau đó" in page.content.decode()
    token = page.context["form"]["token"].value()
    refused = client.post(address, {"token": token})
    assert "hoàn tác những lần ghi sau trước" in str(refused.context["form"].errors)
    consent(client, "act-revert", act, keep_later="on")
    lan.refresh_from_db()
    assert (lan.hometown, lan.residence) == ("Bản khác", "")


def test_a_secretary_offers_revert_only_what_was_written_by_the_own_hand(client, secretary_a, changed, lan):
    with acting(secretary_a, "Của tôi") as mine:
        correct(row=lan, phone="0999999999")
    client.force_login(secretary_a)
    assert client.get(reverse("act-revert", args=[changed])).status_code == 404
    consent(client, "act-revert", mine)
    lan.refresh_from_db()
    assert lan.phone == "0912345678"


def test_a_leader_takes_nothing_back(client, leader, changed):
    client.force_login(leader)
    assert "Hoàn tác cả lần ghi" not in client.get(reverse("act", args=[changed])).content.decode()
    assert client.get(reverse("act-revert", args=[changed])).status_code == 404


def test_a_keeper_of_accounts_sees_the_history_of_accounts_only(client, administrator, clerk, changed):
    page = read(client, administrator, "history")
    assert "tài khoản: Người dùng clerk" in page
    assert "Lò Thị Lan" not in page
    assert [code for code, _ in client.get(reverse("history")).context["filter"].fields["loai"].choices] == [
        "",
        "accounts_user",
        "organizations_role",
    ]


def test_the_log_of_access_can_be_narrowed(client, clerk, secretary_a):
    Access.objects.create(
        user=secretary_a, kind=AccessKind.EXPORTED, what="Danh sách đảng viên", address="/", rows=1234
    )
    Access.objects.create(user=clerk, kind=AccessKind.OPENED, what="Sổ kỷ luật", address="/", rows=2)
    page = read(client, clerk, "access-log")
    assert "Danh sách đảng viên" in page
    assert "1.234" in page
    assert "Sổ kỷ luật" not in read(client, clerk, "access-log", viec="exported")
    assert "Danh sách đảng viên" not in read(client, clerk, "access-log", ai="clerk")


def test_the_log_tells_a_keeper_of_accounts_no_names(client, administrator, clerk):
    Access.objects.create(user=clerk, kind=AccessKind.OPENED, what="kỷ luật: Lò Thị Lan", address="/", rows=1)
    page = read(client, administrator, "access-log")
    assert "kỷ luật" in page
    assert "Lan" not in page


@pytest.mark.parametrize("person", ["secretary_a", "leader", "stranger"])
def test_the_log_is_closed_to_others(client, request, commune, person):
    user = request.getfixturevalue(person)
    Access.objects.create(user=user, kind=AccessKind.OPENED, what="Sổ kỷ luật", address="/", rows=2)
    client.force_login(user)
    response = client.get(reverse("access-log"))
    assert response.status_code == 404
    assert "Sổ kỷ luật" not in response.content.decode()


def test_who_reads_the_history_is_noted_too(client, clerk, changed, lan):
    for name, args in (("history", []), ("act", [changed]), ("row-history", ["members_member", lan.pk])):
        read(client, clerk, name, *args)
    noted = list(Access.objects.order_by("pk").values_list("what", flat=True))
    assert noted == ["Lịch sử thay đổi", "Lịch sử: một lần ghi", "Lịch sử đảng viên: Lò Thị Lan"]


@pytest.mark.parametrize("number", [1, 30])
def test_pages_ask_the_database_as_much_for_many_rows_as_for_one(
    client, clerk, secretary_a, cell_a, cell_b, number, django_assert_num_queries
):
    lan = make_member(cell_a)
    for index in range(number):
        with acting(clerk, "Ghi"):
            member = make_member(cell_a, f"Người {index}")
            membership.transfer(member=member, to=cell_b, day=DAY)
            correct(row=lan, phone=f"09123456{index:02}")
        Access.objects.create(user=clerk, kind=AccessKind.OPENED, what="Đảng viên", address="/", rows=1)
    with acting(clerk, "Ghi nhiều") as act:
        for _ in range(number):
            make_member(cell_a)
    client.force_login(clerk)
    pages = {
        ("history",): (9 if number == 1 else 8, "<span>Ghi</span>"),  # with few others, regulations are named there too
        ("row-history", "members_member", lan.pk): (6, "Điện thoại"),
        ("act", act): (8, "<strong>Tạo</strong>"),
        ("access-log",): (5, ">Đảng viên</td>"),
    }
    for (name, *args), (count, words) in pages.items():
        with django_assert_num_queries(count):
            page = client.get(reverse(name, args=args))
        assert page.content.decode().count(words) >= min(number, 20), name
