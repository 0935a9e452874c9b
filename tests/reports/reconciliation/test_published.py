"""The published report against the sample, which reproduces it: every misprint is found, and nothing else."""

import csv
from datetime import date
from pathlib import Path

import pytest

from organizations.scope import SYSTEM
from organizations.tree_queries import find_unit
from reports.reconciliation.comparison import compare
from reports.reconciliation.findings import Verdict
from reports.reconciliation.printed_report import read
from tests.factories import moment_of

PRINTED = Path(__file__).parents[2] / "data" / "report-printed.csv"
"""What the published report prints, each figure of its own day; the last two are from its closing part."""

TODAY = date(2026, 11, 24)


@pytest.fixture
def moment(sample):
    """The day of the report."""
    return moment_of(find_unit("binh-lu", SYSTEM), date(2026, 3, 1), since=date(2025, 7, 1), year=2025)


def test_the_misprints_of_the_published_report_are_found_and_no_other(moment):
    with PRINTED.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    findings = compare(read(rows, moment), until=TODAY)
    assert len(findings) == 94
    assert [
        (
            each.verdict.value,
            each.figure.code,
            each.printed.moment.unit.code,
            each.printed.value,
            str(each.printed.percent),
        )
        for each in findings
        if each.verdict != Verdict.EQUAL
    ] == [
        ("impossible", "admissions.ethnic_minority", "binh-lu", 7, "3.33"),
        ("impossible", "units.subordinate_cells", "binh-lu", 22, "None"),
        ("date", "members.total", "quan-su", 3, "None"),
        ("cut", "members.theory.advanced", "binh-lu", 30, "3.4"),
        ("cut", "members.ethnic_minority", "binh-lu", 282, "32.7"),
        ("cut", "admissions.youth_union", "binh-lu", 9, "42.8"),
        ("cut", "posts.villages.both_heads_members", "binh-lu", 25, "71.42"),
    ]
    military = next(each for each in findings if each.verdict == Verdict.DATE)
    assert [last for _, last in military.days] == [date(2026, 3, 9)]


@pytest.mark.parametrize(("percent", "verdict"), [("3-4", "equal"), ("3", "differs"), ("3-5", "differs")])
def test_a_target_is_what_the_threshold_asks_for(moment, percent, verdict):
    (finding,) = compare(read([["targets.admissions", "", percent]], moment), until=TODAY)
    assert finding.verdict == verdict
    assert verdict == "equal" or "Hồ sơ ngày 01/03/2026: 3–4\N{NO-BREAK SPACE}%; báo cáo in 3" in finding.sentence
