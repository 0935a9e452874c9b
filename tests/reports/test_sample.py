"""The sample is what it says: the figures of the office's report, a closed ledger, and nobody real."""

import csv
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from django.db.models import Q

from binhlu_portal.data_checks.findings import find
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.moment.moment import Moment
from members.models import Member, Position, Spell
from organizations.choices import CELLS
from organizations.models import Unit, UnitPeriod
from organizations.scope import SYSTEM
from organizations.tree_queries import find_unit
from reports.figures import evaluate, registry
from reports.figures.ledger import make_ledger
from tests.factories import moment_of
from tests.reports.test_data_checks import gaps

CONTRACT = Path(__file__).parent.parent / "data" / "report-figures.csv"
ROWS = list(csv.DictReader(CONTRACT.read_text(encoding="utf-8").splitlines()))
DAYS = sorted({date.fromisoformat(row[name]) for row in ROWS for name in ("since", "as_of")})
REPORT_DAY = date(2026, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(sample):
    """Answer a row of the contract; the figures of one moment are computed once."""
    known = {}

    def answer(row):
        asked = (row["unit"], *(date.fromisoformat(row[name]) for name in ("as_of", "since")), int(row["year"]))
        if asked not in known:
            code, as_of, since, year = asked
            unit = find_unit(code, SYSTEM)
            moment = Moment.of(unit, SYSTEM, today=as_of, as_of=as_of, since=since, year=year)
            known[asked] = evaluate.results(moment, registry.FIGURES)
        return known[asked][row["code"]]

    return answer


def number(text):
    """Return what a cell of the contract says: None when it says nothing."""
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']}@{row['unit']},{row['as_of']}")
def test_the_sample_gives_the_figures_of_the_report(row, answers):
    result = answers(row)

    low, _, high = row["percent"].partition("-")
    assert result.value == number(row["value"]) or not row["value"]
    assert result.figure.of == row["of"] or not row["of"]
    assert result.base == number(row["base"]) or not row["base"]
    if high:
        assert (result.percent, result.low, result.high) == (None, number(low), number(high))
    elif low:
        assert result.percent == number(low)


@pytest.mark.parametrize(("since", "as_of"), [*combinations(DAYS, 2)])
def test_the_ledger_of_every_unit_closes(since, as_of, sample):
    for unit in Unit.objects.on(as_of):
        book = make_ledger(Moment(unit=unit, as_of=as_of, since=since, year=2025, user=SYSTEM))

        moved = sum(book.increases.values()) - sum(book.decreases.values())
        assert book.opening + moved == book.closing, unit.code


def test_nobody_has_a_number_that_a_real_person_could_have(sample):
    people = Member.objects.all()

    real_ids = people.exclude(citizen_id__startswith="012999")
    real_cards = people.exclude(card_number="").exclude(card_number__startswith="99")
    real_files = people.exclude(profile_number="").exclude(profile_number__endswith="MAU")
    assert [*real_ids, *real_cards, *real_files] == []
    assert not people.exclude(phone="").exists()


def test_everybody_says_to_be_invented(sample):
    assert set(Member.objects.values_list("note", flat=True)) == {"Người hư cấu trong dữ liệu mẫu."}


def test_every_cell_has_at_least_three_official_members(sample):
    cells = UnitPeriod.objects.on(REPORT_DAY).filter(kind__in=CELLS)
    official = Q(member__official_on__lte=REPORT_DAY)

    small = [str(cell) for cell in cells if Spell.objects.on(REPORT_DAY).filter(official, unit=cell.unit).count() < 3]
    assert small == []


def test_whoever_holds_a_committee_post_is_an_official_member(sample):
    for position in Position.objects.on(REPORT_DAY).exclude(member=None).select_related("member"):
        assert position.member.official_on <= PartialDate.of(REPORT_DAY)
        assert position.member.spells.on(REPORT_DAY).exists()


def test_nobody_came_into_the_party_before_the_age_of_eighteen(sample):
    for person in Member.objects.exclude(joined_on=None):
        assert person.joined_on.first_day.year - person.born_on.year >= 18


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 3, 1)])
def test_the_sums_of_the_sample_close_and_its_records_hold_no_error(sample, day):
    moment = moment_of(Unit.objects.get(code="binh-lu"), day, year=2025)
    assert gaps(moment.unit, day, year=2025) == {}
    assert [one.title for one in find(moment) if one.check.level == "error"] == []
