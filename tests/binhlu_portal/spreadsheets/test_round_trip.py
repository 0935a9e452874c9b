from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer.formats import SenderInput, parse_file
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.importer.results import NEW, SAME
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.registry import FIGURES, ChangeFigure, Figure
from tests.binhlu_portal.spreadsheets.books import TODAY, written
from tests.factories import moment_of

CODES = [code for code, figure in FIGURES.items() if isinstance(figure, Figure | ChangeFigure)]
MOMENTS = [(date(2025, 7, 2), None), (date(2026, 3, 1), date(2025, 7, 1)), (date(2026, 6, 30), date(2026, 1, 1))]

KNOWN_FROM_THE_START = ("Chỉ tiêu, định mức", "Văn bản quy định", "Tên biểu thống kê", "Loại không có loại hình")
"""The sheets of what every database holds before anything is brought."""


def figures():
    """Return the value of every figure of every unit at every moment."""
    root, codes = Unit.objects.get(code="binh-lu"), dict(Unit.objects.values_list("pk", "code"))
    return {
        (day, codes[unit], code): results[code].value
        for day, since in MOMENTS
        for unit, results in evaluate.results_of_units(moment_of(root, day, since=since), CODES, list(codes)).items()
        for code in CODES
    }


def bring(content):
    """Write a workbook into the database and return the `Outcome`."""
    return import_rows(parse_file(content, "du-lieu.xlsx", SenderInput(SYSTEM)), SYSTEM, today=TODAY)


@pytest.fixture(scope="module")
def sample_workbook(django_db_setup, django_db_blocker):
    """The sample as a workbook, its figures, its numbers of records, and what bringing it in beside itself did."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "thresholds", "binh-lu", verbosity=0)
        content, counts = written(), {tab.title: tab.model._base_manager.count() for tab in TABS.values()}
        found = content, figures(), counts, bring(content)
        transaction.set_rollback(True)
    return found


def test_the_sample_brought_in_beside_itself_changes_nothing(sample_workbook):
    *_, counts, outcome = sample_workbook
    assert outcome.faults == []
    assert outcome.counts() == {title: {SAME: count} for title, count in counts.items() if count}


def test_the_sample_brought_into_an_empty_database_gives_every_figure_again(sample_workbook, db):
    content, told, counts, _ = sample_workbook
    call_command("loaddata", "thresholds", verbosity=0)
    outcome = bring(content)
    assert outcome.faults == []
    written_anew = {title: found.get(NEW, 0) for title, found in outcome.counts().items()}
    assert {title: count for title, count in written_anew.items() if count} == {
        title: count for title, count in counts.items() if count and title not in KNOWN_FROM_THE_START
    }
    assert len(told) > 10_000
    assert figures() == told
