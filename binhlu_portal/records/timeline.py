"""Timeline: all records about one member or one unit as one line of facts, newest first, from one statement."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from binhlu_portal.audit.display import in_words, own_fields, record_names
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.statements import PreparedStatement, RowParameter
from organizations.scope import Reader, kind_of_reader, reader_parameter

from .types import RECORD_TYPES, About, RecordType

PERIOD = ("started_on", "ended_on")


@dataclass(frozen=True)
class Fact:
    """One record of a timeline: its record type, its day, its end where it lasts, a few words.

    `day` is None for what has not come yet; `until` is None for what does not last, and `OPEN` while no end is known.
    """

    record_type: RecordType
    pk: int
    day: date | None
    until: date | None
    words: str

    @property
    def address(self) -> str:
        """The page of the record."""
        return reverse("record", args=[self.record_type.code, self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it holds without a known end."""
        return self.until == OPEN


def facts_about(whom: About, pk: int, user: Reader) -> list[Fact]:
    """Return the timeline of the member or unit `pk` (`whom` says which): what `user` may see, newest first.

    What has no day yet comes first. Names of the records that facts point at take one more statement for each kind.
    """
    rows = _statement(whom, kind_of_reader(user)).rows((pk, user))
    found = [(RECORD_TYPES[code], row, day, until, told) for code, row, day, until, told in rows]
    names = record_names(_links(found, whom))
    facts = [
        Fact(record_type, row, day, until if record_type.is_lasting else None, _words(record_type, whom, told, names))
        for record_type, row, day, until, told in found
    ]
    return sorted(facts, key=lambda fact: (fact.day or OPEN, fact.pk), reverse=True)


@cache
def _statement(whom, kind):
    """Return the statement that finds the timelines of members or units for a kind of reader."""
    return PreparedStatement(timeline_query(whom, RowParameter(itemgetter(0)), reader_parameter(kind, itemgetter(1))))


def timeline_query(whom: About, pk: int, user: Reader) -> QuerySet:
    """Timeline query: (code of the record type, id, day, until when, what it says) of what `user` may see."""
    told_of = [record_type for record_type in RECORD_TYPES.values() if _is_about(record_type, whom)]
    parts = [_part(record_type, whom, pk, user) for record_type in told_of]
    return parts[0].union(*parts[1:])


def _is_about(record_type, whom):
    """Whether records of a record type are about a member or a unit; whatever names a member is about that member."""
    named = {field.name for field in record_type.model._meta.concrete_fields}
    return record_type.about == whom or (whom == About.MEMBER and About.MEMBER in named)


def _part(record_type, whom, pk, user):
    """Return the rows of one record type in the shape that all have: which, when, until when, what they say."""
    told = JSONObject(**{field.column: F(field.attname) for field in _told(record_type, whom)})
    rows = record_type.get_queryset(user).filter(**{whom: pk}).order_by()
    until = F("ended_on") if record_type.is_lasting else F(record_type.date_field)
    return rows.values_list(Value(record_type.code), "pk", F(record_type.date_field), until, told)


def _told(record_type, whom):
    """Return the fields that are worth words, decisions last: not whom it is about and not when, said anyway."""
    said = {whom, record_type.date_field, *PERIOD}
    told = [field for field in own_fields(record_type.model) if field.name not in said]
    return sorted(told, key=lambda field: "decision" in field.name)


def _links(found, whom):
    return {
        (field.related_model, told[field.column])
        for record_type, _, _, _, told in found
        for field in _told(record_type, whom)
        if field.remote_field and told[field.column]
    }


def _words(record_type, whom, told, names):
    """Return what a record says: choices and names as they are, anything else after the name of its field."""
    words = []
    for field in _told(record_type, whom):
        value = told[field.column]
        if value in (None, "", False, 0):
            continue
        if field.flatchoices or field.remote_field:
            words.append(in_words(field, value, names))
        elif isinstance(field, models.BooleanField):
            words.append(str(field.verbose_name))
        else:
            words.append(f"{field.verbose_name} {in_words(field, value)}")
    return "; ".join(words)
