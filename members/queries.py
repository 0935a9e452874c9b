"""Member queries: who lies beneath a unit, in which cell somebody was on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from members import probation
from members.choices import EndReason
from members.models import Admission, Spell
from organizations.models import UnitPeriod
from organizations.tree_queries import lies_beneath, name_of


def on_day_or_eve(day: str, condition: Callable[[Callable[..., Q]], Q], member: str = "member") -> Q:
    """Day condition of a fact about a member: `condition(covers)`, or `condition(covers_eve)` on the last day.

    `day` and `member` are the paths from the row to its day and its member, "pk" for the member's own row. The day on
    which a stay ends is the first one no longer there, but what is decided or begun on it is of the cell that was left:
    it stands where the member was on the eve, as every ending does. Where another stay holds on that day already, as
    after a move, it stands there: nothing stands in two cells.
    """
    present = Spell.objects.filter(covers(OuterRef(day)), member=OuterRef(member))
    return Q(condition(covers)) | ~Q(Exists(present)) & condition(covers_eve)


def stay_on(day: str, line: str, stay: str = "member__spells__", member: str = "member") -> Q:
    """Stay condition of a fact about a member: the stay joined at `stay` is that of its `day`.

    The ancestry joined at `line` is that of the same day; on the last day of a stay both are those of the eve.
    """
    return on_day_or_eve(day, lambda holds: holds(F(day), stay) & holds(F(day), line), member)


def cell_of_member(day: date | str) -> Subquery | Coalesce:
    """Cell expression: the name of the cell in which the member of a row was on `day`.

    `day` is a date, or the path of the day of a fact, which on the last day of a stay stands in the cell of the eve.
    """
    if isinstance(day, str):
        return Coalesce(*(_cell(OuterRef(day), holds) for holds in (covers, covers_eve)))
    return _cell(day, covers)


def cell_of_the_honoured() -> Coalesce:
    """Cell expression of a badge: where the member was on the day of the award, or last, when dead by then."""
    died = Q(unit__spells__end_reason=EndReason.DIED, unit__spells__ended_on__lte=OuterRef("awarded_on"))
    last = UnitPeriod.objects.filter(
        died & covers_eve(F("unit__spells__ended_on")), unit__spells__member=OuterRef("member")
    )
    return Coalesce(cell_of_member("awarded_on"), Subquery(last.values("name")[:1]))


def _cell(when, holds):
    """Return the name of the cell in which the member of a row was when `holds` was true of that day."""
    there = holds(when, "unit__spells__") & Q(unit__spells__member=OuterRef("member"))
    return Subquery(UnitPeriod.objects.filter(holds(when), there).values("name")[:1])


def cell_on(day: str) -> Callable[[Moment], dict[str, Subquery]]:
    """Cell look-up of a row that names its unit, on the day at path `day`: {"cell": name} for a `Listing`."""
    return lambda moment: {"cell": name_of("unit", covers(OuterRef(day)))}


def members_on(moment: Moment, on: date | None = None) -> QuerySet[Spell]:
    """Members on a day: their stays beneath the unit, by the tree of that day; usually the as-of day."""
    on = on or moment.as_of
    return Spell.objects.visible_to(moment.user).on(on).filter(lies_beneath(moment.unit, on))


def member_lies_beneath(day: str | None) -> Callable[[Moment], Q]:
    """Subtree condition for a moment: the member of a row is in a cell beneath the unit on the row's own day.

    `day` names the field of that day; without one it is the as-of day. On the last day of a stay it is the eve.
    """

    def there(moment, when, holds):
        beneath = lies_beneath(moment.unit, when, holds=holds)
        return Q(Exists(Spell.objects.filter(holds(when), beneath, member=OuterRef("member"))))

    def condition(moment):
        if day is None:
            return there(moment, moment.as_of, covers)
        return on_day_or_eve(day, lambda holds: there(moment, OuterRef(day), holds))

    return condition


def came_later(day: str) -> Callable[[Moment], Q]:
    """Subtree condition for a moment: the member of a row was in no cell on its own day, and is beneath the unit now.

    Such facts are from before the member came; no figure counts them, the registers of the unit keep them.
    """
    around = {"started_on__lte": OuterRef(day), "ended_on__gte": OuterRef(day), "member": OuterRef("member")}
    return lambda moment: ~Q(Exists(Spell.objects.filter(**around))) & member_lies_beneath(None)(moment)


def probation_going_on(moment: Moment, member: str = "member") -> Q:
    """Return the condition that the probation of the member of a row has begun and lasts on the day, as is recorded.

    It says nothing of those who have an official day. `member` is the path to the member, "pk" for the own row.
    """
    joined = "joined_on" if member == "pk" else f"{member}__joined_on"
    lately = {f"{joined}__gt": months_later(moment.as_of, -moment.in_force.value(probation.MONTHS))}
    going_on = Admission.objects.filter(
        member=OuterRef(member), ceremony_on__lte=moment.as_of, official_on__isnull=True
    )
    return Q(**{f"{joined}__isnull": False}) & Q(**lately) | Q(Exists(going_on))


def on_probation(moment: Moment, member: str = "member") -> Q:
    """Return the condition that the member of a row is on probation on the day, as far as that is recorded.

    Who has no official day, and joined long ago, is not: whether the probation is over is only not written down.
    """
    official = "official_on" if member == "pk" else f"{member}__official_on"
    later = Q(**{f"{official}__gt": moment.as_of})
    return later | Q(**{f"{official}__isnull": True}) & probation_going_on(moment, member)


def holding(model: type[Model], moment: Moment, **fields: Any) -> Exists:
    """Fact condition: one of `model` about the person, with these `fields`, holds on the day."""
    return Exists(model.objects.filter(covers(moment.as_of), member=OuterRef("pk"), **fields))
