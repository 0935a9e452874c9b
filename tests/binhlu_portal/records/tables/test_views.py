"""A list as people narrow it: by words without marks, by choices, by columns; the file holds what the screen shows."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from assessments.models import Meeting
from binhlu_portal.audit.models import Access
from members.member_records import actions as member_records
from members.models import Training
from tests.factories import START, make_member
from tests.record_types import DAY

ASKED = {"ngay": "01/03/2026", "tu": "01/07/2025"}
MEMBERS = {"Đèo Thị Hoà": "digital", "Lò Văn Hòa": "defence", "Vàng A Án": "digital", "Lò Thị An": "other"}


@pytest.fixture
def turns(cell_a):
    """Four turns in courses; people sort by given name, then by middle name."""
    for name, program in MEMBERS.items():
        course = {"program": program, "course": f"Lớp của {name}", "level": "commune", "began_on": DAY}
        Training.objects.create(member=make_member(cell_a, name), **course)


@pytest.fixture
def ask(client, clerk, turns):
    """Return the names on the screen and in the file of the courses, for what is asked."""
    client.force_login(clerk)

    def ask(**asked):
        page = client.get(reverse("records", args=["dao-tao"]), ASKED | asked)
        file = client.get(reverse("record-file", args=["dao-tao", "csv"]), ASKED | asked)
        rows = list(csv.reader(StringIO(file.getvalue().decode()), delimiter=";"))
        start = next(index for index, row in enumerate(rows) if row[0] == "Họ và tên")
        return names_on(page), [row[0] for row in rows[start + 1 :]], rows[start], page

    return ask


def names_on(page):
    """Return the names in the rows of a page, in their order."""
    return [row.record["member__full_name"] for row in page.context["table"].page]


def test_people_are_listed_by_given_name(ask):
    shown, exported, _, _ = ask()
    assert shown == exported == ["Vàng A Án", "Lò Thị An", "Đèo Thị Hoà", "Lò Văn Hòa"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hoa", ["Đèo Thị Hoà", "Lò Văn Hòa"]),
        ("HOÀ deo", ["Đèo Thị Hoà"]),
        ("  lo   thi ", ["Lò Thị An"]),
        ("%", []),
        ("không có ai", []),
    ],
)
def test_a_search_finds_every_word_without_marks(ask, words, found):
    shown, exported, _, page = ask(tim=words)
    assert shown == exported == found
    assert page.context["filters"].said == f"Tìm: {words.strip()}"


def test_a_choice_narrows_screen_and_file_alike(ask):
    shown, exported, _, page = ask(program="digital")
    assert shown == exported == ["Vàng A Án", "Đèo Thị Hoà"]
    assert page.context["filters"].said == "Chương trình: Tin học, chuyển đổi số"
    assert "Đang lọc theo Chương trình: Tin học, chuyển đổi số" in page.content.decode()


def test_a_choice_that_is_none_is_said_and_narrows_nothing(ask):
    shown, _, _, page = ask(program="xyz")
    assert len(shown) == 4
    assert "program" in page.context["filters"].form.errors


def test_chosen_columns_are_those_of_screen_and_file(ask):
    _, _, head, page = ask(cot=["lop", "chi-bo"])
    assert head == ["Họ và tên", "Chi bộ", "Lớp"]
    assert [column.header for column in page.context["table"].columns] == head


def test_unknown_columns_and_sortings_fall_back_to_the_usual(ask):
    shown, _, head, page = ask(cot="mat-khau", sap="mat-khau")
    assert len(shown) == 4
    assert len(head) == len(list(page.context["table"].columns)) == 10


def test_a_list_is_sorted_and_cut_into_pages_as_the_address_says(ask, cell_a):
    shown, _, _, _ = ask(sap="-ho-va-ten")
    assert shown == ["Lò Văn Hòa", "Đèo Thị Hoà", "Lò Thị An", "Vàng A Án"]
    for index in range(30):
        member_records.train(
            member=make_member(cell_a, f"Tên {index:02}"), program="other", course="x", level="commune", began_on=DAY
        )
    assert [len(ask(trang=page)[0]) for page in ("1", "2", "99", "x")] == [25, 9, 9, 25]
    assert len(ask(dong="50")[0]) == 34


def test_a_long_list_is_counted_as_far_as_somebody_turns_its_pages(ask, monkeypatch):
    *_, page = ask()
    assert "1–4 trên 4" in page.content.decode()
    monkeypatch.setattr("binhlu_portal.records.tables.tables.MOST_COUNTED", 3)
    *_, page = ask()
    assert (page.context["table"].paginator.count, page.context["table"].paginator.is_cut) == (3, True)
    assert "1–3 trên hơn 3" in page.content.decode()


def test_every_opening_and_every_export_is_noted_with_its_rows(ask, clerk):
    ask(program="digital")
    noted = Access.objects.order_by("pk").values_list("user", "kind", "what", "rows")
    assert list(noted) == [
        (clerk.pk, "opened", "Đào tạo, bồi dưỡng", 2),
        (clerk.pk, "exported", "Đào tạo, bồi dưỡng", 2),
    ]
    assert "program=digital" in Access.objects.first().address


def test_what_happened_outside_the_time_asked_for_is_not_listed(client, clerk, cell_a):
    Meeting.objects.create(unit=cell_a, held_on=DAY, kind="regular", expected=0, present=0)
    client.force_login(clerk)
    for since, as_of, count in (("15/01/2026", "15/01/2026", 1), ("16/01/2026", "01/02/2026", 0)):
        page = client.get(reverse("records", args=["sinh-hoat"]), {"tu": since, "ngay": as_of})
        assert len(page.context["table"].page) == count
    empty = client.get(reverse("records", args=["sinh-hoat"]), {"tu": "01/02/2026", "ngay": "02/02/2026"})
    assert "Không có bản ghi nào" in empty.content.decode()


def test_an_open_end_is_an_empty_cell_of_the_file(client, clerk, cell_a):
    member_records.exempt(member=make_member(cell_a, "Lan"), kind="age_health", day=START)
    client.force_login(clerk)
    asked = ASKED | {"cot": ["tu-ngay", "den-ngay-(khong-con)"]}
    file = client.get(reverse("record-file", args=["mien-sinh-hoat", "csv"]), asked).getvalue().decode()
    assert file.splitlines()[-1] == '"Lan";"01/07/2025";""'


def test_a_form_of_file_that_is_none_is_unknown(client, clerk, cell_a):
    client.force_login(clerk)
    assert client.get("/so/sinh-hoat/xuat.pdf").status_code == 404
