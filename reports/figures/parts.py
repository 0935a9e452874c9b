"""Parts of a figure: those of its rows that lie beneath some units, and those of its base whom it leaves out."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q

from .registry import KNOWN, AnyFigure, Figure


def narrow(figure: Figure, units: Collection[int], own: bool = False) -> Figure:
    """Narrow a figure to those of its rows that lie beneath one of `units` (ids) too, or `own` in one."""
    itself = Q(**{f"{figure.population.line}depth": 0}) if own else Q()

    def condition(moment):
        beneath = figure.population.beneath(moment, units, itself).order_by().values("pk")
        return figure.condition(moment) & Q(pk__in=beneath)

    return replace(figure, where=condition)


def remainder(figure: AnyFigure) -> Figure | None:
    """Return the figure of those of the base of `figure` whom it does not count, None where these are no such rows.

    Of a target they are the ones to be named: the five villages whose head is no member, not the thirty.
    """
    base = KNOWN.get(getattr(figure, "of", ""))
    if not isinstance(figure, Figure) or base is None or base.population != figure.population or figure.measure:
        return None

    def condition(moment):
        counted = figure.population.beneath(moment, where=figure.condition(moment)).order_by().values("pk")
        return base.condition(moment) & ~Q(pk__in=counted)

    return replace(base, where=condition)
