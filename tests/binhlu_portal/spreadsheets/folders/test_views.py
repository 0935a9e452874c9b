"""The page of files sent together: brought in as files, a folder or a package; asked, saved, taken back at once."""

import re
import uuid

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.spreadsheets.jobs import progress, upload_form
from binhlu_portal.spreadsheets.jobs.actions import forget_files
from binhlu_portal.spreadsheets.jobs.visibility import OUT_OF_SCOPE
from binhlu_portal.spreadsheets.models import Batch, BatchState, Folder
from members.models import Member
from organizations.models import Role
from tests.binhlu_portal.spreadsheets.files import upload
from tests.binhlu_portal.spreadsheets.folders.lists import DOUBTFUL, HEAD, a_list, checked, received, worked
from tests.binhlu_portal.spreadsheets.hostile import packed
from tests.ground import layer

UNKNOWN = "CB Bản Nà Hoa"
FIRST, SECOND = a_list("Lò Văn Một", "Lò Văn Hai"), a_list("Lò Văn Ba")
FILES = "/nhap-excel/"


@pytest.fixture
def signed_in(client, clerk):
    """The browser of the clerk."""
    client.force_login(clerk)
    return client


@layer
def asking(clerk, cell_a, cell_b):
    """A folder of two files that ask about one unknown cell, and of one that asks nothing."""
    return checked(clerk, a_list("Lò Văn Bốn", cell=UNKNOWN), FIRST, a_list(("Lò Văn Năm", "1/2/1960"), cell=UNKNOWN))


def page_of(folder):
    """Return the address of a folder's page."""
    return reverse("folder", args=[folder.pk])


def text(response):
    """Return a page as its reader sees it."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def fields(response):
    """Return the names and values of the hidden fields of a page, and the names of its radio buttons."""
    page = response.content.decode()
    return dict(re.findall(r'type="hidden" name="(seen)" value="([^"]*)"', page)), set(
        re.findall(r'name="(chon:[^"]*)"', page)
    )


def bring_in(client, **files):
    """Send files."""
    return client.post(FILES, {"token": uuid.uuid4()} | files, follow=True)


def send(client, folder, button, **data):
    """Press a button on the page of a folder, with what the page holds."""
    seen = fields(client.get(page_of(folder)))[0] if button == "ghi" else {}
    return client.post(page_of(folder), {"token": uuid.uuid4(), button: "1"} | seen | data, follow=True)


def states(folder):
    """Return how far the files of a folder are, in their order."""
    return [*folder.batches.order_by("pk").values_list("state", flat=True)]


# --- Bringing in ---


def test_several_files_lead_to_one_page(signed_in, clerk):
    response = bring_in(signed_in, chosen=[upload(b"x", "1.xlsx"), upload(b"y", "2.csv")])
    folder = Folder.objects.get()
    assert response.redirect_chain == [(page_of(folder), 302)]
    assert (folder.user, folder.name) == (clerk, "2 tệp: 1.xlsx, …")
    assert set(Batch.objects.values_list("user", "folder", "state")) == {(clerk.pk, folder.pk, BatchState.TO_CHECK)}


def test_a_package_is_a_folder_of_its_lists_and_the_rest_is_named(signed_in):
    parts = {"ds/1.xlsx": b"x", "ds/2.csv": b"y", "ds/a.pdf": b"%PDF", "ds/b.zip": packed({"3.xlsx": "x"})}
    response = bring_in(signed_in, chosen=[upload(packed(parts), "Danh sách.ZIP")])
    folder = Folder.objects.get()
    assert (folder.name, {each.name: bytes(each.content) for each in folder.batches.all()}) == (
        "Danh sách.ZIP",
        {"1.xlsx": b"x", "2.csv": b"y"},
    )
    assert "Để lại 2 tệp không phải danh sách: “a.pdf”, “b.zip”." in text(response)


def test_a_whole_folder_is_taken_without_what_is_no_list(signed_in):
    files = ["1.xlsx", "2.XLS", "anh.jpg", ".DS_Store", "~$1.xlsx", "Thumbs.db"]
    response = bring_in(signed_in, folder=[upload(b"x", name) for name in files])
    assert sorted(batch.name for batch in Folder.objects.get().batches.all()) == ["1.xlsx", "2.XLS"]
    assert "Để lại 1 tệp không phải danh sách: “anh.jpg”." in text(response)


@pytest.mark.parametrize("lists", [1, 2])
def test_what_was_left_out_stays_told_however_often_the_page_is_opened(signed_in, lists):
    files = [f"{number}.xlsx" for number in range(lists)] + ["Nghị quyết.docx"]
    bring_in(signed_in, folder=[upload(b"x", name) for name in files])
    for _ in range(3):
        page = text(signed_in.get(reverse("folder", args=[Folder.objects.get().pk])))
        assert "Để lại 1 tệp không phải danh sách: “Nghị quyết.docx”." in page


def test_a_package_of_one_list_is_a_file(signed_in):
    response = bring_in(signed_in, chosen=[upload(packed({"1.xlsx": b"x"}), "ds.zip")])
    assert response.redirect_chain == [(reverse("import", args=[Batch.objects.get().pk]), 302)]
    assert not Folder.objects.exists()


def test_of_several_files_one_that_cannot_be_taken_is_named(signed_in):
    broken, empty = upload(b"PK\x03\x04", "hong.zip"), upload(b"", "trong.xlsx")
    response = bring_in(signed_in, chosen=[upload(b"x", "1.xlsx"), broken, empty, upload(b"y", "2.xlsx")])
    assert sorted(batch.name for batch in Folder.objects.get().batches.all()) == ["1.xlsx", "2.xlsx"]
    assert "“hong.zip”: Tệp nén bị hỏng" in text(response)
    assert "Tệp “trong.xlsx” trống" in text(response)


@pytest.mark.parametrize(
    ("parts", "said"),
    [({"a.txt": "x"}, "không phải danh sách: “a.txt”"), ({"../a.xlsx": "x"}, "nén bất thường nên không mở")],
)
def test_a_package_of_which_nothing_can_be_taken_is_refused(signed_in, parts, said):
    assert said in text(bring_in(signed_in, chosen=[upload(packed(parts), "ds.zip")]))
    assert not Batch.objects.exists()


def test_too_many_files_are_refused_whole(signed_in, monkeypatch):
    monkeypatch.setattr(upload_form, "MOST_FILES", 1)
    assert "tối đa 1 tệp" in text(bring_in(signed_in, chosen=[upload(b"x", "1.xlsx"), upload(b"y", "2.xlsx")]))
    assert not Batch.objects.exists()


def test_of_many_packages_some_are_opened(signed_in, monkeypatch):
    monkeypatch.setattr(upload_form, "MOST_PACKAGES", 2)
    packages = [upload(packed({f"{number}.csv": b"x"}), f"{number}.zip") for number in range(3)]
    assert "“2.zip”: mỗi lần chỉ mở" in text(bring_in(signed_in, chosen=packages))
    assert sorted(batch.name for batch in Batch.objects.all()) == ["0.csv", "1.csv"]


# --- The page ---


def test_a_waiting_page_asks_again_until_all_are_checked(signed_in, clerk, cell_a):
    folder = received(clerk, FIRST, SECOND)
    headers = {"HX-Target": "tien-do"}
    assert "chương trình xử lý tệp trên máy chủ không chạy" in text(signed_in.get(page_of(folder)))
    progress.live()
    assert 'hx-trigger="every 2s"' in signed_in.get(page_of(folder)).content.decode()
    assert "còn 2 trên 2 tệp" in text(signed_in.get(page_of(folder), headers=headers))
    worked()
    assert signed_in.get(page_of(folder), headers=headers).headers["HX-Refresh"] == "true"
    assert "2 tệp sẵn sàng, chưa lưu." in text(signed_in.get(page_of(folder)))


def test_the_page_adds_up_what_the_files_would_change(signed_in, asking):
    page = text(signed_in.get(page_of(asking)))
    assert "1 tệp sẵn sàng, chưa lưu. 2 tệp còn câu hỏi hoặc lỗi" in page
    assert "Cộng 4 0 0 2 0" in page


def test_alike_questions_are_asked_once_and_answered_for_all_files(signed_in, asking, cell_b):
    _, (name,) = fields(signed_in.get(page_of(asking)))
    send(signed_in, asking, "kiem_tra", **{name: str(cell_b.pk), "day": "01/03/2026", "way": "transferred_in"})
    assert states(asking) == [BatchState.TO_CHECK, BatchState.CHECKED, BatchState.TO_CHECK]
    worked()
    send(signed_in, asking, "ghi")
    worked()
    assert states(asking) == [BatchState.WRITTEN] * 3
    assert Member.objects.filter(spells__unit=cell_b).count() == 2


def test_questions_about_other_values_are_asked_apart(signed_in, clerk, cell_a, cell_b):
    folder = checked(clerk, a_list("Lò Văn Một", cell=UNKNOWN), a_list("Lò Văn Hai", cell="CB Bản Khác"))
    assert len(fields(signed_in.get(page_of(folder)))[1]) == 2


def test_a_doubt_about_two_people_is_asked_of_each(signed_in, clerk, cell_a):
    folder = checked(clerk, a_list(("Lò Văn Một", "1/1/2019")), a_list(("Lò Văn Hai", "1/1/2019")))
    assert len(fields(signed_in.get(page_of(folder)))[1]) == 2


def test_a_heading_is_given_its_meaning_once_for_all_files_and_for_later_ones(signed_in, clerk, cell_a):
    lists = [a_list(name, head=DOUBTFUL, more=["Bản Mẫu"]) for name in ("Lò Văn Một", "Lò Văn Hai")]
    folder = checked(clerk, *lists, SECOND)
    page = signed_in.get(page_of(folder)).content.decode()
    assert re.findall(r'<select name="(cot-\d+)"', page) == ["cot-0"]
    send(signed_in, folder, "kiem_tra", **{"cot-0": "hometown", "day": "01/03/2026", "way": "transferred_in"})
    assert states(folder) == [BatchState.TO_CHECK, BatchState.TO_CHECK, BatchState.CHECKED]
    worked()
    assert 'name="cot-0"' not in signed_in.get(page_of(folder)).content.decode()
    send(signed_in, folder, "ghi")
    worked()
    assert Member.objects.filter(hometown="Bản Mẫu").count() == 2
    later = checked(clerk, a_list("Lò Văn Bốn", head=DOUBTFUL, more=["Bản Mẫu"]))
    assert 'name="cot-0"' not in signed_in.get(page_of(later)).content.decode()


def test_dates_of_which_nothing_tells_the_order_are_turned_for_all_files_at_once(signed_in, clerk, cell_a):
    lists = [
        a_list(("Lò Văn Một", "5/12/1960")),
        a_list(("Lò Văn Hai", "6/11/1960")),
        a_list(("Lò Văn Ba", "13/5/1960")),
    ]
    folder = checked(clerk, *lists)
    page = signed_in.get(page_of(folder))
    assert re.findall(r'<select name="(thu-tu-\d+)"', page.content.decode()) == ["thu-tu-0"]
    assert "đọc là ngày/tháng" in text(page).lower()
    send(signed_in, folder, "kiem_tra", **{"thu-tu-0": "thang", "day": "01/03/2026", "way": "received_with_unit"})
    worked()
    assert "đọc là tháng/ngày" in text(signed_in.get(page_of(folder))).lower()
    send(signed_in, folder, "ghi")
    worked()
    born = Member.objects.order_by("full_name").values_list("full_name", "born_on")
    assert [f"{name} {day}" for name, day in born] == [
        "Lò Văn Ba 13/05/1960",
        "Lò Văn Hai 11/06/1960",
        "Lò Văn Một 12/05/1960",
    ]


def test_a_day_said_once_holds_for_all_lists(signed_in, clerk, cell_a):
    folder = checked(clerk, FIRST, SECOND)
    send(signed_in, folder, "kiem_tra", day="01/02/2026", way="transferred_in")
    worked()
    assert {batch.settings["day"] for batch in folder.batches.all()} == {"2026-02-01"}


def test_a_file_without_rows_to_save_says_so(signed_in, clerk, cell_a):
    folder = checked(clerk, FIRST)
    send(signed_in, folder, "ghi")
    worked()
    again = checked(clerk, FIRST, SECOND)
    page = text(signed_in.get(page_of(again)))
    assert "Đã đúng, không phải lưu" in page
    assert "Trùng tệp" in page
    assert "1 tệp sẵn sàng" in page


def test_a_list_of_which_something_was_not_read_is_not_called_right(signed_in, clerk, cell_a):
    send(signed_in, checked(clerk, FIRST), "ghi")
    worked()
    head = [*HEAD, "Hình thức kỷ luật"]
    again = checked(clerk, a_list("Lò Văn Một", head=head, more=["Khiển trách"]))
    page = text(signed_in.get(page_of(again)))
    assert "Chưa đọc hết, không lưu gì" in page
    assert "Chưa đọc Kỷ luật" in page
    assert "Đã đúng, không phải lưu" not in page


def test_all_is_taken_back_after_a_look(signed_in, clerk, cell_a):
    folder = checked(clerk, FIRST, SECOND)
    send(signed_in, folder, "ghi")
    worked()
    address = reverse("folder-undo", args=[folder.pk])
    assert address in signed_in.get(page_of(folder)).content.decode()
    response = signed_in.post(address, {"token": uuid.uuid4(), "xac_nhan": "1"}, follow=True)
    assert response.redirect_chain == [(page_of(folder), 302)]
    assert states(folder) == [BatchState.REVERTED] * 2
    assert "Đã hoàn tác 2 tệp" in text(response)
    assert not Member.objects.exists()


def test_what_is_not_saved_is_given_up_at_once(signed_in, asking):
    send(signed_in, asking, "bo")
    assert states(asking) == [BatchState.CANCELLED] * 3


@pytest.mark.parametrize("name", ["folder", "folder-undo"])
def test_folders_of_others_are_unknown(client, secretary_a, asking, name):
    client.force_login(secretary_a)
    address = reverse(name, args=[asking.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"token": uuid.uuid4(), "bo": "1"}).status_code == 404
    assert BatchState.CANCELLED not in states(asking)


def test_questions_of_units_that_were_lost_are_asked_no_more(client, secretary_a, cell_a, cell_b):
    folder = checked(secretary_a, a_list(("Lò Văn Một", "1/1/2019")))
    client.force_login(secretary_a)
    assert len(fields(client.get(page_of(folder)))[1]) == 1
    Role.objects.filter(user=secretary_a).update(unit=cell_b)
    page = client.get(page_of(folder))
    assert OUT_OF_SCOPE in text(page)
    assert not fields(page)[1]


def test_who_is_asked_about_is_noted(signed_in, clerk, cell_a):
    folder = checked(clerk, a_list(("Lò Văn Một", "1/1/2019")), SECOND)
    signed_in.get(page_of(folder))
    noted = Access.objects.get(kind=AccessKind.OPENED)
    assert (noted.what, noted.rows) == ("Câu hỏi của nhóm tệp ds.zip", 1)


def test_forgotten_files_ask_nothing(signed_in, asking):
    forget_files(before=asking.at.date().replace(year=asking.at.year + 1))
    page = signed_in.get(page_of(asking))
    assert fields(page) == ({}, set())
    assert states(asking) == [BatchState.CANCELLED] * 3


def test_the_list_of_files_has_one_line_for_a_folder(signed_in, clerk, asking):
    page = signed_in.get(FILES)
    assert page.content.decode().count(page_of(asking)) == 1
    assert "1.xlsx" not in text(page)
    assert "Đã kiểm tra, chờ xác nhận: 3 tệp" in text(page)


@pytest.mark.parametrize("size", [1, 30])
def test_the_statements_do_not_grow_with_the_files(signed_in, clerk, cell_a, size, django_assert_num_queries):
    folder = checked(clerk, a_list(("Lò Văn Một", "1/1/2019"), head=DOUBTFUL, more=["x"]))
    (batch,) = folder.batches.all()
    for number in range(1, size):
        batch.pk, batch.name, batch._state.adding = None, f"{number}.xlsx", True
        batch.save()
    with django_assert_num_queries(7):
        page = signed_in.get(page_of(folder))
    assert f"{size} dòng" in text(page)
    with django_assert_num_queries(7):
        signed_in.get(FILES)
