"""Somebody without an official day who joined long ago: it is not written down, which is not the same as probation."""

from datetime import date

import pytest

from binhlu_portal.data_checks.findings import find
from members.choices import DecidingLevel, DisciplineMeasure, EndReason
from members.models import Member
from reports.figures import drilldown, evaluate
from reports.figures.registry import KNOWN
from tests.factories import START, admit, discipline, leave_party, make_member, make_person, moment_of

DAY = date(2026, 3, 15)
"""Of the question."""

PROBATION, SILENT = "members.probationary", "unrecorded.official_on"
STRUCK_OFF, STRUCK_OFF_SILENT = "members.struck_off.probationary", "unrecorded.official_of_struck_off"


@pytest.fixture
def unknown(cell_a):
    """A member who joined in 2010, without an official day."""
    return make_member(cell_a, "Lan", official_on=None)


def listed(unit, code):
    """Return the names of those that a figure of the unit counts."""
    moment = moment_of(unit, DAY, since=START)
    names = [row["member__full_name"] for row in drilldown.rows(moment, KNOWN[code])]
    assert evaluate.counts(moment, [code], [unit.pk])[unit.pk].get(code, 0) == len(names)
    return sorted(names)


def test_a_figure_counts_those_of_whom_probation_is_known(commune, cell_a, unknown):
    admit(cell_a, date(2025, 9, 1), "Mai")
    make_member(cell_a, "Hoa", joined_on="2025-04", official_on=None)
    make_member(cell_a, "Minh", official_on="2026-03-16")
    make_member(cell_a, "Thu", official_on="2026-03-15")
    make_member(cell_a, "Bình", joined_on=None, official_on=None)
    assert listed(commune, PROBATION) == ["Hoa", "Mai", "Minh"]
    assert listed(commune, SILENT) == ["Bình", "Lan"]


def test_a_figure_of_those_struck_off_does_so_too(commune, cell_a, unknown):
    admitted = admit(cell_a, date(2025, 9, 1), "Mai").member
    lately = make_member(cell_a, "Hoa", joined_on="2025-03-02", official_on=None)
    longer = make_member(cell_a, "Chi", joined_on="2025-02-28", official_on=None)
    official = make_member(cell_a, "Minh")
    for member in (unknown, admitted, lately, longer, official):
        leave_party(member, date(2026, 3, 1), EndReason.STRUCK_OFF)
    assert listed(commune, STRUCK_OFF) == ["Hoa", "Mai"]
    assert listed(commune, STRUCK_OFF_SILENT) == ["Chi", "Lan"]
    found = {one.check.code: one.count for one in find(moment_of(commune, DAY, since=START))}
    assert found["xoa-ten-thieu-ngay-chinh-thuc"] == 2
    result = evaluate.results(moment_of(commune, DAY, since=START), [STRUCK_OFF])[STRUCK_OFF]
    assert [register.figure.code for register in result.silent] == [STRUCK_OFF_SILENT]


def test_a_check_calls_nobody_probationary_of_whom_it_is_not_known(commune, cell_a, unknown):
    make_member(cell_a)
    make_member(cell_a)
    found = {one.check.code for one in find(moment_of(commune, DAY))}
    assert "thieu-ngay-chinh-thuc" in found
    assert "duoi-3-chinh-thuc" not in found
    admit(cell_a, date(2026, 2, 1), person=make_person("Mai"))
    Member.objects.filter(pk=unknown.pk).update(official_on="2026-10-01")
    assert "duoi-3-chinh-thuc" in {one.check.code for one in find(moment_of(commune, DAY))}


def test_nothing_is_refused_for_a_probation_that_nobody_has_written_down(unknown):
    row = discipline(unknown, DAY, DisciplineMeasure.DISMISSAL, level=DecidingLevel.COMMITTEE)
    assert row.form == DisciplineMeasure.DISMISSAL
