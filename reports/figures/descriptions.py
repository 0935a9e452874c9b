"""Descriptions: how the rows that a figure counts are told one after the other, in a footnote or a sentence.

Units, events and documents go by their names, numbers and days; people never do: they are told by unit and by what was
decided, those alike together with their number.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import JSONArray

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import EventKind

from .drilldown import LISTINGS
from .registry import FIGURES, PEOPLE, Figure


@dataclass(frozen=True)
class Description:
    """Description of the rows of a population: `words(row)` of the texts of its listing by their paths.

    Where it `counts`, rows that are told alike are told once, with their number before them.
    """

    words: Callable[[Mapping[str, str]], str]
    counts: bool = False


def _event(row):
    """Return the name of the unit; of a renamed one the old name too."""
    is_renamed = row["kind"] == EventKind.RENAMED.label
    return f"{row['before']} thành {row['unit__periods__name']}" if is_renamed else row["unit__periods__name"]


UNIT = Description(lambda row: row["name"])
PEOPLE_OF_CELL = Description(lambda row: f"đảng viên {row['cell']}", counts=True)
RATED_PEOPLE = Description(lambda row: f"đảng viên {row['cell']}: {row['rated'].lower()}".rstrip(": "), counts=True)

DESCRIPTIONS = {
    "units": UNIT,
    "nested": UNIT,
    "rated_units": UNIT,
    "events": Description(_event),
    "members": PEOPLE_OF_CELL,
    "rated_members": RATED_PEOPLE,
    "departures": PEOPLE_OF_CELL,
    "admissions": PEOPLE_OF_CELL,
    "admissions_of_year": PEOPLE_OF_CELL,
    "admission_targets": Description(lambda row: f"{row['cell']}: {row['target']}"),
    "trainings": PEOPLE_OF_CELL,
    "plannings": Description(lambda row: f"lượt {row['post']}", counts=True),
    "disciplines": Description(
        lambda row: f"đảng viên {row['cell']} bằng hình thức {row['form'].lower()}", counts=True
    ),
    "unit_disciplines": Description(lambda row: f"{row['cell']} bằng hình thức {row['form'].lower()}"),
    "cases": Description(lambda row: f"cuộc {row['kind'].lower()}: {row['cell']}", counts=True),
    "meetings": Description(lambda row: f"{row['unit__periods__name']} ngày {row['held_on']}"),
    "documents": Description(
        lambda row: f"{row['kind']} số {row['number']}, ngày {row['issued_on']} về “{row['subject']}”"
    ),
}
"""How the rows of each population are told, by its code."""

Told = list[tuple[str, int | None]]
"""The rows of a figure in words, those told alike with their number."""


def told(moment: Moment, codes: Iterable[str]) -> dict[str, Told]:
    """Return the rows behind the figures `codes` in words: one statement for all figures of one population."""
    populations = {}
    for code in codes:
        populations.setdefault(FIGURES[code].population.code, []).append(FIGURES[code])
    return {code: words for figures in populations.values() for code, words in _told(moment, figures)}


def _told(moment: Moment, figures: list[Figure]) -> Iterator[tuple[str, Told]]:
    population = figures[0].population
    listing, how = LISTINGS[population.code], DESCRIPTIONS[population.code]
    marks = JSONArray(*(_mark(figure.condition(moment)) for figure in figures))
    found = population.beneath(moment, [moment.unit.pk])
    rows = list(listing.rows(found, moment).annotate(_marks=marks, _person=_person(population)))
    for index, figure in enumerate(figures):
        counted = [row for row in rows if row["_marks"][index]]
        if figure.measure == PEOPLE:
            counted = {row["_person"]: row for row in sorted(counted, key=lambda row: row["pk"])}.values()
        words = Counter(how.words(_texts(listing, row)) for row in counted)
        yield figure.code, [(each, count if how.counts else None) for each, count in words.items()]


def _mark(condition: Q):
    return Case(When(condition, then=1), default=0) if condition else Value(1)


def _person(population):
    return F(population.person or "pk")


def _texts(listing, row):
    """Return the texts of a row by the paths of its columns, days as documents write them."""
    return {
        column.path: document_day(value) if isinstance(value := row[column.path], date) else column.write(value)
        for column in listing.columns
    }
