"""Moment of a question: the unit, the as-of day, the since day, the rating year, the reader.

A moment is read once at the edge (a request, a command line) and handed down; nothing below asks for today's date.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

from organizations.in_force import InForce, Rulebook

FIRST_RATING_YEAR = 1990
"""No rating year before this one can have been meant."""


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

        Raises `ValueError` with a Vietnamese sentence for a moment that cannot be asked for.
        """
        as_of = as_of or today
        since = since or date(as_of.year, 1, 1)
        year = year or as_of.year - 1
        if since > as_of:
            raise ValueError(f"Từ ngày {since:%d/%m/%Y} phải không muộn hơn ngày số liệu {as_of:%d/%m/%Y}.")
        if not FIRST_RATING_YEAR <= year <= as_of.year:
            raise ValueError(f"Năm xếp loại phải từ {FIRST_RATING_YEAR} đến năm của ngày số liệu ({as_of.year}).")
        if not unit.started_on <= as_of < unit.ended_on:
            raise ValueError(
                f"Tổ chức đảng “{unit.code}” không tồn tại ngày {as_of:%d/%m/%Y} (từ {unit.started_on:%d/%m/%Y}"
                + ("" if unit.is_open else f" đến trước {unit.ended_on:%d/%m/%Y}")
                + "): chọn ngày khác."
            )
        return cls(unit=unit, as_of=as_of, since=since, year=year, user=user)

    @cached_property
    def in_force(self) -> InForce:
        """The regulations of the as-of day and the values they set; one statement, for those who ask."""
        return InForce(self.as_of, self.rulebook)
