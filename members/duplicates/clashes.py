"""Clashes of two records: where both speak, and a fact of the one leaves no room for a fact of the other."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db.models import BooleanField, Case, Model, QuerySet, UniqueConstraint, Value, When

from binhlu_portal.audit.display import in_words, own_fields, record_names
from binhlu_portal.db.triggers import NoOverlap
from binhlu_portal.text.vietnamese import NOTHING
from members.models import Member, MemberState
from organizations.scope import Reader

from .facts import LEVEL, OPEN_TO_BOTH, TOGETHER


@dataclass(frozen=True)
class Moved:
    """Fact of the record that goes: the record that stays takes it over, unless its own facts `against` it are kept."""

    fact: Model
    against: list[Model] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Name of the choice between the fact and what stands against it."""
        return f"{self.fact._meta.model_name}-{self.fact.pk}"


@dataclass(frozen=True)
class SideBySide:
    """Line of two records side by side: what both say of one thing; `key` names the choice where both speak otherwise.

    Without it only the record that goes says something, which is taken over.
    """

    label: str
    mine: str
    theirs: str
    key: str = ""


def registers() -> list[type[Model]]:
    """Return every model whose rows are facts about one member, by its field `member`; levels are joined day by day."""
    return [link.related_model for link in Member._meta.related_objects if link.related_model is not MemberState]


def moved_facts(facts: QuerySet, keep: Member, other: Member) -> list[Moved]:
    """Return the `facts`, of one register, about `other`, each with those about `keep` that leave no room for it.

    They are read by one statement.
    """
    model = facts.model
    rules = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint) and "member" in rule.fields]
    held = {
        f"rule_{number}": Case(When(rule.condition, then=Value(True)), default=False, output_field=BooleanField())
        if rule.condition
        else Value(True)
        for number, rule in enumerate(rules)
    }
    rows = facts.filter(member__in=(keep, other)).order_by("pk").annotate(**held)
    mine, theirs = ([row for row in rows if row.member_id == person.pk] for person in (keep, other))
    found = {row.pk: Moved(row) for row in theirs}
    for own, fact in product(mine, theirs):
        if _leaves_no_room(own, fact, rules):
            found[fact.pk].against.append(own)
    return [*found.values()]


def _leaves_no_room(own, fact, rules):
    """Whether both cannot be facts about one person: a rule of the table says so, or periods that share a day."""
    if NoOverlap.owners.get(fact._meta.db_table) == ("member_id",):
        return _meet(own, fact)
    return any(
        getattr(own, f"rule_{number}") and getattr(fact, f"rule_{number}") and _agree(own, fact, rule.fields)
        for number, rule in enumerate(rules)
    )


def _meet(one, other):
    """Whether two periods share a day."""
    return one.started_on < other.ended_on and other.started_on < one.ended_on


def _agree(own, fact, names):
    said = [(getattr(own, name), getattr(fact, name)) for name in names if name != "member"]
    return all(one == other and one is not None for one, other in said)


def of_card(keep: Member, other: Member) -> list[SideBySide]:
    """Return the fields of the card of which the record that goes says what the other does not."""
    found = []
    for each in own_fields(Member):
        mine, theirs = (each.value_from_object(person) for person in (keep, other))
        if theirs and mine != theirs:
            found.append(_comparison(each, mine, theirs, each.name))
    return found


def of_levels(keep: Member, other: Member) -> list[SideBySide]:
    """Return the levels of which two records say otherwise on some day, each as on a day on which both speak, if any.

    What says more of another level goes with that, and is no choice of its own.
    """
    mine, theirs = ([*person.states.order_by("started_on")] for person in (keep, other))
    at_once = [(one, two) for one, two in product(mine, theirs) if _meet(one, two)]
    found, more = {}, {more: level for level, more in TOGETHER}
    for each in (level for level in own_fields(MemberState) if level.name not in OPEN_TO_BOTH):
        said = [[each.value_from_object(state) for state in states] for states in at_once]
        said = sorted((pair for pair in said if pair[1] and pair[0] != pair[1]), key=all, reverse=True)
        if said and not getattr(found.get(more.get(each.name)), "key", ""):
            found[each.name] = _comparison(each, *said[0], f"{LEVEL}{each.name}")
    return [*found.values()]


def _comparison(each, mine, theirs, key):
    """Return the line of a field; only where both speak there is a choice."""
    told = (in_words(each, value) for value in (mine, theirs))
    return SideBySide(str(each.verbose_name), *told, key if mine and theirs else "")


def of_registers(keep: Member, other: Member, user: Reader) -> list[SideBySide]:
    """Return the facts of `other` in every register as far as `user` reads them, with what stands against them."""
    found = [moved for model in registers() for moved in moved_facts(model.objects.visible_to(user), keep, other)]
    rows = [row for moved in found for row in (moved.fact, *moved.against)]
    names = record_names({link for row in rows for link in _links(row)})
    lines = [_told(moved, names) for moved in found]
    return [line for line in lines if line.mine != line.theirs]


def _told(moved, names):
    mine, theirs = [_say(row, names) for row in moved.against], _say(moved.fact, names)
    differs = bool(mine) and mine != [theirs]
    return SideBySide(
        str(moved.fact._meta.verbose_name), "; ".join(mine) or NOTHING, theirs, moved.key if differs else ""
    )


def _say(row: Model, names: dict[tuple[type[Model], Any], str]) -> str:
    """Return what a fact says, in words."""
    said = ((field, field.value_from_object(row)) for field in _fields(row))
    return ", ".join(in_words(field, value, names) for field, value in said if value not in (None, ""))


def _fields(row):
    return [field for field in own_fields(row) if field.name != "member"]


def _links(row):
    return [
        (field.related_model, value)
        for field in _fields(row)
        if field.remote_field and (value := field.value_from_object(row))
    ]
