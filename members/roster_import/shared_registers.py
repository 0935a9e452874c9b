"""Headings that columns of many registers bear ("Số QĐ", "Từ ngày"), and numbers that only a title says."""

from collections.abc import Iterable, Sequence

from .column_types import COLUMN_TYPES, IGNORED
from .registers import SHARED, register_of, titled
from .text_keys import key

DAY = frozenset({"ngay", "ngay thang", "ngay thang nam", "ngay ky", "ngay cap"})
DAY_OF = {"decision_number": "decision_date", "official_decision": "official_decided_on", "source": "started_on"}
"""What a column that is called a day and nothing more tells behind that of the number of a paper."""

LIKE_REGISTERS = ("position",)
"""Kinds of record whose columns bear such headings too, though they are no register of `registers.py`."""

Meant = dict[int, tuple[str, bool]]
"""What the headings of columns mean: {index: (kind, whether this is sure)}."""


def settle(meant: Meant, titles: Sequence[str]) -> None:
    """Settle in `meant` of which register columns are that many have, and of which record, by the `titles`."""
    named = titled(titles)
    spoken = {index: name for index, (kind, _) in sorted(meant.items()) if (name := _register(kind))}
    for index, (kind, sure) in meant.items():
        if kind.startswith(SHARED):
            meant[index] = _settled(kind.partition(".")[2], index, sure, spoken, named)
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


def speaks_of_registers(kinds: Iterable[str]) -> bool:
    """Return whether a list speaks of registers, so that its titles say what its columns mean."""
    return any(kind.startswith(SHARED) or register_of(kind) for kind in kinds)


def _register(kind):
    """Return the name of the register of which a kind alone says that it is."""
    name = kind.partition(".")[0]
    return name if register_of(kind) or name in LIKE_REGISTERS else None


def _settled(field, index, sure, spoken, named):
    """Return what a shared heading means: of the register that the list speaks of, of several of the one before it."""
    plain = field.partition("#")[0]
    fit = [name for name in dict.fromkeys((*spoken.values(), *named)) if f"{name}.{plain}" in COLUMN_TYPES]
    before = [name for at, name in spoken.items() if at < index and name in fit]
    if len(fit) == 1:
        return f"{fit[0]}.{field}", sure and bool(before or fit[0] in named)
    return (f"{before[-1]}.{field}", False) if before else (IGNORED, False)


def _tells(register, kind):
    """Return whether a column tells of a record of a register, and does not only add to it."""
    return kind.partition("=")[0].partition(".")[2] in register.telling
