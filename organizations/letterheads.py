"""Letterheads: which organ issues a document of a unit, beneath which other, at which place, and who usually signs.

The page follows Hướng dẫn 36-HD/VPTW: the superior organ above the issuing one, the place before the day. The names of
superior committees are no secret, so they are read past the reader's scope.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from binhlu_portal.dates.validity import covers
from binhlu_portal.sheets.sheet import Heading, Signature

from .choices import CELLS, Kind
from .models import Unit, UnitPeriod
from .tree_queries import leading_committee

PLACES = ("Đảng bộ xã ", "Đảng bộ phường ", "Đảng bộ đặc khu ", "Đảng bộ tỉnh ")
"""What stands before the name of a place in the name of its committee."""

SIGNING = {
    Kind.NATION: ("T/M BAN CHẤP HÀNH TRUNG ƯƠNG", "TỔNG BÍ THƯ"),
    Kind.PROVINCE: ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
    Kind.COMMUNE: ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
}
"""Who signs for a committee that asks others to report, unless its reporting period says otherwise."""

BY_A_CELL = Signature("T/M CHI BỘ", "BÍ THƯ")
"""Who signs for a cell."""

CAPITAL = "Hà Nội"
DAY_LEFT_OPEN = "ngày … tháng … năm …"


def line_of(unit: Unit, day: date) -> QuerySet[UnitPeriod]:
    """Return what a unit and those above it are on a day, from the unit up."""
    beneath = {"unit__beneath__unit": unit}
    return UnitPeriod.objects.filter(covers(day), covers(day, "unit__beneath__"), **beneath).order_by(
        "unit__beneath__depth"
    )


def letterhead(line: Sequence[UnitPeriod]) -> Heading:
    """Return the letterhead of the first unit of a `line_of`; its day is left open for the hand that signs."""
    own, *above = line
    root_superior = settings.PORTAL_SUPERIOR if own.kind == Kind.COMMUNE else ""
    superior = above[0].name if above else root_superior
    seat = next(period for period in line if period.kind in SIGNING)
    place = CAPITAL if seat.kind == Kind.NATION else _without_prefix(seat.name)
    place_and_day = f"{place}, {DAY_LEFT_OPEN}"
    return Heading(superior, leading_committee(own.name), number=None, place_and_day=place_and_day)


def usual_signature(unit: UnitPeriod) -> Signature:
    """Return on whose authority and in which post a document of a unit is usually signed."""
    if unit.kind in CELLS:
        return BY_A_CELL
    return Signature(*SIGNING.get(unit.kind, ("T/M ĐẢNG ỦY", "BÍ THƯ")))


def _without_prefix(name):
    for prefix in PLACES:
        name = name.removeprefix(prefix)
    return name
