"""The page on which a report is held against the records, the template and the result as a file."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from binhlu_portal.audit.models import Access
from reports.figures import registry
from reports.reconciliation.printed_report import LABELS
from tests.factories import make_member

ASKED = {"don_vi": "xa", "ngay": "01/03/2026", "tu": "01/07/2025"}
HEAVIEST = 60_000


@pytest.fixture
def send(client, clerk, cell_a):
    """Return what sends figures to the page, to be found in July: two women, one man; in October one more."""
    for gender in ("female", "female", "male"):
        make_member(cell_a, gender=gender)
    make_member(cell_a, day=date(2025, 10, 1))
    client.force_login(clerk)

    def sent(lines="", *, name="reconciliation", args=(), asked=ASKED, **files):
        address = reverse(name, args=args, query=asked)
        return client.post(address, {"lines": lines, **files})

    return sent


def text(response):
    return response.content.decode().replace("\xa0", " ")


def test_the_page_says_what_to_bring_and_stores_nothing(client, clerk):
    client.force_login(clerk)
    shown = text(client.get(reverse("reconciliation")))
    assert "Tệp số liệu đã in" in shown and "Không có gì được lưu lại" in shown
    assert "Kết quả" not in shown


def test_findings_are_shown_differences_first_each_with_its_list(send):
    shown = text(send("members.female; 2; 50\nmembers.total; 3\nmembers.total; 9"))
    impossible, dated = shown.index("hồ sơ có số 9"), shown.index("số đã in là của các ngày 01/07/2025 – 30/09/2025")
    assert impossible < dated < shown.index("Các số khớp với hồ sơ")
    assert 'href="/so-lieu/members.total/?don_vi=xa&amp;ngay=01/03/2026&amp;tu=01/07/2025"' in shown
    assert 'href="/so-lieu/members.total/?don_vi=xa&amp;ngay=30/09/2025&amp;tu=01/07/2025&amp;nam=2025"' in shown


def test_every_list_that_is_led_to_opens(client, send):
    shown = send("members.total; 3\nmembers.total; 9\nmembers.total; 4; ; a; 31/12/2025; 01/12/2025; 2025").content
    links = {part.split('"')[0] for part in shown.decode().split('href="')[1:] if part.startswith("/so-lieu/")}
    assert len(links) == 3
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_the_lines_stay_to_be_put_right(send):
    file = SimpleUploadedFile("da-in.csv", "Mã;Giá trị;Tỷ lệ\nmembers.female;2;50\n".encode())
    assert "members.female; 2; 50</textarea>" in text(send(file=file))


def test_a_typed_line_that_cannot_be_read_is_told_and_stays_to_be_put_right(send):
    shown = text(send("members.female; 2; 50\nmembers.total\t4\nđảng viên nữ 382"))
    assert "Dòng 3: “đảng viên nữ 382” chưa có giá trị hoặc tỷ lệ" in shown
    assert "members.female; 2; 50" in shown.split("<textarea")[1]
    assert "Kết quả" not in shown
    shown = text(send("members.female; 2; 50\nmembers.total\t4"))
    assert "members.female; 2; 50" in shown.split("<textarea")[1]
    assert "members.total; 4" in shown.split("<textarea")[1]


def test_another_day_is_offered_where_many_figures_are_of_it(send):
    shown = text(send("members.total; 3\nmembers.male; 1\nmembers.female; 2; 66,7"))
    assert "3 số khác hồ sơ cùng đúng vào ngày 01/07/2025" in shown
    assert 'formaction="/doi-chieu/?don_vi=xa&amp;ngay=01/07/2025&amp;tu=01/07/2025&amp;nam=2025"' in shown


def test_every_fault_of_a_file_is_said_at_once_at_the_file(send):
    file = SimpleUploadedFile("da-in.csv", "Mã;Giá trị\nmembers.totl;2\nmembers.total;hai\n".encode())
    shown = text(send(file=file))
    assert "Dòng 2: không có số liệu nào mã hoặc tên “members.totl”" in shown
    assert "Dòng 3: giá trị “hai” không phải là số nguyên" in shown
    assert shown.count('<a href="#id_file">') == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("da-in.csv", b"x" * (1024 * 1024 + 1), "Tệp lớn hơn 1 MB"),
        ("da-in.xlsx", b"PK\x03\x04 broken", "Tệp bị hỏng"),
        ("da-in.csv", b"\n", "Chưa có số liệu nào"),
    ],
    ids=["large", "broken", "empty"],
)
def test_a_file_that_cannot_be_read_is_refused(send, name, content, sentence):
    assert sentence in text(send(file=SimpleUploadedFile(name, content)))


def test_sending_nothing_is_told(send):
    assert "Chưa có số liệu nào để đối chiếu" in text(send())


def test_a_foreign_unit_is_unknown(client, send, secretary_a, cell_b):
    client.force_login(secretary_a)
    for unit in ("b", "xa"):
        assert send("members.total; 3", asked={"don_vi": unit}).status_code == 404
    own = {"don_vi": "a", "ngay": "01/03/2026"}
    assert "không có tổ chức đảng nào mã “b”" in text(send("members.total; 3; ; b", asked=own))
    assert send("members.total; 4", asked=own).status_code == 200


@pytest.mark.parametrize("person", ["administrator", "stranger"])
def test_who_reads_no_records_compares_nothing(client, request, send, person):
    client.force_login(request.getfixturevalue(person))
    response = send("members.total; 4")
    assert response.status_code == 403
    assert "Tổng số đảng viên" not in text(response)
    assert send("members.total; 4", name="reconciliation-file", args=["xlsx"]).status_code == 403
    assert client.get(reverse("reconciliation-template")).status_code == 404


def test_the_result_is_a_workbook_in_which_nothing_computes(send):
    response = send("members.female; 2; 33,33\nmembers.total; 3", name="reconciliation-file", args=["xlsx"])
    sheet = load_workbook(io.BytesIO(b"".join(response))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(index for index, row in enumerate(rows) if row[0] == "Kết luận")
    assert [row[:3] for row in rows[head + 1 :]] == [
        ["Không khớp ngày nào", "members.female", "Đảng viên nữ"],
        ["Số của ngày khác", "members.total", "Tổng số đảng viên"],
    ]
    assert rows[head + 1][5:11] == [2, "33,33\N{NO-BREAK SPACE}%", 2, 4, 50, 50]
    assert not Access.objects.exists()  # figures name nobody


def test_the_result_of_faulty_lines_is_the_page_with_the_faults(send):
    assert "Có lỗi cần sửa" in text(send("x; 1", name="reconciliation-file", args=["xlsx"]))
    assert send("members.total; 4", name="reconciliation-file", args=["doc"]).status_code == 404


def test_the_template_names_every_figure_of_the_report_and_can_be_sent_back(client, send):
    template = b"".join(client.get(reverse("reconciliation-template"))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(template), delimiter=";"))
    assert rows[0] == list(LABELS)
    assert {row[0] for row in rows} > {"members.total", "targets.admissions", "units.subordinate_cells"}
    assert all(registry.FIGURES[row[0]].label == row[1] for row in rows[1:])
    filled = template.replace('"members.total";"Tổng số đảng viên";""', '"members.total";"Tổng số đảng viên";"4"')
    shown = text(send(file=SimpleUploadedFile("mau.csv", filled.encode("utf-8-sig"))))
    assert "Các số khớp với hồ sơ" in shown and "Số liệu cần xem lại" not in shown


def test_a_whole_report_costs_no_more_statements_than_a_line_and_stays_light(client, send, django_assert_num_queries):
    codes = [code for code, figure in registry.FIGURES.items() if isinstance(figure, registry.Figure)]
    for count, statements in ((1, 8), (30, 9)):  # some figures go by regulations, which are read once
        with django_assert_num_queries(statements):
            send("\n".join(f"{code}; 999" for code in [c for c in codes if c.startswith("members.")][:count]))
    heavy = send("\n".join(f"{code}; 999; 99,9" for code in codes[:120]))
    assert len(heavy.content) < HEAVIEST
    assert "Còn 45 số nữa trong tệp kết quả" in text(heavy)
