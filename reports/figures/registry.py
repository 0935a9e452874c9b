"""Registry of figures, declared in `reports.figures.definitions`.

A figure is data: a code, a label, a population, a condition and a base. Its value and its list come from the same
condition, so they cannot disagree.
"""

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q

from binhlu_portal.moment.moment import Moment
from binhlu_portal.registry import Registry

from .populations import RECORDS, FigurePopulation, the_day, the_period

PEOPLE = "people"
"""The measure that counts a person once, in however many rows."""

FIGURES = Registry("figures")
"""Every figure of the report and its annexes by its code: what is told, compared, kept at closing."""

STATISTICS = Registry("figures of statistics")
"""The figures that only the forms of the Party's statistics show, by code: asked for and opened one by one."""

REGISTERS = Registry("registers", lambda registry: check())
"""The registers on which figures rest by their codes: figures of those about whom nothing is written down."""

KNOWN = ChainMap(FIGURES, STATISTICS, REGISTERS)
"""Every figure that can be asked for by its code."""


@dataclass(frozen=True)
class Figure:
    """Figure (indicator): the number of rows of a population that meet a condition.

    `where` is a `Q` or a function of the moment that gives one; `of` is the code of the base of the percentage, printed
    with `places` decimals; `measure` is "" for rows, `PEOPLE` for people, else the field to be summed. `reading` says
    what exactly is counted, where the label leaves it open; `when` of what time, where that is not the time of the
    population. `rests_on` are the codes of the registers without which the figure would be another, those of the
    population unless it says otherwise; `RECORDS` says that it counts the records themselves.
    """

    code: str
    label: str
    section: str
    population: FigurePopulation
    where: Q | Callable[[Moment], Q] = field(default_factory=Q)
    of: str = ""
    places: int = 1
    measure: str = ""
    reading: str = ""
    when: Callable[[Moment], str] | None = None
    rests_on: tuple[str, ...] = ()

    def time(self, moment: Moment) -> str:
        """Return in words of what time this figure speaks."""
        return (self.when or self.population.when)(moment)

    def condition(self, moment: Moment) -> Q:
        """Return the condition of this figure at `moment`."""
        return self.where(moment) if callable(self.where) else self.where


@dataclass(frozen=True)
class Register(Figure):
    """Register (sổ) on which figures rest, as the figure of those for whom it says nothing.

    They are counted, listed and split like the rows of any figure. `gap` is what a report prints in place of what is
    not known, with their number as {n}. Of what happens now and then a register never knows by itself whether it is
    complete: it is `asked_of_nought`, only where a figure that rests on it counts nothing. `check` is the code of the
    data check that finds them and leads to where the gap is closed: there is one for every register. `of` is the figure
    of all whom it asks, and `whose` what these are called, where it can be told how many it has.
    """

    gap: str = ""
    whose: str = ""
    asked_of_nought: bool = False
    check: str = ""


@dataclass(frozen=True)
class ChangeFigure:
    """Change figure: how much a stock grew from the since day to the as-of day; its rows are who came and who left."""

    code: str
    label: str
    section: str
    stock: str
    of: str = ""
    places: int = 1
    reading: str = ""

    def time(self, moment: Moment) -> str:
        """Return in words the period of the change."""
        return the_period(moment)


@dataclass(frozen=True)
class TargetFigure:
    """Target figure: a percentage that a resolution asks for, by the threshold of the day, beside actual figures."""

    code: str
    label: str
    section: str
    actual: tuple[str, ...]
    of: str = ""
    places: int = 0
    reading: str = ""

    def time(self, moment: Moment) -> str:
        """Return in words the day of the threshold."""
        return the_day(moment)


AnyFigure = Figure | ChangeFigure | TargetFigure
"""A figure of any kind; `code`, `label`, `section`, `of` and `time()` are common to all."""


def add(*figures: AnyFigure, to: Registry = FIGURES) -> None:
    """Register figures. Raises ValueError for a code used twice."""
    for figure in figures:
        to.add(figure.code, figure)


def needs(figure: AnyFigure) -> tuple[str, ...]:
    """Dependencies: the codes of other figures that `figure` is made of or measured by."""
    if isinstance(figure, TargetFigure):
        return figure.actual
    if isinstance(figure, ChangeFigure):
        return (figure.stock,)
    return (figure.of,) if figure.of else ()


def registers_of(figure: AnyFigure) -> tuple[str, ...]:
    """Registers: the codes of those on which `figure` rests, none for a count of the records themselves."""
    if not isinstance(figure, Figure):
        return tuple(dict.fromkeys(code for need in needs(figure) for code in registers_of(KNOWN[need])))
    return tuple(code for code in _named(figure) if code != RECORDS)


def _named(figure):
    return figure.rests_on or figure.population.rests_on


def check() -> None:
    """Validate the registry.

    Raises ValueError for a code used twice, a figure that needs one that does not exist, one that does not say on which
    register it rests, or names an unknown one, and a register without a data check.
    """
    if twice := FIGURES.keys() & STATISTICS.keys():
        raise ValueError(f"Defined twice: {sorted(twice)}.")
    if unchecked := [code for code, register in REGISTERS.items() if not register.check]:
        raise ValueError(f"No data check finds what these registers do not say: {unchecked}.")
    for figure in KNOWN.values():
        for code in needs(figure):
            if code not in KNOWN:
                raise ValueError(f"Figure {figure.code!r} needs the unknown figure {code!r}.")
        if isinstance(figure, Figure) and not _named(figure):
            raise ValueError(f"Figure {figure.code!r} does not say on which register it rests.")
        if unknown := set(registers_of(figure)) - REGISTERS.keys():
            raise ValueError(f"Figure {figure.code!r} rests on unknown registers: {sorted(unknown)}.")
