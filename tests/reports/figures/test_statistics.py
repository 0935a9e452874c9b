"""Every figure of the forms of statistics: value = rows of its list = a naive count."""

from datetime import date
from itertools import cycle
from random import Random

import pytest
from django.db.models import Count

from assessments.choices import NotRated, Rating
from assessments.ratings import actions as ratings
from members.choices import BADGES, AcademicTitle, Education, EndReason, Gender, Occupation, Program, Qualification
from members.ethnicity import ETHNICITIES, Religion
from members.membership import actions as membership
from members.models import Badge, Member, MemberState, Training
from organizations.choices import Kind, Sector
from organizations.models import Unit
from reports.figures import evaluate, registry
from tests.factories import START, admit, make_member, make_person, make_unit, moment_of
from tests.reports.naive import World
from tests.reports.naive_statistics import NAIVE_STATISTICS
from tests.reports.worlds import build, days_to_ask

DAY = date(2026, 3, 1)
DAYS = (date(2025, 9, 1), date(2025, 9, 2), DAY)
CODES = list(registry.STATISTICS)


def listed(codes, moment):
    """Return how many rows the list behind each figure has: its very rows, told apart by their keys, in one go."""
    found = {}
    for code in codes:
        found[code] = evaluate.rows(moment, registry.STATISTICS[code])
    return {code: rows.aggregate(rows=Count("pk"))["rows"] for code, rows in found.items()}


def check(world, moment):
    """Compare every figure with its naive count and, where there is something, with its list."""
    counted = evaluate.counts(moment, CODES, [moment.unit.pk])[moment.unit.pk]
    for code, count in NAIVE_STATISTICS.items():
        assert counted.get(code, 0) == count(world, moment), (code, moment)
    some = [code for code in CODES if counted.get(code)]
    assert listed(some, moment) == {code: counted[code] for code in some}, moment
    return set(some)


def test_every_figure_has_a_naive_count():
    assert set(NAIVE_STATISTICS) == set(CODES)


def test_figures_of_statistics_are_none_of_the_report():
    assert not set(registry.STATISTICS) & set(registry.FIGURES)
    assert all(figure.section.startswith("Biểu số ") for figure in registry.STATISTICS.values())


@pytest.mark.parametrize("seed", range(4))
def test_figures_of_random_worlds_equal_their_lists_and_naive_counts(db, seed):
    random = Random(seed)
    tree = build(random)
    world = World()
    for since, as_of in random.sample(days_to_ask(), 2):
        for code in random.sample(sorted(tree), 3):
            unit = Unit.objects.get(pk=tree[code].pk)
            if unit.started_on <= as_of < unit.ended_on:
                check(world, moment_of(unit, as_of, since=since, year=2025))


@pytest.fixture
def small(commune, cell_a):
    """A commune with a hospital and a police cell, and people of every level, admitted on their birthdays."""
    hospital = make_unit("bv", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE)
    wards = make_unit("khoa", hospital, kind=Kind.DEPARTMENTAL, sector=Sector.PUBLIC_SERVICE)
    inner = make_unit("khoa-1", wards, sector=Sector.PUBLIC_SERVICE)
    police = make_unit("ca", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    levels = zip(
        cycle(Education.values), cycle(Qualification.values), cycle(AcademicTitle.values), Occupation, strict=False
    )
    for number, (education, qualification, title, occupation) in enumerate(levels):
        joined = ("1945-08-18", "1945-08-19", "1954-07-20", "1954-07-21", "1975-04-30", "1975-05", "1975", None)[
            number % 8
        ]
        person = make_member(
            (cell_a, inner, police)[number % 3],
            day=START,
            born_on="1925-05-17",
            religion=Religion.values[number % len(Religion)],
            ethnicity=ETHNICITIES[number * 3].code,
            joined_on=joined,
            gender=Gender.values[number % 2],
        )
        MemberState.objects.create(
            member=person,
            started_on=START,
            education=education,
            qualification=qualification,
            academic_title=title,
            occupation=occupation,
        )
    for number, (day, unit) in enumerate([(date(2025, 9, 1), inner), (date(2025, 9, 2), police), (DAY, cell_a)] * 3):
        born = f"{(2006, 1994, 1990, 1974, 1970, 1969, 1965, 1964, 1960)[number]}-09-{(2, 1)[number % 2]:02}"
        person = make_person(born_on=born, religion=Religion.values[number])
        admission = admit(
            unit, day, person=person, occupation=Occupation.values[number], education=Education.values[number % 5]
        )
        MemberState.objects.create(
            member=admission.member,
            started_on=day,
            qualification=Qualification.values[number % 8],
            academic_title=AcademicTitle.values[number % 3],
        )
    for unit, reason in ((hospital, ""), (wards, NotRated.NEW), (inner, ""), (police, NotRated.OTHER), (cell_a, "")):
        ratings.rate_unit(unit=unit, year=2025, decided_on=DAY, level="" if reason else Rating.GOOD, not_rated=reason)
    people = list(Member.objects.filter(spells__started_on=START).order_by("pk"))
    for number, years in enumerate(BADGES):
        Badge.objects.create(member=people[number], years=years, awarded_on=DAYS[number % 3], posthumous=number == 1)
        Member.objects.filter(pk=people[number].pk).update(card_issued_on=DAYS[number % 3])
    for number, person in enumerate(people[:3]):
        membership.end_membership(member=person, day=date(2025, 8, 1 + number), reason=EndReason.DIED)
    for number, program in enumerate(Program):
        day = DAYS[number % 3]
        Training.objects.create(member=people[5], program=program, course=program.label, level="commune", began_on=day)
    return commune


@pytest.mark.parametrize("as_of", DAYS)
def test_figures_on_the_edges_equal_their_lists_and_naive_counts(small, as_of):
    world = World()
    for code in ("xa", "bv", "ca", "a"):
        check(world, moment_of(Unit.objects.get(code=code), as_of, since=START, year=2025))
