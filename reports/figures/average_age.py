"""Average age: how old people are on the day of their population, in completed years, taken together.

It is no count of rows, so it is no figure: the bands of age have the lists. Of whom no birth is known nobody is part
of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.expressions import Combinable

from binhlu_portal.moment.moment import Moment

from .definitions.statistics import date_numbers
from .populations import ADMISSIONS, MEMBERS, FigurePopulation

BORN = "member__born_on"
A_YEAR = 10000
"""How far apart the numbers of days are that lie a year apart."""


@dataclass(frozen=True)
class AverageAge:
    """Average age of the people of a population; without a field `day` of its rows, on the as-of day."""

    code: str
    population: FigurePopulation
    day: str = ""

    def on(self, moment: Moment) -> Combinable:
        """Return the number of the day on which the age of a row counts."""
        return date_numbers.whole(self.day) if self.day else Value(int(f"{moment.as_of:%Y%m%d}"))


OF_MEMBERS = AverageAge("members.average_age", MEMBERS)
OF_ADMITTED = AverageAge("admissions.average_age", ADMISSIONS, "ceremony_on")


def average_ages(of: AverageAge, moments: Sequence[Moment]) -> list[Decimal | None]:
    """Average ages at each of `moments`, to one decimal, in one statement; None where no birth is known."""
    parts = [_part(of, place, moment) for place, moment in enumerate(moments)]
    found = {place: _mean(*summed) for place, *summed in parts[0].union(*parts[1:], all=True)}
    return [found.get(place) for place in range(len(moments))]


def _part(of, place, moment):
    known = of.population.beneath(moment, where=Q(**{f"{BORN}__isnull": False})).order_by()
    years = (of.on(moment) - date_numbers.known_in_part(BORN)) / A_YEAR
    summed = known.values(group=F(f"{of.population.line}ancestor")).annotate(years=Sum(years), people=Count("pk"))
    return summed.annotate(place=Value(place)).values_list("place", "years", "people")


def _mean(years, people):
    return (Decimal(years) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)
