"""Facts of two records made those of one: what one says and the other leaves open is kept, whoever is believed."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from binhlu_portal.audit.display import own_fields
from members.models import Member, MemberState

TOGETHER = (("education", "education_grade"), ("qualification", "speciality"))
"""Levels that say more of one another: one is not taken from another record than the other."""

PERIOD = ("started_on", "ended_on")
OPEN_TO_BOTH = ("member", *PERIOD)


OF_THE_END = ("end_reason", "went_to", "end_decision_number", "end_decision_date")
"""What a period says of its end."""

LEVEL = "memberstate-"
"""How the choice of a level begins."""


def fill(fact: Model, other: Model) -> None:
    """Give `fact` what `other`, of the same model, says and `fact` leaves open, unless both together cannot be true.

    Two periods that begin on different days are two acts: the decision of the one is none of the other.
    """
    started, ended = ({getattr(row, name, None) for row in (fact, other)} for name in PERIOD)
    if len(started) > 1:
        return
    names = [field.attname for field in own_fields(type(fact)) if len(ended) == 1 or field.name not in OF_THE_END]
    missing = {name: value for name in names if (value := getattr(other, name)) and not getattr(fact, name)}
    if not _is_taken(fact, missing):
        for name, value in missing.items():
            _is_taken(fact, {name: value})


def _is_taken(fact, missing):
    """Whether a fact could be given values; else it stays what it was."""
    before = {name: getattr(fact, name) for name in missing}
    for name, value in missing.items():
        setattr(fact, name, value)
    try:
        with transaction.atomic():
            if missing:
                fact.save(update_fields=[*missing])
    except IntegrityError:
        for name, value in before.items():
            setattr(fact, name, value)
        return False
    return True


def join_levels(keep: Member, other: Member, theirs_win: Collection[str] = ()) -> None:
    """Give `keep` the levels of both, day by day: its own, and those of `other` where its own are open.

    Where both have a level, that of `keep` stays, unless `theirs_win` names it.
    """
    mine, theirs = ([*person.states.order_by("started_on")] for person in (keep, other))
    if not theirs:
        return
    other.states.all().delete()
    wanted = _joined(mine, theirs, theirs_win)
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


def _joined(mine: Sequence[MemberState], theirs: Sequence[MemberState], theirs_win: Collection[str]) -> list[list[Any]]:
    """Return [first day, end, {level: value}] of both, one behind the other; what does not change is one."""
    days = sorted({getattr(state, name) for state in (*mine, *theirs) for name in PERIOD})
    found = []
    for started, ended in pairwise(days):
        said = [levels for levels in (_on(mine, started), _on(theirs, started)) if levels]
        if not said:
            continue
        levels = _filled(*said, theirs_win) if len(said) > 1 else said[0]
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


def _filled(mine, theirs, theirs_win):
    """Return the levels of one record with those of another where it leaves them open, or where `theirs_win`."""
    first = {name: (theirs, mine) if f"{LEVEL}{name}" in theirs_win else (mine, theirs) for name in mine}
    found = {name: winner[name] or loser[name] for name, (winner, loser) in first.items()}
    for level, more in TOGETHER:
        winner, loser = first[level]
        if winner[level] and winner[level] != loser[level]:
            found[more] = winner[more]
    return found
