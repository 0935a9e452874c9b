"""The pages of the import: files in, what they would change, put right, confirmed, taken back; only the own ones."""

import gzip
import re
import uuid
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Access, Entry
from binhlu_portal.audit.revert import revert
from binhlu_portal.db.actions import correct
from binhlu_portal.spreadsheets.importer.three_way_diff import TAKE
from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import progress, upload_form
from binhlu_portal.spreadsheets.jobs.actions import confirm, receive_file, revert_batch, work_on_next
from binhlu_portal.spreadsheets.models import Batch, BatchState, Layout
from members.models import Member
from organizations.models import Role
from tests.binhlu_portal.spreadsheets.books import written
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed, checked, newcomer, upload
from tests.factories import in_letters, make_member
from tests.ground import layer
from tests.proofs import again

BORN, NAME, MARK = "Ngày sinh", "Họ và tên", "Mã dòng"
FILES = "/nhap-excel/"


@layer
def lan(cell_a):
    """A member of cell A."""
    return make_member(cell_a, "Lan")


@pytest.fixture
def signed_in(client, clerk):
    """The browser of the clerk."""
    client.force_login(clerk)
    return client


@layer
def good(clerk, lan):
    """A checked file in which Lan is called Mai."""
    return checked(clerk, changed(written(clerk), (PEOPLE, 2, NAME, "Mai")))


@layer
def bad(clerk, lan):
    """A checked file in which Lan is called Mai, and somebody new was born on no day."""
    return checked(clerk, changed(written(clerk), (PEOPLE, 2, NAME, "Mai"), *newcomer(3, born="32/13/1990")))


def page_of(batch):
    """Return the address of a file's page."""
    return reverse("import", args=[batch.pk])


def text(response):
    """Return a page as its reader sees it."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def send(client, batch, button, **data):
    """Press a button on the page of a file, with what the page holds."""
    seen = {"seen": batch.digest} if button == "ghi" else {}
    return client.post(page_of(batch), {"token": uuid.uuid4(), button: "1"} | seen | data, follow=True)


def bring_in(client, *files, **data):
    """Send files."""
    return client.post(FILES, {"token": uuid.uuid4(), "chosen": files} | data, follow=True)


# --- Bringing files in ---


def test_a_file_leads_to_its_page_and_waits(signed_in, clerk):
    response = bring_in(signed_in, upload(b"x", "ds.xlsx"))
    batch = Batch.objects.get()
    assert response.redirect_chain == [(page_of(batch), 302)]
    assert (batch.user, batch.name, bytes(batch.content), batch.state) == (clerk, "ds.xlsx", b"x", BatchState.TO_CHECK)
    assert "chưa lưu gì" in text(response)


def test_the_list_has_the_newest_first(signed_in):
    for name in ("1.xlsx", "2.csv"):
        bring_in(signed_in, upload(b"x", name))
    response = signed_in.get(FILES)
    assert re.findall(r"\d\.(?:xlsx|csv)(?=</a>)", response.content.decode()) == ["2.csv", "1.xlsx"]


def test_of_several_files_an_empty_one_is_named_and_the_others_are_taken(signed_in):
    response = bring_in(signed_in, upload(b"x", "1.xlsx"), upload(b"", "2.xlsx"), upload(b"y", "3.xlsx"))
    assert sorted(batch.name for batch in Batch.objects.all()) == ["1.xlsx", "3.xlsx"]
    assert "Tệp “2.xlsx” trống" in text(response)
    assert "Tệp “1.xlsx” trống" not in text(response)


def test_a_form_sent_twice_brings_one_file(signed_in):
    token = uuid.uuid4()
    for _ in range(2):
        assert bring_in(signed_in, upload(b"x"), token=token).redirect_chain
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [([], "Chưa chọn tệp nào"), ([b""], "“0.xlsx” trống"), ([b"x" * 11, b""], "“0.xlsx” lớn hơn")],
)
def test_files_that_cannot_be_taken_are_named(signed_in, monkeypatch, files, said):
    monkeypatch.setattr(upload_form, "LARGEST", 10)
    response = bring_in(signed_in, *(upload(content, f"{number}.xlsx") for number, content in enumerate(files)))
    assert said in text(response)
    assert all(f"“{number}.xlsx”" in text(response) for number in range(len(files)))
    assert not Batch.objects.exists()


def test_the_same_file_twice_is_noticed_with_who_and_when(signed_in, clerk, good):
    confirm(batch=good, digest=good.digest)
    work_on_next()
    response = bring_in(signed_in, upload(bytes(good.content), "khac.xlsx"))
    when = timezone.localtime(again(good).written_at).strftime("%H:%M %d/%m/%Y")
    assert f"Người dùng clerk đã lưu tệp “ds.xlsx” cùng nội dung lúc {when}" in text(response)
    assert f"Trùng tệp Người dùng clerk đã lưu lúc {when}" in text(signed_in.get(FILES))


def test_a_name_of_a_file_is_text(signed_in):
    response = bring_in(signed_in, upload(b"x", "<b>x.xlsx"))
    assert "<b>x.xlsx" not in response.content.decode()


# --- Whose files ---


@pytest.mark.parametrize("name", ["import", "import-returned", "import-undo"])
def test_files_of_others_are_unknown(client, secretary_a, bad, name):
    client.force_login(secretary_a)
    assert client.get(reverse(name, args=[bad.pk])).status_code == 404
    assert "ds.xlsx" not in client.get(FILES).content.decode()
    assert client.post(page_of(bad), {"token": uuid.uuid4(), "bo": "1"}).status_code == 404
    assert again(bad).state == BatchState.CHECKED


@pytest.mark.parametrize(
    "name", ["imports", "import", "import-returned", "import-undo", "workbook-empty", "workbook-filled"]
)
def test_who_no_longer_edits_anything_finds_no_page(signed_in, clerk, bad, name):
    Role.objects.filter(user=clerk).delete()
    arguments = [bad.pk] if name.startswith("import-") or name == "import" else []
    assert signed_in.get(reverse(name, args=arguments)).status_code == 404


# --- Waiting ---


@layer
def waiting(clerk):
    """A file that waits."""
    return receive_file(user=clerk, name="ds.xlsx", content=b"x")


def test_a_waiting_page_asks_again_with_and_without_scripts(signed_in, waiting):
    progress.live()
    page = signed_in.get(page_of(waiting)).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert f'id="tien-do" role="status" hx-get="{page_of(waiting)}"' in page
    assert "Đang đọc tệp" in page


def poll(client, batch):
    """Return what a waiting page gets when it asks again."""
    return client.get(page_of(batch), headers={"HX-Request": "true", "HX-Target": "tien-do"})


def test_a_waiting_page_tells_how_far_the_work_is(signed_in, waiting):
    progress.reporter(waiting)(1200, 5700)
    response = poll(signed_in, waiting)
    assert text(response).startswith("Đang kiểm tra: 1.200 trên 5.700 dòng.")
    assert "<html" not in response.content.decode()


def test_a_waiting_page_tells_how_many_files_come_before(signed_in, clerk, waiting):
    progress.live()
    second = receive_file(user=clerk, name="2.xlsx", content=b"x")
    assert "Đang chờ 1 tệp gửi trước" in text(poll(signed_in, second))


@pytest.mark.parametrize("seen", [False, True])
def test_a_waiting_page_says_when_nobody_works(signed_in, waiting, seen, monkeypatch):
    if seen:
        progress.live()
        monkeypatch.setattr(progress, "SILENCE", -10)
    assert "chương trình xử lý tệp trên máy chủ không chạy" in text(poll(signed_in, waiting))


@pytest.mark.parametrize(("name", "wrong"), [("good", False), ("bad", True)])
def test_a_checked_file_with_faults_says_so_on_its_page_and_in_the_list(request, signed_in, name, wrong):
    batch = request.getfixturevalue(name)
    assert [("còn lỗi" in text(signed_in.get(page))) for page in (FILES, page_of(batch))] == [wrong, wrong]


def test_a_file_that_only_asks_has_questions_and_no_faults(signed_in, clerk, cell_a, tmp_path):
    book = Workbook()
    head = ["TT", "Họ và tên", "Chi bộ", "Ngày sinh"]
    people = [[number, name, "Chi bộ Xa", "1980"] for number, name in enumerate(("Lò Thị Mai", "Vàng A Tín"), 1)]
    for row in (head, *people):
        book.active.append(row)
    book.save(tmp_path / "ds.xlsx")
    batch = checked(clerk, (tmp_path / "ds.xlsx").read_bytes())
    page = text(signed_in.get(page_of(batch)))
    assert "Còn 1 câu hỏi, chưa lưu gì." in page
    assert "Câu hỏi cần trả lời" in page
    assert "còn câu hỏi" in page
    assert "lỗi" not in page.lower()
    assert [fault["waits"] for fault in batch.result["faults"]] == [False, True]


def test_a_list_that_cannot_be_read_says_why_however_many_columns_it_has(signed_in, clerk, cell_a, tmp_path):
    book = Workbook()
    book.active.append(["TT", "Tên chi bộ", *(f"Cột dài có tên là {in_letters(number)}" for number in range(60))])
    book.active.append([1, "Chi bộ a", *("x" for _ in range(60))])
    book.save(tmp_path / "ds.xlsx")
    batch = checked(clerk, (tmp_path / "ds.xlsx").read_bytes())
    assert batch.state == BatchState.UNREADABLE
    assert "chưa đủ để đọc thành danh sách" in batch.message


def test_a_waiting_page_opens_anew_when_the_work_is_done(signed_in, good):
    assert poll(signed_in, good).headers["HX-Refresh"] == "true"


# --- What a file would change ---


def test_the_page_tells_counts_and_changes_before_anything_is_written(signed_in, good, lan, cell_a):
    page = text(signed_in.get(page_of(good)))
    assert "Chưa lưu gì" in page
    assert "Đảng viên 0 1 0 0" in page
    assert "Đảng viên, dòng 2 Mai Họ và tên: Lan → Mai" in page
    assert again(lan).full_name == "Lan"


def test_the_page_tells_new_records(signed_in, clerk, cell_a):
    stay = {"Đảng viên": "M1", "Chi bộ": "a", "Từ ngày": "01/07/2025", "Lý do tăng": "Chuyển đến trong tỉnh"}
    stays = [("Quá trình sinh hoạt", 2, heading, value) for heading, value in stay.items()]
    content = changed(written(clerk, filled=False), (PEOPLE, 2, MARK, "M1"), *newcomer(name="Lò Thị Mới"), *stays)
    page = text(signed_in.get(page_of(checked(clerk, content))))
    assert "Đảng viên 1 0 0 0" in page
    assert "Đảng viên, dòng 2 Đảng viên Lò Thị Mới" in page


def test_a_fault_is_told_with_sheet_cell_value_and_what_to_do(signed_in, bad):
    page = signed_in.get(page_of(bad)).content.decode()
    (fault,) = bad.result["faults"]
    assert f'Đảng viên, <span class="nowrap">{"ABCDEFGH"[fault["column"] - 1]}3</span>' in page
    assert 'value="32/13/1990"' in page
    assert "Không có ngày 32/13/1990 trên lịch. Ghi ngày dạng" in page


def test_opening_a_result_is_noted(signed_in, good):
    signed_in.get(page_of(good))
    access = Access.objects.get()
    assert (access.kind, access.what, access.rows) == ("opened", "Kết quả kiểm tra tệp ds.xlsx", 1)


def test_several_faults_of_a_cell_are_one_with_one_place_to_put_it_right(signed_in, bad):
    fault = bad.result["faults"][0]
    Batch.objects.filter(pk=bad.pk).update(result=bad.result | {"faults": [fault, fault | {"message": "Và nữa."}]})
    page = signed_in.get(page_of(bad)).content.decode()
    assert page.count(f'name="o:{fault["place"]}"') == 1
    assert f"{fault['message']} Và nữa." in page


def test_thousands_of_faults_are_all_reached_in_light_pages(signed_in, bad, django_assert_max_num_queries):
    fault = bad.result["faults"][0]
    many = [fault | {"row": row, "place": f"{PEOPLE}!{row}!6"} for row in range(2, 5002)]
    Batch.objects.filter(pk=bad.pk).update(result=bad.result | {"faults": many})
    seen = set()
    with django_assert_max_num_queries(10):
        response = signed_in.get(page_of(bad))
    assert len(gzip.compress(response.content)) < 20_000
    assert "Tệp có 5.000 lỗi" in text(response)
    for number in range(1, 101):
        seen |= set(re.findall(r'name="o:([^"]*)"', signed_in.get(page_of(bad), {"loi": number}).content.decode()))
    assert len(seen) == 5000


@pytest.mark.parametrize("size", [1, 30])
def test_the_statements_of_a_page_do_not_grow_with_its_lines(signed_in, clerk, cell_a, size, django_assert_num_queries):
    for _ in range(2 * size):
        make_member(cell_a)
    rows = range(2, 2 + size)
    wrong = [(PEOPLE, row, BORN, "32/13/1990") for row in rows]
    right = [(PEOPLE, row + size, NAME, "Mai") for row in rows]
    batch = checked(clerk, changed(written(clerk), *wrong, *right))
    assert (batch.result["writes"], len(batch.result["faults"])) == (size, size)
    with django_assert_num_queries(8):
        response = signed_in.get(page_of(batch))
    assert response.content.decode().count('name="o:') == size


@pytest.mark.parametrize("size", [1, 30])
def test_the_statements_of_the_list_do_not_grow_with_its_files(signed_in, clerk, size, django_assert_num_queries):
    for number in range(size):
        receive_file(user=clerk, name=f"{number}.xlsx", content=b"x")
    with django_assert_num_queries(6):
        response = signed_in.get(FILES)
    assert response.content.decode().count(".xlsx</a>") == min(size, 25)


# --- Putting right ---


def test_a_value_put_right_on_screen_is_checked_anew(signed_in, bad):
    (fault,) = bad.result["faults"]
    response = send(signed_in, bad, "kiem_tra", **{f"o:{fault['place']}": "17/05/1990"})
    assert "đang kiểm tra lại" in text(response)
    found = again(bad)
    assert (found.state, found.mends) == (BatchState.TO_CHECK, {fault["place"]: "17/05/1990"})


def test_values_left_as_they_are_and_places_without_a_fault_are_passed_over(signed_in, bad):
    (fault,) = bad.result["faults"]
    typed = {f"o:{fault['place']}": fault["value"], f"o:{PEOPLE}!2!2": "x", "o:y": "x", f"chon:{fault['place']}": "x"}
    send(signed_in, bad, "kiem_tra", **typed)
    found = again(bad)
    assert (found.state, found.mends, found.answers) == (BatchState.TO_CHECK, {}, {})


@pytest.mark.parametrize(("shown", "mends"), [("Mai", {f"{PEOPLE}!2!2": "Mai"}), ("", {})])
def test_what_a_formula_shows_becomes_its_value_when_it_is_left(signed_in, clerk, lan, shown, mends):
    batch = checked(clerk, changed(written(clerk), (PEOPLE, 2, NAME, '="Ma"&"i"')))
    (fault,) = batch.result["faults"]
    Batch.objects.filter(pk=batch.pk).update(result=batch.result | {"faults": [fault | {"value": shown}]})
    send(signed_in, batch, "kiem_tra", **{f"o:{fault['place']}": shown})
    assert (again(batch).state, again(batch).mends) == (BatchState.TO_CHECK, mends)


def test_a_question_is_answered_on_the_page(signed_in, clerk, lan):
    content = changed(written(clerk), (PEOPLE, 2, NAME, "Mai"))
    with acting(clerk):
        correct(row=lan, full_name="Cúc")
    batch = checked(clerk, content)
    (fault,) = batch.result["faults"]
    page = signed_in.get(page_of(batch)).content.decode()
    assert f'type="radio" name="chon:{fault["place"]}" value="{TAKE}"' in page
    assert f'name="o:{fault["place"]}"' not in page
    send(signed_in, batch, "kiem_tra", **{f"chon:{fault['place']}": "never offered"})
    work_on_next()
    assert again(batch).answers == {}
    send(signed_in, batch, "kiem_tra", **{f"chon:{fault['place']}": TAKE})
    work_on_next()
    assert again(batch).result["faults"] == []
    assert again(batch).result["writes"] == 1


SETTINGS = {
    "columns": [
        {"sheet": "s1", "column": 1, "header": "Họ tên", "field": "full_name", "certain": True, "examples": ["Lan"]},
        {"sheet": "s1", "column": 2, "header": "Trình độ", "field": "", "certain": False, "examples": ["12/12"]},
        {"sheet": "s2", "column": 2, "header": "Trình độ", "field": "", "certain": False, "examples": ["ĐH"]},
    ],
    "fields": [["Đảng viên", [["full_name", "Họ và tên"]]], ["Trình độ", [["state.education", "Học vấn"]]]],
    "unit": None,
    "units": [["a", "Chi bộ a"], ["b", "Chi bộ b"]],
    "day": "2026-03-01",
    "way": "transferred_in",
    "ways": [["transferred_in", "Chuyển đến"], ["received_with_unit", "Tiếp nhận"]],
}
STATEMENTS_OF_A_LIST = 7
SAID = {"unit": "b", "day": "15/03/2026", "way": "received_with_unit", "cot-0": "full_name", "cot-1": ""}


@layer
def foreign(bad):
    """A checked file that is a list of an office."""
    Batch.objects.filter(pk=bad.pk).update(result=bad.result | {"settings": SETTINGS})
    return again(bad)


def test_the_page_of_a_foreign_list_shows_how_it_was_read(signed_in, foreign):
    response = signed_in.get(page_of(foreign))
    page = text(response)
    assert "<details open><summary>Ý nghĩa 2 cột" in response.content.decode()
    assert "Họ tên Lan" in page
    assert page.count("Trình độ Cần xem lại 12/12") == 1
    assert response.content.decode().count('<optgroup label="Trình độ">') == 2


def test_columns_of_which_the_portal_is_sure_are_folded(signed_in, foreign):
    columns = [column | {"certain": True} for column in SETTINGS["columns"]]
    sure = foreign.result | {"settings": SETTINGS | {"columns": columns}}
    Batch.objects.filter(pk=foreign.pk).update(result=sure)
    assert "<details><summary>Ý nghĩa 2 cột" in signed_in.get(page_of(foreign)).content.decode()


def test_what_is_said_of_a_whole_list_is_kept(signed_in, foreign):
    send(signed_in, foreign, "kiem_tra", **SAID)
    found = again(foreign)
    assert found.settings == {"unit": "b", "day": "2026-03-15", "way": "received_with_unit"}
    assert not Layout.objects.exists()


def test_what_the_reader_has_found_is_not_said_by_sending_it_back(signed_in, foreign):
    send(signed_in, foreign, "kiem_tra", **SAID | {"unit": "", "day": "01/03/2026", "way": "transferred_in"})
    assert again(foreign).settings == foreign.settings


def test_a_file_comes_without_a_day_until_somebody_says_it(signed_in, clerk):
    bring_in(signed_in, upload(LIST.format("").encode(), "ds.csv"))
    assert Batch.objects.get().settings == {}


LIST = """Họ và tên;Ngày sinh;Giới tính;Dân tộc;Số thẻ
LÒ VĂN MẪU;17/05/80;Nam;Thái;1234567
{}"""


@pytest.mark.parametrize("size", [1, 40])
def test_the_page_of_a_list_shows_what_was_read_of_every_row(signed_in, clerk, cell_a, size, django_assert_num_queries):
    more = "".join(f"Vàng A {in_letters(number)};1990;Nam;Mông;\n" for number in range(100, 99 + size))
    batch = receive_file(user=clerk, name="ds.csv", content=LIST.format(more).encode())
    work_on_next()
    signed_in.get(page_of(batch))
    with django_assert_num_queries(STATEMENTS_OF_A_LIST):
        response = signed_in.get(page_of(batch))
    assert response.content.decode().count('scope="row">Vàng A') == size - 1
    page = text(response)
    assert (
        "Lò Văn Mẫu Tệp: LÒ VĂN MẪU CSV, dòng 2 Thêm mới 17/05/1980 Tệp: 17/05/80 Nam Thái 01234567 Tệp: 1234567"
        in page
    )
    assert "Chi bộ a 01/07/2025 Tiếp nhận cùng tổ chức đảng" in page


def test_the_rows_of_a_long_list_are_paged(signed_in, clerk, cell_a):
    more = "".join(f"Vàng A {in_letters(number)};1990;Nam;Mông;\n" for number in range(100, 170))
    batch = receive_file(user=clerk, name="ds.csv", content=LIST.format(more).encode())
    work_on_next()
    first = text(signed_in.get(page_of(batch)))
    last = f"Vàng A {in_letters(169)} CSV, dòng"
    assert "1–50 trên 71" in first
    assert last not in first
    assert last in text(signed_in.get(page_of(batch), {"doc": 2}))


def test_somebody_shown_as_unchanged_is_noted_as_opened(signed_in, clerk, cell_a):
    make_member(cell_a, "Lò Văn Mẫu", ethnicity="thai", card_number="01234567")
    batch = receive_file(user=clerk, name="ds.csv", content=LIST.format("").encode())
    work_on_next()
    assert "CSV, dòng 2 Không đổi 17/05/1980" in text(signed_in.get(page_of(batch)))
    assert Access.objects.get().rows == 1


def test_another_meaning_of_a_column_is_said_of_all_its_sheets_and_remembered(signed_in, clerk, foreign):
    send(signed_in, foreign, "kiem_tra", **SAID | {"cot-1": "state.education"})
    mapping = {"s1!1": "full_name", "s1!2": "state.education", "s2!2": "state.education"}
    assert again(foreign).settings["mapping"] == mapping
    assert {layout.shape: layout.user for layout in Layout.objects.all()} == {"s1": clerk, "s2": clerk}


@pytest.mark.parametrize(("name", "value"), [("unit", "c"), ("day", "32/1/2026"), ("way", "x"), ("cot-1", "x")])
def test_what_was_not_offered_is_refused_at_its_field(signed_in, foreign, name, value):
    typed = {f"o:{foreign.result['faults'][0]['place']}": "17/05/1990"}
    response = send(signed_in, foreign, "kiem_tra", **SAID | typed | {name: value})
    page = response.content.decode()
    assert f'href="#kiem_tra-{name}"' in page
    assert 'value="17/05/1990"' in page
    assert again(foreign).state == BatchState.CHECKED


# --- Confirming and giving up ---


def test_what_was_confirmed_is_written_by_the_worker(signed_in, good, lan):
    assert "đang lưu" in text(send(signed_in, good, "ghi"))
    work_on_next()
    page = signed_in.get(page_of(good))
    assert "Đã lưu 1 hồ sơ" in text(page)
    assert again(lan).full_name == "Mai"
    assert signed_in.get(reverse("act", args=[again(good).act])).status_code == 200
    assert reverse("act", args=[again(good).act]) in page.content.decode()


def test_rows_with_errors_are_left_out_only_when_that_is_chosen(signed_in, bad, lan):
    page = text(signed_in.get(page_of(bad)))
    assert "Chỉ lưu các dòng đúng, để lại 1 dòng có lỗi" in page
    assert "Tệp còn lỗi" in text(send(signed_in, bad, "ghi"))
    assert again(bad).state == BatchState.CHECKED
    send(signed_in, bad, "ghi", partly="on")
    work_on_next()
    assert again(bad).state == BatchState.WRITTEN
    assert [member.full_name for member in Member.objects.all()] == ["Mai"]
    assert "các dòng có lỗi dưới đây chưa lưu" in text(signed_in.get(page_of(bad)))


def test_a_check_the_sender_has_not_seen_is_not_confirmed(signed_in, good):
    assert "kiểm tra lại sau khi mở trang" in text(send(signed_in, good, "ghi", seen="older"))
    assert again(good).state == BatchState.CHECKED


def test_confirming_twice_is_confirming_once(signed_in, good):
    token = uuid.uuid4()
    for _ in range(2):
        response = send(signed_in, good, "ghi", token=token)
        assert "Lúc này chưa làm được" not in text(response)
    assert again(good).state == BatchState.TO_WRITE


def test_a_page_that_is_out_of_date_says_so(signed_in, good):
    confirm(batch=good, digest=good.digest)
    assert "Lúc này chưa làm được" in text(send(signed_in, good, "bo"))
    assert again(good).state == BatchState.TO_WRITE


def test_a_file_given_up_offers_nothing_more(signed_in, good):
    assert "Tệp này đã bỏ" in text(send(signed_in, good, "bo"))
    page = signed_in.get(page_of(good)).content.decode()
    assert not [name for name in ("kiem_tra", "ghi", "bo") if f'name="{name}"' in page]


def test_a_question_with_many_answers_is_a_list_and_each_tells_whose_row_it_is(signed_in, bad):
    [fault] = bad.result["faults"]
    options = {f"{number}": f"Chi bộ {number}" for number in range(11)}
    asked = fault | {"message": "Chi bộ nào?", "options": options, "who": "Lò Thị Mới, 1990"}
    Batch.objects.filter(pk=bad.pk).update(result=bad.result | {"faults": [asked]})
    response = signed_in.get(page_of(bad))
    assert f'<select name="chon:{fault["place"]}"' in response.content.decode()
    assert "Lò Thị Mới, 1990" in text(response)
    assert "Tệp ghi: 32/13/1990 Chọn một Chi bộ 0" in text(response)


def test_a_file_without_changes_offers_nothing_to_write(signed_in, clerk, lan):
    page = signed_in.get(page_of(checked(clerk, written(clerk))))
    assert "không có gì phải lưu" in text(page)
    assert 'name="ghi"' not in page.content.decode()


def test_a_file_that_was_not_read_wholly_is_never_called_the_same(signed_in, clerk, lan):
    batch = checked(clerk, written(clerk))
    for state in (BatchState.CHECKED, BatchState.WRITTEN):
        more = {"result": batch.result | {"unread": ["Chưa đọc Huy hiệu Đảng."]}, "state": state}
        Batch.objects.filter(pk=batch.pk).update(
            **more | ({"act": uuid.uuid4()} if state == BatchState.WRITTEN else {})
        )
        said = text(signed_in.get(page_of(batch)))
        assert "Chưa đọc hết tệp, không lưu gì. Chưa đọc Huy hiệu Đảng." in said
        assert "đúng như trong tệp" not in said


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again(signed_in, clerk):
    batch = checked(clerk, b"%PDF-1.7")
    page = signed_in.get(page_of(batch))
    assert batch.message in text(page)
    send(signed_in, batch, "kiem_tra")
    assert again(batch).state == BatchState.TO_CHECK


# --- Taking back ---


def test_a_file_is_taken_back_after_its_effect_was_shown(signed_in, good, lan):
    confirm(batch=good, digest=good.digest)
    work_on_next()
    address = reverse("import-undo", args=[good.pk])
    assert address in signed_in.get(page_of(good)).content.decode()
    token = uuid.uuid4()
    assert "Chưa lưu" in text(signed_in.post(address, {"token": token}))
    assert again(lan).full_name == "Mai"
    response = signed_in.post(address, {"token": token, "xac_nhan": "1"}, follow=True)
    assert (again(lan).full_name, again(good).state) == ("Lan", BatchState.REVERTED)
    assert "Đã hoàn tác" in text(response)
    assert signed_in.get(address).status_code == 404


def test_taking_back_says_what_was_edited_later(signed_in, clerk, good, lan):
    confirm(batch=good, digest=good.digest)
    work_on_next()
    with acting(clerk):
        correct(row=again(lan), full_name="Cúc")
    address = reverse("import-undo", args=[good.pk])
    page = text(signed_in.get(address))
    assert "Đã có thay đổi sau đó" in page
    assert "Mai → Cúc" in page
    signed_in.post(address, {"token": uuid.uuid4(), "xac_nhan": "1"})
    assert again(good).state == BatchState.WRITTEN


def test_after_taking_back_the_page_says_what_was_kept_and_speaks_of_the_past(signed_in, clerk, good, lan, cell_a):
    confirm(batch=good, digest=good.digest)
    work_on_next()
    revert_batch(user=None, batch=good)
    kept = [
        ["đảng viên", "Cúc", [["họ và tên", "Cúc"]], Entry.objects.filter(table="members_member", row=lan.pk).last().pk]
    ]
    Batch.objects.filter(pk=good.pk).update(result=good.result | {"kept": kept})
    page = text(signed_in.get(page_of(good)))
    assert "Giữ nguyên Đảng viên: Cúc (họ và tên: Cúc)" in page
    assert "Lúc lưu đã thay đổi" in page
    assert "Đã thay đổi" not in page


def test_a_file_taken_back_in_the_history_is_not_said_to_be_written(signed_in, clerk, good, django_assert_num_queries):
    confirm(batch=good, digest=good.digest)
    work_on_next()
    with acting(clerk):
        revert(user=None, entries=Entry.objects.filter(act=again(good).act))
    with django_assert_num_queries(11):
        response = signed_in.get(page_of(good))
    assert "Đã ghi" not in text(response)
    assert "Đã hoàn tác" in text(response)
    assert reverse("import-undo", args=[good.pk]) not in response.content.decode()


# --- Files out ---


def test_the_returned_file_is_noted(signed_in, bad):
    response = signed_in.get(reverse("import-returned", args=[bad.pk]))
    content = b"".join(response.streaming_content)
    assert response.headers["Content-Disposition"] == 'attachment; filename="ds-loi.xlsx"'
    assert load_workbook(BytesIO(content))[PEOPLE]["F3"].comment
    access = Access.objects.get()
    assert (access.kind, access.what) == ("exported", "Tệp có đánh dấu lỗi: ds.xlsx")
    assert access.rows > 0


def test_without_faults_no_file_is_returned(signed_in, good, waiting):
    for batch in (good, waiting):
        assert signed_in.get(reverse("import-returned", args=[batch.pk])).status_code == 404
    assert not Access.objects.exists()


def people_in(response):
    """Return the names of the people in a workbook."""
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content)))[PEOPLE]
    return {row[1] for row in sheet.iter_rows(2, values_only=True)} - {None}


def test_a_filled_workbook_holds_the_unit_of_the_moment_and_is_noted(signed_in, lan, cell_b):
    make_member(cell_b, "Bình")
    assert people_in(signed_in.get(reverse("workbook-filled"), {"don_vi": "b"})) == {"Bình"}
    access = Access.objects.get()
    assert (access.kind, access.what) == ("exported", "Tệp dữ liệu để sửa: Chi bộ b")
    assert access.rows > 0
    assert people_in(signed_in.get(reverse("workbook-filled"), {"don_vi": "xa"})) == {"Bình", "Lan"}


def test_a_secretary_gets_the_own_cell(client, secretary_a, lan, cell_b):
    make_member(cell_b, "Bình")
    client.force_login(secretary_a)
    assert people_in(client.get(reverse("workbook-filled"))) == {"Lan"}


def test_an_empty_workbook_is_no_export_of_people(signed_in, lan):
    assert people_in(signed_in.get(reverse("workbook-empty"))) == set()
    assert not Access.objects.exists()


def test_a_page_changes_nothing_by_being_opened(signed_in, good):
    entries = Entry.objects.count()
    signed_in.get(page_of(good))
    assert (again(good).state, Entry.objects.count()) == (BatchState.CHECKED, entries)
    assert jobs.work_on_next() is None
