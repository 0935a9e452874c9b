"""What is in force on a day: regulations by their subjects and what they set, read in one statement.

Code names a regulation by its subject in a mark, `{fees}`, and a value by its code, `{fees.relief_months}`; whoever
shows the sentence has both said as of the day of the question. No number of a regulation stands in code.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, reduce
from operator import attrgetter

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Value
from django.db.models.functions import Concat, JSONArray

from binhlu_portal.dates.validity import holding_on
from binhlu_portal.db.statements import PreparedStatement

from .choices import Certainty, Kind, Sector, StatisticsForm, Subject
from .models.regulations import FormTitle, ImpossiblePair, Regulation, Threshold

MODELS = (Regulation, Threshold, FormTitle, ImpossiblePair)
"""What is in force; each row says what it is `asked_as`."""

MARK = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")
"""A mark in a sentence: a subject, or the code of a value."""

SURELY = {Certainty.READ: "", Certainty.REPORTED: ", chưa đối chiếu văn bản"}
"""What a citation adds to say how surely the regulation is known."""


def cite(text: str, on: date) -> str:
    """Return `text` with its marks said as of a day: the numbers of regulations, the values they set."""
    return InForce(on).cite(text)


class Rulebook:
    """The regulations and values of all days, read in one statement when the first is asked for.

    There are many, and a page names a few: a row is made of what was read when it is asked for.
    """

    def __init__(self):
        self._made = {}

    def knows(self, name: str) -> bool:
        """Whether there is a row of this name."""
        return name in self._read

    def rows(self, name: str) -> list[Regulation | Threshold | FormTitle | ImpossiblePair]:
        """Return the rows of a name, the earliest first."""
        if name not in self._made:
            rows = [self._row(*found) for found in self._read.get(name, ())]
            self._made[name] = sorted(rows, key=attrgetter("started_on"))
        return self._made[name]

    @cached_property
    def _read(self):
        """All rows as they were read: {name: [(place in MODELS, columns)]}."""
        found = {}
        for name, *row in _statement().rows(None):
            found.setdefault(name, []).append(row)
        return found

    @cached_property
    def _subjects(self):
        """Subjects of the regulations by their ids."""
        of_regulations = MODELS.index(Regulation)
        return {row[0]: name for name, rows in self._read.items() for place, row in rows if place == of_regulations}

    def _row(self, place, columns):
        """Return the row of a model: JSON holds its columns, among them days and exact numbers as text."""
        fields = MODELS[place]._meta.concrete_fields
        values = [field.to_python(value) for field, value in zip(fields, columns, strict=True)]
        row = MODELS[place].from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)
        if not isinstance(row, Regulation):
            same_subject = self.rows(self._subjects[row.regulation_id]) if row.regulation_id else ()
            row.regulation = next((each for each in same_subject if each.pk == row.regulation_id), None)
        return row


@dataclass(frozen=True)
class InForce:
    """The regulations and values in force on a day; those who ask about several days share one `rulebook`."""

    on: date
    rulebook: Rulebook = field(default_factory=Rulebook, compare=False, repr=False)

    def cite(self, text: str, *, surely: bool = True) -> str:
        """Return `text` with its marks said as of the day; braces around anything else stay.

        It says how `surely` a regulation is known, unless it is for a document that goes out.
        """
        return MARK.sub(lambda mark: self._said(mark[1], surely), text)

    def regulation(self, subject: Subject) -> Regulation | None:
        """Return the regulation on a subject that is in force; None where none is known."""
        return next(iter(holding_on(self.rulebook.rows(subject), self.on)), None)

    def threshold(self, code: str, on: date | None = None) -> Threshold | None:
        """Return the threshold in force on the day, or on another; None where none is."""
        return next(iter(holding_on(self.rulebook.rows(code), on or self.on)), None)

    def thresholds(self, code: str) -> list[Threshold]:
        """Return what the value has been until the day, the earliest first."""
        return [row for row in self.rulebook.rows(code) if row.started_on <= self.on]

    def value(self, code: str) -> int:
        """Return the whole number that a regulation sets; before the first that is known, the first one."""
        return int(self._last(code).low)

    def form_title(self, form: StatisticsForm) -> str:
        """Return what a form of statistics is called; before the first name that is known, the first one."""
        rows = self.rulebook.rows(form.value)
        return next((row for row in reversed(rows) if row.started_on <= self.on), rows[0]).title

    def impossible(self, kind: Kind, sector: Sector) -> ImpossiblePair | None:
        """Return the rule by which no unit of a kind has a sector; None where it may."""
        return next(iter(holding_on(self.rulebook.rows(f"{kind} {sector}"), self.on)), None)

    def _said(self, name, surely):
        if name in Subject:
            found = self.regulation(Subject(name))
            if found is None:
                return f"văn bản về “{Subject(name).label}” (hệ thống chưa ghi)"
            return str(found) + SURELY[found.certainty] * surely
        return self._last(name).measured if "." in name and self.rulebook.knows(name) else f"{{{name}}}"

    def _last(self, code):
        """Return the last threshold that began by the day; before the first that is known, the first one."""
        return next(reversed(self.thresholds(code)), self.rulebook.rows(code)[0])


@cache
def _statement():
    """Return the statement that reads the rows of all models as (name, place of the model in MODELS, its columns)."""
    parts = [
        model.objects.order_by().values_list(
            _name(model), Value(place), JSONArray(*(field.attname for field in model._meta.concrete_fields))
        )
        for place, model in enumerate(MODELS)
    ]
    return PreparedStatement(parts[0].union(*parts[1:], all=True))


def _name(model):
    """Return the expression for what the rows of a model are asked for by."""
    first, *others = model.asked_by
    return reduce(lambda said, field: Concat(said, Value(" "), field), others, F(first))
