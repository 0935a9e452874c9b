"""Fix-it URLs: where the rows of checks are put right, as functions of a row and the moment."""

from django.urls import reverse


def card(form):
    """Return the address of a form about the card of the member of a row."""
    return lambda row, moment: reverse("member-form", args=[row["member__pk"], form])


def record(code):
    """Return the address of a record of the record type with `code`."""
    return lambda row, moment: reverse("record", args=[code, row["pk"]])


def fact(code):
    """Return the address at which a record of the record type with `code` about the member of a row is added."""
    return lambda row, moment: f"{reverse('record-add', args=[code])}?dang_vien={row['member__pk']}"


levels = fact("trinh-do")
"""The address at which levels of the member of a row are written down."""


def posts(row, moment):
    """Return the address at which a post in the unit of a row is given."""
    return f"{reverse('record-add', args=['chuc-vu'])}?don_vi={row['unit__code']}"


def page(row, moment):
    """Return the address of the unit of a row."""
    return reverse("unit", args=[row["unit__code"]])


def people(row, moment):
    """Return the address of the list of members of the unit of a row."""
    return f"{reverse('members')}?don_vi={row['unit__code']}"


def step(name):
    """Return the address of a step of an admission."""
    return lambda row, moment: reverse("admission-step", args=[row["pk"], name])
