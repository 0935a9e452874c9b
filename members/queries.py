"""Conditions and look-ups about members: who lies beneath a unit, in which cell somebody was on a day."""

from django.db.models import Exists, OuterRef, Q, Subquery

from binhlu_portal.dates.validity import covers
from members.models import Spell
from organizations.models import UnitPeriod
from organizations.tree_queries import lies_beneath, name_of


def cell_of_member(day):
    """Return the name of the cell in which the member of a row was on `day`, a date or the path of one."""
    when = OuterRef(day) if isinstance(day, str) else day
    cells = UnitPeriod.objects.filter(
        covers(when), covers(when, "unit__spells__"), unit__spells__member=OuterRef("member")
    )
    return Subquery(cells.values("name")[:1])


def cell_on(day):
    """Return the look-up of the cell of a row that names its unit, on the day at path `day`."""
    return lambda moment: {"cell": name_of("unit", covers(OuterRef(day)))}


def members_on(moment, on=None):
    """Return the stays of the members beneath the unit on a day, by the tree of that day; usually the as-of day."""
    on = on or moment.as_of
    return Spell.objects.visible_to(moment.user).on(on).filter(lies_beneath(moment.unit, on))


def member_lies_beneath(day):
    """Return, for a moment, the condition that the member of a row is in a cell beneath the unit on the row's own day.

    `day` names the field of that day; without one it is the as-of day.
    """

    def condition(moment):
        when = OuterRef(day) if day else moment.as_of
        stays = Spell.objects.filter(covers(when), lies_beneath(moment.unit, when), member=OuterRef("member"))
        return Q(Exists(stays))

    return condition
