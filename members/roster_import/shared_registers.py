"""Headings that columns of many registers bear ("Số QĐ", "Từ ngày"), and numbers that only a title says."""

import re
from collections.abc import Iterable, Sequence

from .column_types import IGNORED
from .registers import REGISTERS, SHARED, own_kind, register_of, titled
from .text_keys import key

DAY = frozenset({"ngay", "ngay thang", "ngay thang nam", "ngay ky", "ngay cap"})
DAY_OF = {"decision_number": "decision_date", "official_decision": "official_decided_on", "source": "started_on"}
"""What a column that is called a day and nothing more tells behind that of the number of a paper."""

LIKE_REGISTERS = ("position",)
"""Kinds of record whose columns bear such headings too, though they are no register of `registers.py`."""

POST = "position.post"

OF_POSTS = re.compile(r"\b(?:danh sach|so) (?:cap uy|chi uy|ban chi uy|ban chap hanh)\b")
"""What a title of a list of those who hold posts in committees says."""

Meant = dict[int, tuple[str, bool]]
"""What the headings of columns mean: {index: (kind, whether this is sure)}."""


def settle(meant: Meant, titles: Sequence[str], headings: Sequence[tuple[str, str]]) -> None:
    """Settle in `meant` of which register columns are that many have, and of which record, by the `titles`.

    What is nothing but a number ("2024") tells a record of the one register of which the titles speak.
    """
    named = titled(titles)
    for index in meant.keys() & numbers_alone(headings).keys():
        told = [
            f"{name}.{REGISTERS[name].needs[0][0]}#{headings[index][1]}"
            for name in named
            if _numbers(name, headings[index][1])
        ]
        meant[index] = (told[0], False) if len(told) == 1 else meant[index]
    spoken = {index: name for index, (kind, _) in sorted(meant.items()) if (name := _register(kind))}
    is_of_posts = any(OF_POSTS.search(key(title)) for title in titles)
    if named and not is_of_posts:
        spoken = {index: name for index, name in spoken.items() if name not in LIKE_REGISTERS}
    for index, (kind, sure) in meant.items():
        if kind.startswith(SHARED):
            meant[index] = _settled(kind.partition(".")[2], index, sure, spoken, named)
    _settle_posts(meant, is_of_posts, bool(named))
    if named:
        told = (own_kind(name, "note") for name in named if REGISTERS[name].about == "member")
        notes = [*filter(None, told)]
        _mean(meant, "note", (notes[0], True) if len(notes) == 1 else (IGNORED, False))
    columns = {kind for kind, _ in meant.values()}
    for index, (kind, sure) in meant.items():
        register = register_of(kind)
        if register and "#" in kind:
            kind, _, own = kind.partition("#")
            meant[index] = f"{kind}#{register.number_within(own, titles)}", sure
            continue
        number = register.number_within(named.get(register.name, ""), titles) if register else ""
        if number and "#" not in kind and f"{register.name}.{register.apart}" not in columns and _tells(register, kind):
            meant[index] = f"{kind}#{number}", sure


def settle_days(meant: Meant, headings: Sequence[tuple[str, str]]) -> None:
    """Settle in `meant` that a column called "Ngày" behind the number of a paper holds its day."""
    for behind in [index for index in meant if meant[index][0] == IGNORED and meant.get(index - 1)]:
        (kind, sure), (above, own) = meant[behind - 1], headings[behind]
        record, _, name = kind.partition(".")
        if name in DAY_OF and key(own or above) in DAY:
            meant[behind] = f"{record}.{DAY_OF[name]}", sure


def _settle_posts(meant, is_of_posts, is_of_registers):
    """Settle which column tells posts: of committees what somebody is, where no column says more.

    A list of measures, courses or ratings only says which post somebody had then: nobody is appointed by it, unless it
    tells a day or a decision of posts too.
    """
    kinds = {kind for kind, _ in meant.values()}
    if is_of_posts and POST not in kinds:
        _mean(meant, "state.job", (POST, False))
    elif is_of_registers and not is_of_posts and not any(kind.startswith("position.") for kind in kinds - {POST}):
        _mean(meant, POST, (IGNORED, True))


def _mean(meant, kind, said):
    """Let the columns surely of a kind mean what is `said`."""
    for index in [index for index, found in meant.items() if found == (kind, True)]:
        meant[index] = said


def numbers_alone(headings: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Return {column: heading} of those that are nothing but a number of some register."""
    alone = {index: heading for index, (above, heading) in enumerate(headings) if heading and not above}
    return {index: heading for index, heading in alone.items() if any(_numbers(name, heading) for name in REGISTERS)}


def _numbers(name, heading):
    """Return whether a heading is a number that tells records of a register apart, and nothing else."""
    number, about = REGISTERS[name].number, REGISTERS[name].about
    return bool(number) and about == "member" and re.fullmatch(number, heading, re.IGNORECASE) is not None


def speaks_of_registers(kinds: Iterable[str]) -> bool:
    """Return whether a list speaks of registers, so that its titles say what its columns mean."""
    return any(kind.startswith(SHARED) or register_of(kind) for kind in kinds)


def _register(kind):
    """Return the name of the register of which a kind alone says that it is."""
    name = kind.partition(".")[0]
    return name if register_of(kind) or name in LIKE_REGISTERS else None


def _settled(field, index, sure, spoken, named):
    """Return what a shared heading means: of the register that the list speaks of, of several of the one before it."""
    fit = [name for name in dict.fromkeys((*spoken.values(), *named)) if own_kind(name, field)]
    before = [name for at, name in spoken.items() if at < index and name in fit]
    if len(fit) == 1:
        return own_kind(fit[0], field), sure and bool(before or fit[0] in named)
    return (own_kind(before[-1], field), False) if before else (IGNORED, False)


def _tells(register, kind):
    """Return whether a column tells of a record of a register, and does not only add to it."""
    return kind.partition("=")[0].partition(".")[2] in register.telling
