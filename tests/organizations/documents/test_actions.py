from datetime import date, timedelta

from django.urls import reverse

from organizations.choices import EventKind
from organizations.documents import actions as documents
from organizations.units import actions as units
from reports.figures import evaluate
from reports.placeholders.report import ReportValues
from tests.factories import START, clerk_of, moment_of
from tests.proofs import refused

DAY = date(2026, 1, 15)


def record(unit, issued_on=DAY, number="01-NQ/CB", **words):
    return documents.record_document(
        unit=unit, number=number, kind="Nghị quyết", issued_on=issued_on, subject="Mẫu", **words
    )


def test_a_document_is_recorded_with_what_it_implements(cell_a):
    document = record(cell_a, implements="21-NQ/TW")
    assert (document.unit, document.number, document.implements) == (cell_a, "01-NQ/CB", "21-NQ/TW")


def test_a_document_is_recorded_once(cell_a, cell_b):
    record(cell_a)
    with refused("Văn bản này đã có."):
        record(cell_a)
    assert record(cell_b)
    assert record(cell_a, DAY + timedelta(days=1))


def test_no_document_is_issued_by_a_committee_that_does_not_exist(cell_a):
    units.close(unit=cell_a, day=DAY, kind=EventKind.DISSOLVED)
    for day in (START - timedelta(days=1), DAY):
        with refused(f"“Chi bộ a” không tồn tại ngày {day:%d/%m/%Y}"):
            record(cell_a, day)


def test_a_document_of_a_superior_may_be_older_than_the_unit_and_is_not_one_that_it_issued(commune):
    before = START - timedelta(days=30)
    record(commune, before, number="1804-QĐ/TU", issuer="Ban Thường vụ Tỉnh ủy", topic="founding")
    record(commune, number="35-KH/ĐU", topic="founding", implements="21-NQ/TW")
    record(commune, number="21-NQ/TW", issuer="Ban Chấp hành Trung ương", implements="21-NQ/TW")
    codes = ["documents.superior.founding", "documents.own.founding", "documents.issued"]
    results = evaluate.results(moment_of(commune, DAY), codes)
    assert [results[code].value for code in codes] == [1, 1, 1]
    values = ReportValues.at(moment_of(commune, DAY))
    told = values.piece("documents.superior.founding.ke_ten").text
    assert told == "Nghị quyết số 1804-QĐ/TU, ngày 01/6/2025 của Ban Thường vụ Tỉnh ủy về “Mẫu”"


def test_the_list_shows_documents_of_superiors_of_any_day_until_then(client, commune):
    before = START - timedelta(days=30)
    record(commune, before, number="1804-QĐ/TU", issuer="Ban Thường vụ Tỉnh ủy")
    record(commune, number="35-KH/ĐU")
    client.force_login(clerk_of(commune))

    def listed(day, since):
        return client.get(reverse("records", args=["van-ban"]), {"ngay": day, "tu": since}).content.decode()

    page = listed("15/01/2026", "01/01/2026")
    assert "1804-QĐ/TU" in page
    assert "Ban Thường vụ Tỉnh ủy" in page
    assert "35-KH/ĐU" in page
    assert "35-KH/ĐU" not in listed("14/01/2026", "01/01/2026")
