"""Each verdict in a small world, and reports made from the records themselves."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from members.membership import actions as membership
from organizations.models import Unit
from reports.figures import evaluate, registry
from reports.reconciliation.comparison import compare, day_in_common
from reports.reconciliation.findings import Verdict
from reports.reconciliation.printed_report import Printed, read
from tests.examples import examples
from tests.factories import admit, make_member, make_unit, moment_of
from tests.reports.worlds import build, days_to_ask

TODAY = date(2026, 11, 24)
AS_OF, SINCE = date(2026, 3, 1), date(2025, 7, 1)


@pytest.fixture
def world(commune, cell_a, cell_b):
    """Seven members from July, four of them women; two more men from October, both gone in February."""
    for index in range(7):
        make_member(cell_a, gender="female" if index < 4 else "male")
    for _ in range(2):
        man = make_member(cell_b, day=date(2025, 10, 1))
        membership.transfer_out(member=man, day=date(2026, 2, 1), went_to="Phường khác")
    return moment_of(commune, AS_OF, since=SINCE, year=2025)


def found(moment, *cells, until=TODAY):
    """Return the finding of one printed line."""
    (finding,) = compare(read([cells], moment), until=until)
    return finding


@pytest.mark.parametrize("percent", ["57,1", "57,14", "57", ""])
def test_what_the_records_say_is_equal(world, percent):
    assert found(world, "members.female", "4", percent).verdict == Verdict.EQUAL


@pytest.mark.parametrize(("percent", "rounded", "cut"), [("42,85", "42.86", "42.85"), ("42,857", "42.857", None)])
def test_a_percentage_may_be_cut(world, percent, rounded, cut):
    finding = found(world, "members.male", "3", percent)
    assert finding.rounded == Decimal(rounded)
    assert finding.verdict == (Verdict.CUT if cut else Verdict.EQUAL)
    assert not cut or finding.cut == Decimal(cut)


def test_a_percentage_may_be_over_another_base(world, cell_a, cell_b):
    make_unit("truong", world.unit, sector="school")
    make_unit("tram", world.unit, sector="health_station")
    make_unit("chi-bo", world.unit, kind="grassroots_cell", sector="police")
    finding = found(world, "units.subordinate_cells.village", "2", "40")
    assert (finding.result.base, finding.verdict) == (4, Verdict.BASE)
    assert (finding.base.figure.code, finding.base.value) == ("units.total", 5)
    assert "40\N{NO-BREAK SPACE}% là tỷ lệ trên 5 (Tổ chức đảng trực thuộc Đảng ủy xã)" in finding.sentence


def test_a_base_of_other_rows_explains_nothing(world):
    assert found(world, "units.total", "2", "28,6").verdict == Verdict.DIFFERS  # 2 units over 7 members


def test_a_value_may_be_of_another_day(world):
    finding = found(world, "members.total", "9")
    assert finding.verdict == Verdict.DATE
    assert finding.days == ((date(2025, 10, 1), date(2026, 1, 31)),)
    assert "số đã in là của các ngày 01/10/2025 – 31/01/2026" in finding.sentence
    assert finding.nearest == date(2026, 1, 31)


def test_value_and_percentage_must_be_of_the_same_day(world):
    assert found(world, "members.female", "4", "44,4").days == ((date(2025, 10, 1), date(2026, 1, 31)),)
    assert found(world, "members.male", "5", "42,9").verdict == Verdict.DIFFERS


def test_days_to_come_and_days_with_gaps_are_sought(world, cell_a):
    make_member(cell_a, day=date(2026, 5, 1))
    make_member(cell_a, day=date(2026, 5, 1))
    assert found(world, "members.total", "9").days == (
        (date(2025, 10, 1), date(2026, 1, 31)),
        (date(2026, 5, 1), TODAY),
    )


@pytest.mark.parametrize(
    ("code", "value", "percent", "missing"),
    [
        ("members.total", "8", "", "số 8"),
        ("members.female", "4", "5,71", "5,71\N{NO-BREAK SPACE}%"),
        ("members.female", "", "5,71", "5,71\N{NO-BREAK SPACE}%"),
        ("members.female", "6", "57,1", "số 6"),
    ],
)
def test_what_the_records_never_give_is_impossible(world, code, value, percent, missing):
    finding = found(world, code, value, percent)
    assert finding.verdict == Verdict.IMPOSSIBLE
    assert f"không ngày nào từ 01/07/2025 đến 24/11/2026 hồ sơ có {missing}." in finding.sentence
    assert finding.searched == (SINCE, TODAY)


def test_events_are_sought_from_the_since_day_on(world, cell_a):
    for day in (date(2025, 8, 1), date(2026, 4, 1), date(2026, 5, 1)):
        admit(cell_a, day)
    assert found(world, "admissions.total", "2").days == ((date(2026, 4, 1), date(2026, 4, 30)),)
    assert found(world, "admissions.total", "0").days == ((SINCE, date(2025, 7, 31)),)
    later = moment_of(world.unit, AS_OF, since=date(2025, 9, 1), year=2025)
    assert found(later, "admissions.total", "3").verdict == Verdict.IMPOSSIBLE


def test_the_growth_of_members_is_sought_too(world):
    assert found(world, "members.increase", "0").verdict == Verdict.EQUAL
    assert found(world, "members.increase", "2").days == ((date(2025, 10, 1), date(2026, 1, 31)),)


def test_a_percentage_of_a_figure_that_has_none_differs(world):
    finding = found(world, "members.total", "7", "98,2")
    assert finding.verdict == Verdict.DIFFERS
    assert "không có tỷ lệ" in finding.sentence


def test_what_needs_an_eye_comes_first_and_a_line_said_twice_is_one(world):
    rows = [["members.total", "7"], ["members.female", "4", "57,1"], ["members.total", "9"], ["members.total", "8"]]
    findings = compare(read([*rows, rows[0]], world), until=TODAY)
    assert [(each.verdict, each.printed.value) for each in findings] == [
        ("impossible", 8),
        ("date", 9),
        ("equal", 7),
        ("equal", 4),
    ]


def test_many_figures_of_one_other_day_are_no_accident(world):
    rows = [["members.total", "9"], ["members.male", "5", "55,6"], ["members.increase", "2"], ["members.female", "5"]]
    findings = compare(read(rows, world), until=TODAY)
    assert day_in_common(findings, world) == (date(2025, 10, 1), 3)
    assert day_in_common(findings[1:], world) == (date(2025, 10, 1), 3)
    assert day_in_common(findings[2:], world) is None


@pytest.mark.django_db
@settings(max_examples=examples(1), phases=[Phase.generate])  # a smaller seed is no simpler world
@given(seed=st.integers(0, 1_000_000), decimals=st.integers(0, 3))
def test_a_report_made_from_the_records_is_equal_and_one_with_cut_percentages_only_cut(seed, decimals):
    random = Random(seed)
    unit_quantum = Decimal(1).scaleb(-decimals)
    with transaction.atomic():
        tree = build(random)
        since, as_of = random.choice(days_to_ask())
        unit = Unit.objects.get(pk=tree["xa-1"].pk)
        moment = moment_of(unit, as_of, since=max(since, SINCE), year=2025)
        results = [
            result
            for result in evaluate.results(moment).values()
            if not isinstance(result.figure, registry.TargetFigure)
        ]
        for rounding, verdicts in ((ROUND_HALF_UP, {"equal"}), (ROUND_DOWN, {"equal", "cut"})):
            lines, cut = [], set()
            for result in results:
                exact = Decimal(result.value) * 100 / result.base if result.base else None
                percent = None if exact is None else exact.quantize(unit_quantum, rounding)
                lines.append(Printed(result.figure, moment, result.value, percent))
                if exact is not None and percent != exact.quantize(unit_quantum, ROUND_HALF_UP):
                    cut.add(result.figure.code)
            findings = compare(lines, until=TODAY)
            assert {each.verdict.value for each in findings} <= verdicts
            assert {each.figure.code for each in findings if each.verdict == Verdict.CUT} == cut
        transaction.set_rollback(True)


def test_comparing_takes_as_many_statements_for_many_lines_as_for_one(world, django_assert_num_queries):
    """The figures, the days of change, the counts of those days; once the regulations by which some figures go."""
    codes = [code for code in registry.FIGURES if code.startswith("members.") and code != "members.increase"]
    for count, statements in ((1, 3), (30, 4)):
        lines = read([[code, "1234"] for code in codes[:count]], world)
        assert len(lines) == count
        with django_assert_num_queries(statements):
            compare(lines, until=TODAY)
