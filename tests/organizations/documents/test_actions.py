from datetime import date, timedelta

from organizations.choices import EventKind
from organizations.documents import actions as documents
from organizations.units import actions as units
from tests.factories import START
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
        with refused(f"“a” không tồn tại ngày {day:%d/%m/%Y}"):
            record(cell_a, day)
