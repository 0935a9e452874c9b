"""The forms of statistics of the sample: every number opens its list, and the ledger closes."""

from datetime import date
from decimal import Decimal

import pytest

from organizations.choices import RoleKind
from organizations.models import Unit
from reports.printed_forms.catalogue import STATISTICS
from tests.factories import START, make_user, moment_of
from tests.reports.printed_forms.workbook_reader import check_links, rows, workbook


@pytest.mark.parametrize("code", STATISTICS)
def test_every_number_of_the_sample_opens_its_list(client, sample, code):
    unit = Unit.objects.get(code="binh-lu")
    reader = make_user("nguoi-doc", (RoleKind.LEADER, unit))
    sheets = STATISTICS[code](moment_of(unit, date(2026, 9, 1), since=START, year=2025, user=reader))
    check_links(client, reader, sheets)
    assert workbook(sheets)


def test_the_sample_closes_its_ledger(sample):
    (sheet,) = STATISTICS["1-BTCTW"](moment_of(Unit.objects.get(code="binh-lu"), date(2026, 9, 1)))
    found = rows(sheet)
    assert found["A"] == {"c2": 882, "c3": 755, "c4": Decimal("116.8")}
    assert found["D"]["c2"] == found["A"]["c2"] + found["B"]["c2"] - found["C"]["c2"]
