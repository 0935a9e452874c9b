"""Descriptions: how the rows that a figure counts are told one after the other, in a footnote or a sentence.

Units, events and documents go by their names, numbers and days; people never do: they are told by unit and by what was
decided, those alike together with their number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import JSONArray

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import day, document_day
from organizations.choices import EventKind
from organizations.fact_kinds import FACT_MEASURES

from .drilldown import LISTINGS
from .registry import FIGURES, PEOPLE, Figure


@dataclass(frozen=True)
class Description:
    """Description of the rows of a population: `words(row)` of the texts of its listing by their paths.

    Where it `counts`, rows that are told alike are told once, in order, with their number before them. Rows with the
    same `heading(row)` are told together after it.
    """

    words: Callable[[Mapping[str, str]], str]
    counts: bool = False
    heading: Callable[[Mapping[str, str]], str] = lambda row: ""


def _event(row):
    """Return the name of the unit; of a renamed one the old name too."""
    is_renamed = row["kind"] == EventKind.RENAMED.label
    return f"{row['before']} thành {row['unit__periods__name']}" if is_renamed else row["unit__periods__name"]


MEASURES = {kind.label: measure for kind, measure in FACT_MEASURES.items()}


def _fact(row):
    """Return of whom a fact speaks, and its number with what it counts."""
    measure = MEASURES.get(row["kind"], "")
    number = f"{row['value']}{measure}" if measure == "%" else f"{row['value']} {measure}"
    return f"{row['detail']} {number}".strip()


def _document(row):
    """Return the kind and number of a document, who issued it where that is a superior, its day and its subject."""
    issuer = f" của {row['issuer']}" if "issuer" in row else ""
    return f"{row['kind']} số {row['number']}, ngày {row['issued_on']}{issuer} về “{row['subject']}”"


UNIT = Description(lambda row: row["name"])
PEOPLE_OF_CELL = Description(lambda row: f"đảng viên {row['cell']}", counts=True)
RATED_PEOPLE = Description(lambda row: f"đảng viên {row['cell']}: {row['rated'].lower()}".rstrip(": "), counts=True)

DESCRIPTIONS = {
    "units": UNIT,
    "cells": UNIT,
    "nested": UNIT,
    "rated_units": UNIT,
    "events": Description(_event, heading=lambda row: f"từ {row['came_from']}: " if row["came_from"] else ""),
    "members": PEOPLE_OF_CELL,
    "rated_members": RATED_PEOPLE,
    "departures": PEOPLE_OF_CELL,
    "received": PEOPLE_OF_CELL,
    "admissions": PEOPLE_OF_CELL,
    "admissions_of_year": PEOPLE_OF_CELL,
    "admissions_of_twelve_months": PEOPLE_OF_CELL,
    "admission_targets": Description(lambda row: f"{row['cell']}: {row['target']}"),
    "trainings": PEOPLE_OF_CELL,
    "plannings": Description(lambda row: f"lượt {row['post']} nhiệm kỳ {row['term']}", counts=True),
    "planning_reviews": Description(
        lambda row: f"lượt {row['post']} nhiệm kỳ {row['term']}: {row['step'].lower()}", counts=True
    ),
    "disciplines": Description(
        lambda row: f"đảng viên {row['cell']} bằng hình thức {row['form'].lower()}", counts=True
    ),
    "suspensions": PEOPLE_OF_CELL,
    "unit_disciplines": Description(lambda row: f"{row['cell']} bằng hình thức {row['form'].lower()}"),
    "cases": Description(lambda row: f"cuộc {row['kind'].lower()}: {row['cell']}", counts=True),
    "meetings": Description(lambda row: f"{row['unit__periods__name']} ngày {row['held_on']}"),
    "documents": Description(_document),
    "superior_documents": Description(_document),
    "facts": Description(_fact),
    "screenings": Description(lambda row: f"{row['name']}: {_fact(row)}"),
    "not_admitted": Description(lambda row: f"{row['name']}: {_fact(row)}"),
}
"""How the rows of each population are told, by its code."""

Told = list[tuple[str, int | None]]
"""The rows of a figure in words, those told alike with their number."""


def told(moment: Moment, codes: Iterable[str]) -> dict[str, Told]:
    """Return the rows behind the figures `codes` in words: one statement for all of them, none for none."""
    return told_of([(moment, codes)])[0]


def told_of(asked: Sequence[tuple[Moment, Iterable[str]]]) -> list[dict[str, Told]]:
    """Return the rows behind figures of several moments in words, for each (moment, codes): one statement for all."""
    populations = {}
    for index, (_, codes) in enumerate(asked):
        for code in codes:
            populations.setdefault((index, FIGURES[code].population.code), []).append(FIGURES[code])
    queries = [
        _rows(asked[index][0], figures, place) for place, ((index, _), figures) in enumerate(populations.items())
    ]
    found = [[] for _ in queries]
    for place, *row in queries[0].union(*queries[1:], all=True) if queries else ():
        found[place].append(row)
    words = [{} for _ in asked]
    for ((index, _), figures), rows in zip(populations.items(), found, strict=True):
        rows.sort(key=lambda row: [str(value) for value in row[0]])
        words[index] |= {figure.code: _told(figure, number, rows) for number, figure in enumerate(figures)}
    return words


def _rows(moment: Moment, figures: list[Figure], place: int) -> QuerySet:
    """Return the rows of figures of one population: their part, what they are sorted by, whose, which count, texts."""
    population = figures[0].population
    listing = LISTINGS[population.code]
    parts = {
        "_place": Value(place),
        "_order": JSONArray(*listing.order),
        "_person": F(population.person or "pk"),
        "_marks": JSONArray(*(_mark(figure.condition(moment)) for figure in figures)),
        "_texts": JSONArray(*(column.path for column in listing.columns)),
    }
    found = population.beneath(moment).annotate(**listing.look_up(moment))
    return found.order_by().annotate(**parts).values_list(*parts)


def _mark(condition: Q):
    return Case(When(condition, then=1), default=0) if condition else Value(1)


def _told(figure, index, rows):
    """Return in words those of `rows` that the figure, the one at `index` of its population, counts."""
    listing, how = LISTINGS[figure.population.code], DESCRIPTIONS[figure.population.code]
    counted = [(person, texts) for _, person, marks, texts in rows if marks[index]]
    if figure.measure == PEOPLE:
        counted = [*dict(counted).items()]
    groups = defaultdict(Counter)
    for row in (_written(listing, texts) for _, texts in counted):
        groups[how.heading(row)][how.words(row)] += 1
    return [
        (f"{'' if place else heading}{each}", count if how.counts else None)
        for heading, words in sorted(groups.items(), key=lambda group: bool(group[0]))
        for place, (each, count) in enumerate(sorted(words.items()) if how.counts else words.items())
    ]


def _written(listing, texts):
    """Return the texts of a row by the paths of its columns, days as documents write them."""
    return {
        column.path: document_day(date.fromisoformat(value)) if column.write is day and value else column.write(value)
        for column, value in zip(listing.columns, texts, strict=True)
    }
