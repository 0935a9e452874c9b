"""Who may hold a post is one rule, whatever door the post comes by: the verb, the form, the workbook, plain SQL."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from binhlu_portal.db.actions import error_message
from members.choices import Post
from members.models import Position
from members.positions import actions as positions
from tests.binhlu_portal.spreadsheets.books import Book, mark_of
from tests.factories import DECIDED, admit, clerk_of
from tests.proofs import again, insert_by_sql, insert_in_bulk, records, update_by_sql
from tests.record_types import filled

DAY = date(2026, 1, 15)

RULES = {
    "in no cell": lambda w: {"unit": w.a, "post": Post.COMMITTEE_MEMBER, "member": w.thu},
    "looks after a unit from beside it": lambda w: {"unit": w.b, "post": Post.OVERSEER, "member": w.lan},
    "on probation": lambda w: {"unit": w.a, "post": Post.COMMITTEE_MEMBER, "member": admit(w.a, DAY).member},
    "held by another": lambda w: {"unit": w.a, "post": Post.SECRETARY, "member": w.minh},
}
"""What nobody may be given, as fields of a post that begins on the day."""

RAW = ("bulk", "sql", "change by sql")

OUTSIDE = {
    "on probation": (RAW, "how long probation lasts is dated data, which a rule of the table cannot ask"),
    "looks after a unit from beside it": (
        RAW,
        "who writes in bulk may write the seat above later",
    ),
}
"""The doors at which a rule is not asked, and why; registers and forms are one door."""


def by_verb(world, fields, client):
    positions.appoint(day=DAY, decision=DECIDED, **fields)


def by_correction(world, fields, client):
    row = positions.appoint(unit=fields["unit"], post=Post.VILLAGE_HEAD, member=fields["member"], day=DAY)
    positions.correct_position(position=row, post=fields["post"], started_on=DAY, **DECIDED.fields)


def by_form(world, fields, client):
    client.force_login(clerk_of(world.root))
    address = reverse("record-add", args=["chuc-vu"])
    typed = {"unit": fields["unit"].code, "post": fields["post"], "member": fields["member"].pk}
    decided = {"decision_number": DECIDED.number, "decision_date": "01/07/2025"}
    page = client.post(address, filled(client, address) | typed | decided | {"started_on": "15/01/2026"})
    assert page.status_code == 200
    raise ValidationError(page.context["form"].errors.as_text())


def by_workbook(world, fields, client):
    clerk = clerk_of(world.root)
    book = Book.of(clerk)
    told = {"unit": fields["unit"].code, "post": fields["post"].label, "member": mark_of(fields["member"])}
    book.add(Position, **told, started_on="15/01/2026", decision_number="06", decision_date="01/07/2025")
    if faults := book.bring(clerk).faults:
        raise ValidationError([fault.message for fault in faults])


def by_bulk(world, fields, client):
    insert_in_bulk(Position(started_on=DAY, **fields, **DECIDED.fields))


def by_sql(world, fields, client):
    insert_by_sql(Position(started_on=DAY, **fields, **DECIDED.fields))


def by_change(world, fields, client):
    row = positions.appoint(unit=fields["unit"], post=Post.VILLAGE_HEAD, member=fields["member"], day=DAY)
    update_by_sql(row, post=fields["post"])


DOORS = {
    "verb": by_verb,
    "correction": by_correction,
    "form": by_form,
    "workbook": by_workbook,
    "bulk": by_bulk,
    "sql": by_sql,
    "change by sql": by_change,
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("rule", RULES)
def test_a_post_is_refused_at_every_door(rule, door, world, client):
    fields = RULES[rule](world)
    fields["member"] = again(fields["member"])
    before = records()["members.Position"]
    if door in OUTSIDE.get(rule, ((), ""))[0]:
        with transaction.atomic():
            DOORS[door](world, fields, client)
            transaction.set_rollback(True)
        return
    with pytest.raises((ValidationError, IntegrityError)) as caught, transaction.atomic():
        DOORS[door](world, fields, client)
    said = error_message(caught.value) if isinstance(caught.value, IntegrityError) else " ".join(caught.value.messages)
    assert "Cơ sở dữ liệu không nhận" not in said
    assert records()["members.Position"] == before
