"""Columns of every list."""

from datetime import date

from django.db.models import F, IntegerField

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.records.types import RECORD_TYPES
from tests.factories import moment_of


def test_what_counts_something_is_a_number_on_every_list(commune):
    moment = moment_of(commune, date(2026, 3, 1))
    lists = [(record_type.listing, record_type.model.objects.all()) for record_type in RECORD_TYPES.values()]
    lists += [(check.among.listing, check.among.rows(moment)) for check in CHECKS.values()]
    shown = [(rows.annotate(**listing.look_up(moment)), each) for listing, rows in lists for each in listing.offered]
    shown += [(check.among.rows(moment), each) for check in CHECKS.values() for each in check.columns]
    counts = {column for rows, column in shown if is_count(rows, column.path)}
    assert {column.label for column in counts} >= {"Phải dự theo hồ sơ", "Khách dự"}
    assert {column.label for column in counts if not column.numeric} == {"Năm"}


def is_count(rows, path):
    """Whether there is a whole number at a path, and no code of a list."""
    at_path = rows.annotate(asked_for=F(path)).query.annotations["asked_for"].output_field
    return isinstance(at_path, IntegerField) and not at_path.choices
