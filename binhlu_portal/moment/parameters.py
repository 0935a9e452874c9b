"""Moment made of parameters: what a condition is asked of so that its statement holds for every moment and reader."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from binhlu_portal.db.statements import Parameter, RowParameter, of_parameters
from organizations.in_force import InForce
from organizations.scope import SYSTEM, Reader

from .moment import Moment


class ReaderParameter(RowParameter):
    """Query parameter that stands for the account of a reader who may, or may no longer, sign in."""

    def __init__(self, read: Callable[[Any], Any], is_active: bool):
        super().__init__(read)
        self.is_active = is_active


@of_parameters
def _value(code, on, rulebook):
    return InForce(on, rulebook).value(code)


@dataclass(frozen=True)
class InForceParameters:
    """What is in force on the day of a moment made of parameters: the values that conditions ask for."""

    moment: Moment

    def value(self, code: str) -> Parameter:
        """Return the whole number that a regulation sets, as a parameter."""
        return _value(code, self.moment.as_of, self.moment.rulebook)


class MomentParameters(Moment):
    """Moment made of parameters, from which `Moment` stands in what is asked later."""

    @property
    def in_force(self) -> InForceParameters:
        """The values of the regulations of the as-of day."""
        return InForceParameters(self)


def kind_of_reader(reader: Reader) -> Hashable:
    """Return what of a reader makes another statement: whether it is the machine, and may sign in."""
    return SYSTEM if reader is SYSTEM else reader.is_active


def reader_parameter(kind: Hashable, find: Callable[[Any], Reader]) -> Reader:
    """Return a reader of a kind made of a parameter; `find` gives the reader in what is asked."""
    return kind if kind is SYSTEM else ReaderParameter(lambda asked: find(asked).pk, kind)


def moment_parameters(kind: Hashable, find: Callable[[Any], Moment] = lambda asked: asked) -> MomentParameters:
    """Return a moment made of parameters for a kind of reader; `find` gives the moment in what is asked."""
    return MomentParameters(
        unit=RowParameter(lambda asked: find(asked).unit.pk),
        as_of=Parameter(lambda asked: find(asked).as_of),
        since=Parameter(lambda asked: find(asked).since),
        year=Parameter(lambda asked: find(asked).year),
        user=reader_parameter(kind, lambda asked: find(asked).user),
        rulebook=Parameter(lambda asked: find(asked).rulebook),
    )
