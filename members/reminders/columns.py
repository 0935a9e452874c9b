"""Columns of reminders: what follows from a date of the record, and how stays and candidates are listed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.records.tables.columns import ListColumn, Listing, text
from binhlu_portal.text import vietnamese
from members import seniority
from members.columns import BY_NAME, CELL, person
from members.record_types.columns import cell_now
from organizations.in_force import InForce

from .spans import ONE, Span

UNKNOWN_DAY = "không rõ ngày"


@dataclass(frozen=True)
class Derived(ListColumn):
    """A column of what `derive` makes of the value at its path, on screen and in files: a day, or a text."""

    derive: Callable = text

    def plain(self, value):
        """Return what is derived, a day as such."""
        return self.derive(value)


def derived(label, path, derive):
    """Return the column of what `derive` makes of the value at `path`."""

    def write(value):
        made = derive(value)
        return vietnamese.day(made) if isinstance(made, date) else made

    return Derived(label, path, write, short=True, derive=derive)


def reckoned(label, path, reckon):
    """Return the column of the day that `reckon` makes of the date at `path`; one known in part is told as such."""

    def derive(value):
        if not isinstance(value, PartialDate):
            return reckon(value)
        made = reckon(value.first_day)
        return made if value.precision == "day" else f"{vietnamese.day(made)} ({UNKNOWN_DAY})"

    return derived(label, path, derive)


PERSON = (*person()[:2], CELL)
"""Name, birth, cell: the page of the person says the rest."""


def of_stays(*columns: ListColumn, order: tuple[str, ...] = ()) -> Listing:
    """Listing of stays: name, birth and cell before `columns`."""
    return Listing((*PERSON, *columns), (*order, *BY_NAME), cell_now)


def badge_columns(span: Span, in_force: InForce) -> Listing:
    """Listing of those due a badge: which one, since when, and whether an earlier day of award has passed."""

    def badge(start):
        return seniority.badge_reached(start.first_day, span.last)

    def completed(start):
        return seniority.completed_on(seniority.badge_reached(start, span.last), start)

    def turn(start):
        is_late = seniority.badge_reached(start.first_day, span.first - ONE) == badge(start)
        return "Đã đủ từ đợt trước" if is_late else "Đủ trong đợt này"

    return of_stays(
        ListColumn("Ngày vào Đảng", "member__joined_on", short=True),
        ListColumn("Tuổi Đảng tính từ", "start", short=True),
        ListColumn("Huy hiệu", "badge", "{} năm".format, short=True),
        reckoned("Ngày đủ năm", "start", completed),
        derived("Đợt", "start", turn),
        order=("-badge",),
    )


def of_candidates(*columns: ListColumn) -> Listing:
    """Listing of candidates: name, birth, cell and the day of listing before `columns`."""
    listed = ListColumn("Vào danh sách", "listed_on", vietnamese.day, short=True)
    return Listing((*PERSON, listed, *columns), ("listed_on", *BY_NAME))
