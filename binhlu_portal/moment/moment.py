"""Moment of a question: the unit, the as-of day, the since day, the rating year, the reader.

A moment is read once at the edge (a request, a command line) and handed down; nothing below asks for today's date.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Self

from organizations.in_force import InForce, Rulebook

FIRST_RATING_YEAR = 1990
"""No rating year before this one can have been meant."""


def usual_since(as_of: date) -> date:
    """Return the day since when events count where nobody says: 1 January of the as-of year."""
    return date(as_of.year, 1, 1)


def usual_year(as_of: date) -> int:
    """Return the rating year where nobody says: the one before the as-of year."""
    return as_of.year - 1


@dataclass(frozen=True)
class Moment:
    """Moment (as-of date) of a question: `since` and `as_of` both belong to the period; stocks hold on `as_of`.

    `unit` is an `organizations.models.Unit`, `year` that of ratings, `user` the reader (an account, or `scope.SYSTEM`).
    The same question about another day (`dataclasses.replace`) shares its `rulebook`.
    """

    unit: Any
    as_of: date
    since: date
    year: int
    user: Any
    rulebook: Rulebook = field(default_factory=Rulebook, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        unit: Any,
        user: Any,
        *,
        today: date,
        as_of: date | None = None,
        since: date | None = None,
        year: int | None = None,
    ) -> Self:
        """Build a moment with its defaults: today, 1 January of the as-of year, the year before the as-of year.

        Raises `ValueError` with a Vietnamese sentence for a moment that cannot be asked for. A unit that has ended by
        the as-of day can: its stocks are nought, what happened to it in the period counts.
        """
        as_of = as_of or today
        since = since or usual_since(as_of)
        year = year or usual_year(as_of)
        if since > as_of:
            raise ValueError(f"Từ ngày {since:%d/%m/%Y} phải không muộn hơn ngày số liệu {as_of:%d/%m/%Y}.")
        if not FIRST_RATING_YEAR <= year <= as_of.year:
            raise ValueError(f"Năm xếp loại phải từ {FIRST_RATING_YEAR} đến năm của ngày số liệu ({as_of.year}).")
        moment = cls(unit=unit, as_of=as_of, since=since, year=year, user=user)
        if as_of < unit.started_on:
            raise ValueError(moment.not_there)
        return moment

    def a_year_earlier(self) -> Self | None:
        """Return the same question about the same period of the year before; None where the unit did not stand then."""
        since, as_of = (_year_before(day) for day in (self.since, self.as_of))
        earlier = replace(self, since=since, as_of=as_of, year=self.year - 1)
        return earlier if earlier.stands else None

    @property
    def stands(self) -> bool:
        """Whether the unit exists on the as-of day: one that has ended has no more stocks, and events until its end."""
        return self.unit.started_on <= self.as_of < self.unit.ended_on

    @property
    def not_there(self) -> str:
        """What is said where only a unit that exists can be asked about."""
        return (
            f"Tổ chức đảng “{self.unit}” không tồn tại ngày {self.as_of:%d/%m/%Y} "
            f"(từ {self.unit.started_on:%d/%m/%Y}"
            + ("" if self.unit.is_open else f" đến trước {self.unit.ended_on:%d/%m/%Y}")
            + "): chọn ngày khác."
        )

    @cached_property
    def in_force(self) -> InForce:
        """The regulations of the as-of day and the values they set; one statement, for those who ask."""
        return InForce(self.as_of, self.rulebook)


def _year_before(day):
    """Return the same day of the year before; of 29 February the day before it."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)
