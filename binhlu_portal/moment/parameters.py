"""Moment made of parameters: what a condition is asked of so that its statement holds for every moment and reader."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from binhlu_portal.db.statements import Parameter, RowParameter, of_parameters
from organizations.in_force import InForce
from organizations.scope import reader_parameter

from .moment import Moment


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
