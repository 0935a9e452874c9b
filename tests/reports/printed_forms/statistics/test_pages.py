"""The pages and files of the forms of statistics."""

import gzip
from datetime import date
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.choices import StatisticsForm
from organizations.models import Unit
from organizations.regulations import actions as regulations
from reports.printed_forms.catalogue import ANNEX_CONTENTS, ANNEXES, FORMS, STATISTICS
from tests.factories import clerk_of, make_member, make_root, make_unit, moment_of

ASKED = "don_vi=xa&ngay=01/03/2026&tu=01/07/2025&nam=2025"
MOST_QUERIES = 11
EVERY = pytest.mark.parametrize("code", STATISTICS)


@pytest.fixture
def read(client, db):
    """Return what the clerk of a commune of two years gets from the page of a form, and how many statements it took."""
    commune = make_root(day=date(2024, 1, 1))
    make_member(make_unit("a", commune, day=date(2024, 1, 1)), day=date(2024, 1, 1))
    client.force_login(clerk_of(commune))

    def read(name, *args):
        with CaptureQueriesContext(connection) as seen:
            response = client.get(f"{reverse(name, args=args)}?{ASKED}")
        assert response.status_code == 200
        return response, len([query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]])

    read("annexes")
    return read


def test_forms_stand_after_the_annexes_and_are_named():
    assert list(FORMS) == [*ANNEXES, *STATISTICS]
    assert list(ANNEXES) == list(ANNEX_CONTENTS)
    assert [*dict.fromkeys(f"{form.number}-BTCTW" for form in StatisticsForm)] == [*STATISTICS]
    assert all(code.endswith("-BTCTW") for code in STATISTICS)


@EVERY
def test_a_page_is_small_and_asks_little_however_many_people(read, code):
    few, number = read("annex", code)
    assert f"Biểu {code}" in read("annexes")[0].content.decode()
    cells = [make_unit(f"n{index}", Unit.objects.get(code="xa")) for index in range(3)]
    for index in range(30):
        make_member(cells[index % 3])
    many, again = read("annex", code)
    assert again == number <= MOST_QUERIES
    assert len(gzip.compress(many.content)) < 30_000
    assert '<table class="sheet">' in few.content.decode()


def test_a_form_is_called_by_its_title_of_the_day(read):
    regulations.name_form(form="7", title="Tên mới của biểu", started_on=date(2026, 3, 2), source="Công văn mẫu")
    commune = Unit.objects.get(code="xa")
    old, new = (STATISTICS["7-BTCTW"](moment_of(commune, date(2026, 3, day)))[0].title for day in (1, 2))
    assert (old, new) == ("NGHIỆP VỤ CÔNG TÁC ĐẢNG VIÊN", "TÊN MỚI CỦA BIỂU")
    listed = read("annexes")[0].content.decode()
    assert "Nghiệp vụ công tác đảng viên" in listed
    assert "Kết quả xếp loại chất lượng tổ chức đảng; Kết quả kiểm điểm" in listed
    assert "Tên mới của biểu" not in listed


def test_an_address_of_before_still_leads_to_its_form(read):
    assert "Biểu số 7-BTCTW" in read("annex", "7-TCTW")[0].content.decode()


@EVERY
def test_a_file_is_named_by_its_form(read, code):
    response, _ = read("annex-file", code)
    name = unquote(response.headers["Content-Disposition"])
    assert name.endswith(f"''Biểu {code} – Đảng bộ xa – 01-03-2026.xlsx")
    response.close()
