"""All that the registers hold about one member or one unit, as one line of facts: newest first, from one statement."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from binhlu_portal.audit.display import in_words, look_up, own_fields
from binhlu_portal.dates.validity import OPEN

from .types import REGISTERS, About, Register

PERIOD = ("started_on", "ended_on")


@dataclass(frozen=True)
class Fact:
    """One record: its register, its day (None when it has not come yet), its end where it lasts, a few words."""

    register: Register
    pk: int
    day: date | None
    until: date | None
    words: str

    @property
    def address(self):
        """The page of the record."""
        return reverse("record", args=[self.register.code, self.pk])

    @property
    def is_open(self):
        """Whether it holds without a known end."""
        return self.until == OPEN


def facts_about(whom, pk, user):
    """Return the facts about the member or unit `pk` (`whom` says which) that `user` may see, newest first.

    What has no day yet comes first. Names of the records that facts point at take one more statement for each kind.
    """
    registers = {register.code: register for register in REGISTERS.values() if _is_about(register, whom)}
    if not registers:
        return []
    parts = [_part(register, whom, pk, user) for register in registers.values()]
    found = [(registers[code], row, day, until, told) for code, row, day, until, told in parts[0].union(*parts[1:])]
    names = look_up(_links(found, whom))
    facts = [
        Fact(register, row, day, until if register.lasts else None, _words(register, whom, told, names))
        for register, row, day, until, told in found
    ]
    return sorted(facts, key=lambda fact: (fact.day or OPEN, fact.pk), reverse=True)


def _is_about(register, whom):
    """Whether records of a register are about a member or a unit; whatever names a member is about that member."""
    named = {field.name for field in register.model._meta.concrete_fields}
    return register.about == whom or (whom == About.MEMBER and About.MEMBER in named)


def _part(register, whom, pk, user):
    """Return the rows of one register in the shape that all have: which, when, until when, what they say."""
    told = JSONObject(**{field.column: F(field.attname) for field in _told(register, whom)})
    rows = register.model.objects.visible_to(user).filter(**{whom: pk}).order_by()
    until = F("ended_on") if register.lasts else F(register.day)
    return rows.values_list(Value(register.code), "pk", F(register.day), until, told)


def _told(register, whom):
    """Return the fields that are worth words, decisions last: not whom it is about and not when, said anyway."""
    said = {whom, register.day, *PERIOD}
    told = [field for field in own_fields(register.model) if field.name not in said]
    return sorted(told, key=lambda field: "decision" in field.name)


def _links(found, whom):
    return {
        (field.related_model, told[field.column])
        for register, _, _, _, told in found
        for field in _told(register, whom)
        if field.remote_field and told[field.column]
    }


def _words(register, whom, told, names):
    """Return what a record says: choices and names as they are, anything else after the name of its field."""
    words = []
    for field in _told(register, whom):
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
