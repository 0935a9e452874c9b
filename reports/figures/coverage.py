"""Coverage of a figure: of how many people or units the registers say something, without whom it would be another.

A share looks the same where everything is written down and where somebody has stopped writing: it stands beside how far
its registers go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from binhlu_portal.text.vietnamese import number

from .registry import KNOWN, REGISTERS, AnyFigure, Register, registers_of
from .result import Result


@dataclass(frozen=True)
class Coverage:
    """Of `asked` people or units a register says something about `recorded`."""

    register: Register
    recorded: int
    asked: int

    @property
    def missing(self) -> int:
        """About how many it says nothing."""
        return self.asked - self.recorded

    @property
    def said(self) -> str:
        """The coverage in words; of what happens now and then it is who has stated that nothing else did."""
        verb = "báo đủ" if self.register.asked_of_nought else "ghi"
        return f"{verb} {number(self.recorded)}/{number(self.asked)} {self.register.whose}"


def registers_to_ask(codes: Iterable[str]) -> list[str]:
    """Registers whose results tell the coverage of the figures `codes`: those that know how many they ask."""
    found = dict.fromkeys(register for code in codes for register in registers_of(KNOWN[code]))
    return [register for register in found if REGISTERS[register].of]


def coverage(figure: AnyFigure, results: Mapping[str, Result]) -> Coverage | None:
    """Coverage of `figure` by the `results` of its registers, the least where it rests on several.

    None for a count of the records themselves, and where there is nobody to ask.
    """
    asked = [results[code] for code in registers_to_ask([figure.code])]
    known = [Coverage(one.figure, one.base - one.value, one.base) for one in asked if one.base]
    return min(known, key=lambda one: one.recorded / one.asked, default=None)
