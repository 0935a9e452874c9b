"""Registers (sổ): every kind of record that people keep has a list, forms and a page, all declared in one place.

Each app declares those of its records in `record_types`, which is read when the portal starts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, TextChoices

from binhlu_portal.dates.validity import covers
from binhlu_portal.records.forms.base import RemoveForm
from binhlu_portal.records.tables.columns import Listing
from binhlu_portal.registry import Registry, check_unique
from organizations.rights import Right


class About(TextChoices):
    """Whom the records of a register are about: their page shows them."""

    MEMBER = "member", "Đảng viên"
    UNIT = "unit", "Tổ chức đảng"


@dataclass(frozen=True)
class Register:
    """One kind of record.

    `day` is the field of the day that places a record in time; a record that `lasts` holds until its `ended_on`, any
    other happened on that day. `within(moment)` is the condition that a record lies beneath the unit of the moment, on
    its own day. `adds` is the form that adds records, `corrects` the form that puts one right, `actions` are further
    forms about one record by their name in the address. `choices` are the fields by whose choices the list is
    narrowed, `search` the columns without marks that are searched. `removes` is the form that deletes a record; without
    it nothing is deleted, since others rest on it. `holds` says in a sentence what is written down here. `when(moment)`
    is the condition that a record is of the time of the moment, where its day and its end are not what tells.

    All forms need the `right` of the register.
    """

    code: str
    model: Any
    title: str
    holds: str
    about: About
    listing: Listing
    day: str
    within: Callable
    adds: Any = None
    corrects: Any = None
    actions: dict = field(default_factory=dict)
    right: Right = Right.EDIT
    lasts: bool = False
    when: Callable | None = None
    removes: Any = RemoveForm
    choices: tuple = ()
    search: tuple = ()

    @property
    def name(self):
        """What one record is called."""
        return str(self.model._meta.verbose_name)

    @property
    def is_personal(self):
        """Whether its records name people: who opens them is noted."""
        return any(field.name == About.MEMBER for field in self.model._meta.concrete_fields)

    def in_time(self, moment):
        """Return the condition that a record holds on the as-of day, or happened since the since day."""
        if self.when:
            return self.when(moment)
        return covers(moment.as_of) if self.lasts else Q(**{f"{self.day}__range": (moment.since, moment.as_of)})

    def form(self, form):
        """Return `form`, needing the right of the register."""
        return type(form.__name__, (form,), {"right": self.right})


REGISTERS: dict[str, Register] = Registry("registers", check_unique("model"))
"""Every register by its code."""


def register(new):
    """Make a register known; a code or a model used twice fails when the portal starts."""
    REGISTERS.add(new.code, new)
    return new


def about(whom):
    """Return the registers about members or about units."""
    return [register for register in REGISTERS.values() if register.about == whom]
