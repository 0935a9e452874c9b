"""Facts of two records made those of one: what one says and the other leaves open is kept, whoever is believed."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from binhlu_portal.audit.display import in_words, own_fields
from members.models import Member, MemberState

TOGETHER = (("education", "education_grade"), ("qualification", "speciality"))
"""Levels that say more of one another: one is not taken from another record than the other."""

PERIOD = ("started_on", "ended_on")
OPEN_TO_BOTH = ("member", *PERIOD)


def fill(fact: Model, other: Model) -> None:
    """Give `fact` what `other`, of the same model, says and `fact` leaves open, unless both together cannot be true."""
    missing = {field.attname: getattr(other, field.attname) for field in own_fields(type(fact))}
    missing = {name: value for name, value in missing.items() if value and not getattr(fact, name)}
    for name, value in missing.items():
        setattr(fact, name, value)
    with suppress(IntegrityError), transaction.atomic():
        if missing:
            fact.save(update_fields=[*missing])


def differing_facts(keep: Member, other: Member) -> list[tuple[str, str, str]]:
    """Return [(label, of `keep`, of `other`)] of facts of one year or day that the two records tell otherwise."""
    found = []
    for link in Member._meta.related_objects:
        model, name = link.related_model, link.field.name
        fields = [field for field in own_fields(model) if not field.remote_field]
        for fact in model._base_manager.filter(**{name: other}) if hasattr(model, "year") else ():
            twin = twin_of(fact, name, keep)
            told = [_told(row, fields) for row in (twin, fact) if row]
            if len(set(told)) > 1:
                found.append((str(model._meta.verbose_name), *told))
    return found


def _told(row, fields):
    """Return in words what a fact says."""
    return ", ".join(in_words(field, field.value_from_object(row)) for field in fields)


def twin_of(fact: Model, link: str, keep: Member) -> Model | None:
    """Fact of `keep` that leaves no room for `fact` of another record: of the same year or day; None if not one."""
    names = [name for name in ("year", "started_on") if hasattr(fact, name)][:1]
    if not names:
        return None
    twins = type(fact)._base_manager.filter(**{link: keep}, **{name: getattr(fact, name) for name in names})[:2]
    return twins[0] if len(twins) == 1 else None


def join_levels(keep: Member, other: Member) -> None:
    """Give `keep` the levels of both, day by day: its own, and those of `other` where its own are open."""
    mine, theirs = ([*person.states.order_by("started_on")] for person in (keep, other))
    if not theirs:
        return
    other.states.all().delete()
    wanted = _joined(mine, theirs)
    known = {state.started_on: state for state in mine}
    kept = {started: known[started] for started, _, _ in wanted if started in known}
    for started, state in known.items():
        if started not in kept:
            state.delete()
    for started, ended, levels in wanted:
        state = kept.get(started) or MemberState(member=keep, started_on=started)
        state.ended_on = ended
        for name, value in levels.items():
            setattr(state, name, value)
        state.save()


def _joined(mine: Sequence[MemberState], theirs: Sequence[MemberState]) -> list[list[Any]]:
    """Return [first day, end, {level: value}] of both, one behind the other; what does not change is one."""
    days = sorted({getattr(state, name) for state in (*mine, *theirs) for name in PERIOD})
    found = []
    for started, ended in pairwise(days):
        said = [levels for levels in (_on(mine, started), _on(theirs, started)) if levels]
        if not said:
            continue
        levels = _filled(*said) if len(said) > 1 else said[0]
        if found and found[-1][1:] == [started, levels]:
            found[-1][1] = ended
        else:
            found.append([started, ended, levels])
    return found


def _on(states, day):
    """Return the levels of a day, None without any."""
    state = next((state for state in states if state.started_on <= day < state.ended_on), None)
    return state and {
        field.name: getattr(state, field.name) for field in own_fields(MemberState) if field.name not in OPEN_TO_BOTH
    }


def _filled(mine, theirs):
    """Return the levels of one record with those of another where it leaves them open."""
    found = {name: value or theirs[name] for name, value in mine.items()}
    for level, more in TOGETHER:
        if mine[level] and mine[level] != theirs[level]:
            found[more] = mine[more]
    return found
