"""Headings that columns of many registers bear ("Số QĐ", "Từ ngày"), and numbers that only a title says."""

import re
from collections.abc import Iterable, Sequence

from .column_types import IGNORED
from .registers import SHARED, own_kind, register_of, titled
from .text_keys import key

LIKE_REGISTERS = ("position",)
"""Kinds of record whose columns bear such headings too, though they are no register of `registers.py`."""

OF_POSTS = re.compile(r"\b(?:danh sach|so) (?:cap uy|chi uy|ban chi uy|ban chap hanh)\b")
"""What a title of a list of those who hold posts in committees says."""

Meant = dict[int, tuple[str, bool]]
"""What the headings of columns mean: {index: (kind, whether this is sure)}."""


def settle(meant: Meant, titles: Sequence[str]) -> None:
    """Settle in `meant` of which register columns are that many have, and of which record, by the `titles`."""
    named = titled(titles)
    spoken = {index: name for index, (kind, _) in sorted(meant.items()) if (name := _register(kind))}
    for index, (kind, sure) in meant.items():
        if kind.startswith(SHARED):
            meant[index] = _settled(kind.partition(".")[2], index, sure, spoken, named)
    _settle_posts(meant, titles)
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


def _settle_posts(meant, titles):
    """Take what somebody is in a list of committees for the post in the Party, where no column says it."""
    kinds = {kind for kind, _ in meant.values()}
    if "position.post" not in kinds and any(OF_POSTS.search(key(title)) for title in titles):
        for index, (kind, sure) in meant.items():
            meant[index] = ("position.post", False) if (kind, sure) == ("state.job", True) else (kind, sure)


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
