"""The ceiling on the top level: one formula for Python, SQL and the browser, in words for pages."""

import re
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import product

import pytest
from django.db.models import Case, Value, When
from django.template.loader import render_to_string

from assessments.choices import Rating
from assessments.ratings.actions import rate
from assessments.ratings.ceiling import BASES, CEILING, Ceiling, passes_ceiling, places_allowed
from organizations.models import Threshold
from tests.factories import START, make_member

DAY = date(2025, 12, 20)
GIVEN = {Rating.EXCELLENT: 3, Rating.GOOD: 7, Rating.FAIR: 2, Rating.FAILED: 1}
LEVELS_OF = {
    "": ("excellent", "good"),
    "good_or_better": ("excellent", "good"),
    "rated": ("excellent", "good", "fair", "failed"),
    "good": ("good",),
}
"""Of which levels the share is taken, told once more."""

NUMBERS = [
    dict(zip(Rating.values, numbers, strict=True))
    for numbers in (*product((0, 1, 5), (0, 3, 4), (0, 2), (1,)), (83, 417, 0, 0), (84, 416, 0, 0))
]


def ceiling(base="good_or_better", rounding="down", low=20):
    days = {"started_on": START, "ended_on": date(2027, 1, 1)}
    return Threshold(code=CEILING, low=Decimal(low), base=base, rounding=rounding, source="Mẫu", **days)


@pytest.mark.parametrize(
    ("base", "rounding", "low", "expected"),
    [
        ("good_or_better", "down", 20, 2),
        ("rated", "down", 20, 2),
        ("rated", "half_up", 20, 3),
        ("good", "down", 20, 1),
        ("good", "half_up", 20, 1),
        ("good_or_better", "half_up", 25, 3),
        ("good_or_better", "down", 25, 2),
        ("rated", "down", 0, 0),
    ],
)
def test_the_ceiling_is_a_share_of_its_base_made_whole(base, rounding, low, expected):
    assert places_allowed(ceiling(base, rounding, low), GIVEN) == expected


def test_without_ratings_there_are_no_places():
    assert places_allowed(ceiling(), {}) == 0


def test_above_the_ceiling_it_is_passed_and_says_its_base_and_source():
    found = Ceiling.of(ceiling(), GIVEN)
    assert (found.given, found.allowed, found.is_passed) == (3, 2, True)
    assert found.words == "20% của số hoàn thành tốt nhiệm vụ trở lên, làm tròn xuống; căn cứ Mẫu"


@pytest.mark.parametrize(("given", "passed"), [(0, False), (1, False), (2, True)])
def test_up_to_the_ceiling_it_is_not_passed(given, passed):
    assert Ceiling.of(ceiling(), {Rating.EXCELLENT: given, Rating.GOOD: 5}).is_passed is passed


def test_the_ceiling_never_forbids_a_rating(cell_a):
    Threshold.objects.filter(code=CEILING).update(low=0)
    assert rate(member=make_member(cell_a), year=2025, decided_on=DAY, level=Rating.EXCELLENT)


@pytest.mark.parametrize("base", BASES)
def test_every_base_of_the_ceiling_has_words(base):
    assert BASES[base].label in Ceiling.of(ceiling(base, low=1), GIVEN).words


def places_by_hand(threshold, numbers):
    """Return how many may have the top level, by the rules of decimals."""
    share = sum(numbers[level] for level in LEVELS_OF[threshold.base]) * threshold.low / 100
    return int(share.quantize(Decimal(1), ROUND_DOWN if threshold.rounding == "down" else ROUND_HALF_UP))


def places_on_page(threshold, numbers):
    """Return what the script of the sheet finds: the row of the table for as many marks of the levels named there."""
    found = Ceiling.of(threshold, numbers)
    context = {"ceilings": [("", "", found, found.table(sum(numbers.values())))], "live": True}
    page = render_to_string("ratings/_ceiling.html", context)
    levels, table = (re.search(f'data-{name}="(.*?)"', page)[1].split() for name in ("levels", "table"))
    return int(table[sum(numbers[level] for level in levels)])


def passed_in_sql(numbers):
    """Return whether the database finds that each of `numbers` passes the ceiling of the day."""

    def passed(given):
        return passes_ceiling(DAY, lambda levels: Value(sum(given[level] for level in levels)))

    columns = [Case(When(passed(given), then=Value(1)), default=Value(0)) for given in numbers]
    return [bool(found) for found in Threshold.objects.values_list(*columns).first()]


@pytest.mark.parametrize("base", LEVELS_OF)
@pytest.mark.parametrize("rounding", ["down", "half_up", ""])
@pytest.mark.parametrize("low", ["20", "16.6", "33.33", "0"])
def test_python_the_database_and_the_page_reckon_alike(db, base, rounding, low):
    threshold = ceiling(base, rounding, low)
    Threshold.objects.filter(code=CEILING).delete()
    threshold.save()
    by_hand = [places_by_hand(threshold, numbers) for numbers in NUMBERS]
    assert [places_allowed(threshold, numbers) for numbers in NUMBERS] == by_hand
    assert [places_on_page(threshold, numbers) for numbers in NUMBERS] == by_hand
    passed = [numbers["excellent"] > allowed for numbers, allowed in zip(NUMBERS, by_hand, strict=True)]
    assert passed_in_sql(NUMBERS) == passed
    assert [Ceiling.of(threshold, numbers).is_passed for numbers in NUMBERS] == passed


def test_without_a_ceiling_the_database_finds_none_passed(db):
    Threshold.objects.filter(code=CEILING).delete()
    assert not any(passed_in_sql(NUMBERS))
