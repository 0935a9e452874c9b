"""Data checks made of registers: what figures rest on and nobody has written down is found, with where to fill it in.

A register whose gap no check of its own app finds is declared here, so that none is without one.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, CheckPopulation, Level, check
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.types import About
from members.data_checks.populations import ADMITTED, GONE
from organizations.data_checks import UNITS as EVERY_UNIT
from organizations.rights import Right
from reports.figures.fact_populations import COMMUNES
from reports.figures.populations import ADMISSIONS, CELL_UNITS, DEPARTURES, UNITS, FigurePopulation
from reports.figures.registry import REGISTERS, Register, add

ADVICE = "Ghi vào sổ, có ngày và căn cứ: báo cáo để chỗ trống cho đến khi ghi."
SOURCE = "Quy tắc của hệ thống: điều chưa ai ghi không được coi là không có"


def of_figures(population: FigurePopulation) -> CheckPopulation:
    """Return the units that figures count, as data checks go through them."""

    def rows(moment):
        return population.beneath(moment)

    return CheckPopulation(f"{population.code}_of_figures", rows, About.UNIT, "unit__code", EVERY_UNIT.listing)


AMONG = {
    UNITS.code: of_figures(UNITS),
    CELL_UNITS.code: of_figures(CELL_UNITS),
    COMMUNES.code: of_figures(COMMUNES),
    ADMISSIONS.code: ADMITTED,
    DEPARTURES.code: GONE,
}
"""What data checks go through, by the code of the population of figures with the same rows."""


def add_form(code: str, **given: str) -> Callable[[dict[str, Any], Moment], str]:
    """Return the address at which a record of the record type `code`, as is `given`, is added about a unit."""
    return lambda row, moment: (
        f"{reverse('record-add', args=[code])}?{urlencode({'don_vi': row['unit__code'], **given})}"
    )


def add_checked(register: Register, title: str, mends: Callable, right: Right = Right.DECIDE) -> None:
    """Declare a register, and the check of its code with this title that leads to where gaps are filled in."""
    add(register, to=REGISTERS)
    among = AMONG[register.population.code]
    check(Check(register.check, Level.NOTE, title, ADVICE, SOURCE, among, register.where, mends, right))
