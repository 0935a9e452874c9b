"""The world of the attack: two communes, a member who went from cell A to B on a day, and marks in what is foreign.

Every text field of a foreign or a later record holds a mark of its own, so that a finding names what has leaked.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

from django.db import IntegrityError, models, transaction

from binhlu_portal.accounts.models import PairedPhone, Passkey
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import correct, create
from binhlu_portal.records.tables.models import SavedList
from binhlu_portal.spreadsheets.jobs.actions import receive_file, receive_folder
from members.membership import actions as membership
from members.models import Member, Spell
from organizations.choices import RoleKind
from organizations.models import Document, Unit, UnitPeriod
from reports.form_templates.models import Blank, BlankCell
from reports.reporting_periods.models import ReportingPeriod
from tests.binhlu_portal.accounts.factories import make_doubly_safe
from tests.factories import make_member, make_root, make_unit, make_user
from tests.organizations.test_scope import one_row_of_each
from tests.proofs import make_world
from tests.reports.form_templates.factories import bind, keep
from tests.test_leaving import AFTER, BEFORE, LEFT, NEW, OF_UNITS

from .browser import HOST

ROLES = {
    "clerk": (RoleKind.SECRETARIAT, "xa"),
    "leader": (RoleKind.LEADER, "xa"),
    "secretary_a": (RoleKind.CELL_SECRETARY, "a"),
    "secretary_b": (RoleKind.CELL_SECRETARY, "b"),
    "administrator": (RoleKind.ADMINISTRATOR, "xa"),
    "stranger": None,
    "clerk elsewhere": (RoleKind.SECRETARIAT, "khac"),
    "administrator elsewhere": (RoleKind.ADMINISTRATOR, "khac"),
}
"""Who takes part, with what role at the unit of which code."""

OF_RECORDS, OF_UNITS_THERE = ("a", "b", "elsewhere"), ("b names", "elsewhere names")
FORBIDDEN = {
    "clerk": ("elsewhere", "elsewhere names"),
    "leader": ("elsewhere", "elsewhere names"),
    "secretary_a": ("b", "elsewhere", *OF_UNITS_THERE),
    "secretary_b": ("a", "elsewhere", "elsewhere names"),
    "administrator": (*OF_RECORDS, "elsewhere names"),
    "stranger": (*OF_RECORDS, *OF_UNITS_THERE, "accounts"),
    "clerk elsewhere": ("a", "b", "b names", "accounts"),
    "administrator elsewhere": (*OF_RECORDS, "b names", "accounts"),
    None: (*OF_RECORDS, *OF_UNITS_THERE, "accounts"),
}
"""Whose marks each of them may never see; "b" holds what was written of the member after leaving A.

Who keeps accounts sees the names of units and no record."""

WRITTEN = AFTER + timedelta(days=1)

PAIRED = {"paired_at": datetime(2026, 1, 5, tzinfo=UTC), "expires_at": datetime(2200, 1, 1, tzinfo=UTC)}
OWNERS = {"a": "secretary_a", "b": "secretary_b", "elsewhere": "clerk elsewhere"}
"""Whose files and kept lists belong to a side."""

SHARED = (Member, Spell, Unit, UnitPeriod)
"""Rows that one_row_of_each does not make but finds."""

NAMED = (Spell, Unit, UnitPeriod)
"""What holds no free text, or the name of a unit alone."""

READ_BY_PROGRAMS = {"code", "outline", "section", "sheet", "text", "sheets"}
"""Text that is parsed: with a mark in it no page would be made of it."""


@dataclass
class MarkedWorld:
    """People by name, rows by side and model, marks by side, codes on paper of people by name."""

    people: dict
    rows: dict
    marks: dict
    paper: dict

    def forbidden(self, person):
        """Return the marks that somebody may not see."""
        return [mark for side in FORBIDDEN[person] for mark in self.marks[side]]


def make():
    """Make the world in the empty database and return it."""
    small = make_world()
    elsewhere = make_root("khac")
    cell = make_unit("c", elsewhere)
    far = make_member(cell, "Người nơi khác")
    own = one_row_of_each(small.a, small.minh, BEFORE)
    membership.transfer(member=small.minh, to=small.b, day=LEFT)
    later = one_row_of_each(small.b, small.minh, AFTER)
    correct(row=Member.objects.get(pk=small.minh.pk), **NEW)
    rows = {"a": own, "b": later | {Member: small.hoa}, "elsewhere": one_row_of_each(cell, far, BEFORE)}
    of_a = [row for model, row in own.items() if model not in (*SHARED, *OF_UNITS) and not hasattr(row, "member_id")]
    of_b = [row for model, row in rows["b"].items() if model not in NAMED]
    of_others = [row for model, row in rows["elsewhere"].items() if model not in NAMED]
    marks = {"a": plant(of_a, "rieng-a"), "b": [*NEW.values(), *plant(of_b, "rieng-b")]}
    marks["elsewhere"] = plant(of_others, "rieng-khac")
    names = {"b names": [rows["b"][UnitPeriod]], "elsewhere names": [rows["elsewhere"][UnitPeriod]]}
    marks |= {name: plant(found, name.replace(" ", "-")) for name, found in names.items()}
    people = {name: make_user("-".join(reversed(name.split())), *_roles(role)) for name, role in ROLES.items()}
    for side, owner in OWNERS.items():
        rows[side] |= _whole(rows[side][Unit], side)
        rows[side] |= _of_account(people[owner]) | _act(people[owner], rows[side][Unit])
        marks[side] += [f"rieng-cua-{people[owner].username}"[:30], f"Biểu riêng của {side}"]
    marks["accounts"] = [people[name].full_name for name in ("clerk", "leader", "secretary_a")]
    return MarkedWorld(people, rows, marks, {name: make_doubly_safe(user) for name, user in people.items()})


def _whole(unit, side):
    """Return a period and a blank of a unit as they are in truth: pages cannot show the empty ones."""
    keeper, day = make_user(f"keeps-{side}"), BEFORE
    ReportingPeriod.objects.filter(unit=unit).update(closed_on=LEFT, reopened_for="")
    period = ReportingPeriod(unit=unit, as_of=LEFT, since=day, year=2025, due_on=AFTER, opened_on=LEFT)
    period.save()
    blank = keep(unit, keeper, name=f"Biểu riêng của {side}")
    return {ReportingPeriod: period, Blank: blank, BlankCell: bind(blank, (2, 3), "members.total")}


def _roles(role):
    return [(role[0], Unit.objects.get(code=role[1]))] if role else []


def _of_account(user):
    """Return what an account has of its own: a file, a kept list, a passkey, and itself."""
    mark = f"rieng-cua-{user.username}"[:30]
    key = {"handle": user.username, "credential_id": user.username, "public_key": "x", "added_at": user.date_joined}
    files = [(f"{mark}-{number}.csv", b"a") for number in (1, 2)]
    return {
        "account": user,
        "file": receive_file(user=user, name=f"{mark}.csv", content=b"a"),
        "folder": receive_folder(user=user, name=f"{mark}.zip", files=files, settings={"day": f"{WRITTEN}"}),
        "list": SavedList.objects.create(user=user, name=mark, path="/dang-vien/"),
        "phone": PairedPhone.objects.create(user=user, digest=mark, pin="x", browser=mark, **PAIRED),
        "passkey": Passkey.objects.create(user=user, name=mark, host=HOST, **key),
    }


def _act(user, unit):
    """Return what somebody has written, as the history knows it."""
    with acting(user, f"rieng-cua-{user.username}"[:30]) as act:
        create(Document, unit=unit, number="99-NQ/ĐU", kind="Nghị quyết", issued_on=WRITTEN, subject="Mẫu")
    return {"act": SimpleNamespace(pk=act), Entry: Entry.objects.filter(act=act).latest("pk")}


def plant(rows, word):
    """Write a mark into every free text of the rows that takes one; return the marks."""
    marks, numbers = [], count(1)
    for row in rows:
        for field in row._meta.concrete_fields:
            if not _takes_text(field):
                continue
            mark = f"{word}-{next(numbers)}-{field.name}"[: field.max_length or 60]
            if _written(row, field.name, mark):
                marks.append(mark)
    return marks


def _takes_text(field):
    free = isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable
    free = free and field.name not in READ_BY_PROGRAMS
    return free and (field.max_length or 60) >= 30 and not field.unique


def _written(row, name, mark):
    """Tell whether a mark was taken by the rules of the database."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: mark})
    except IntegrityError:
        return False
    return True
