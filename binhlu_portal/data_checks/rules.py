"""Data checks (kiểm tra dữ liệu): rules that find what is wrong, missing or due in the records, declared in one place.

A check is a condition over a population; its number and its list come from the same condition, so they cannot disagree.
Each app declares those of its records in `data_checks`, which is read when the portal starts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextChoices

from binhlu_portal.dates.arithmetic import days, first_of_month, last_of_month
from binhlu_portal.moment.moment import Moment
from binhlu_portal.population import Population
from binhlu_portal.records.tables.bulk_pages import BulkPage
from binhlu_portal.records.tables.columns import ListColumn, Listing
from binhlu_portal.records.types import About
from binhlu_portal.registry import Registry
from organizations.rights import Right


class Level(TextChoices):
    """Severity of a check, the gravest first."""

    ERROR = "error", "Sai"
    WARNING = "warning", "Cần xem"
    NOTE = "note", "Nhắc"


@dataclass(frozen=True)
class CheckPopulation(Population):
    """Population of data checks: rows beneath the unit of the moment, each about a member or a unit.

    `whom` is the path from a row to the id of the member, or to the code of the unit, that it is `about`; `listing`
    says how the rows are listed.
    """

    about: About
    whom: str
    listing: Listing


@dataclass(frozen=True)
class Check:
    """Data check: the rows `among` a population that meet the condition `where` (a `Q`, or a function of the moment).

    `title` says what is found and may name the {year} and the {month} of the moment; `advice` says what to do,
    `source` where the rule is written; all three may have marks of what is in force. `mends(row, moment)` is the
    address at which a row, the values of its list by their paths, is put right by those who hold `right`.
    `columns` are shown beside those of the population. `bulk` puts right at once whatever is ticked in the list.
    """

    code: str
    level: Level
    title: str
    advice: str
    source: str
    among: CheckPopulation
    where: Q | Callable[[Moment], Q]
    mends: Callable[[dict[str, Any], Moment], str]
    right: Right = Right.EDIT
    columns: tuple[ListColumn, ...] = ()
    bulk: BulkPage | None = None

    def condition(self, moment: Moment) -> Q:
        """Return the condition at `moment`."""
        return self.where(moment) if callable(self.where) else self.where

    def rows(self, moment: Moment) -> QuerySet:
        """Return the rows that are found at `moment`."""
        return self.among.rows(moment).filter(self.condition(moment))

    def said(self, moment: Moment) -> str:
        """Return the title at `moment`."""
        title = moment.in_force.cite(self.title)
        return title.format(year=moment.year, month=f"{month_of(moment)[0]:%m/%Y}")

    @property
    def listing(self) -> Listing:
        """The columns of the list: those of the population, then its own."""
        listing = self.among.listing
        return replace(listing, columns=(*listing.columns, *self.columns))


@dataclass(frozen=True)
class Sum:
    """Sum check: a number to which others must add up.

    `address` is its page. Of the others so many are `missing`: those of whom nothing is written down, whom the check
    with the code `gap` lists.
    """

    title: str
    whole: int
    parts: int
    address: str
    missing: int = 0
    gap: str = ""

    @property
    def difference(self) -> int:
        """By how much the parts fall short of the whole."""
        return self.whole - self.parts


CHECKS: dict[str, Check] = Registry("checks")
"""Every check by its code."""

SUMS: dict[str, Callable[[Moment], Iterable[Sum]]] = Registry("sums")
"""Functions of a moment, each of which returns sums that must close, by what they are about."""


def check(*new: Check) -> None:
    """Register checks; a code used twice fails when the portal starts."""
    for one in new:
        CHECKS.add(one.code, one)


def month_of(moment: Moment) -> tuple[date, date]:
    """Month under check, its first and last day: that in which the day before the as-of day lies."""
    eve = moment.as_of - days(1)
    return first_of_month(eve), last_of_month(eve)
