"""Checks of what units are: kinds and sectors that do not go together."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, CheckPopulation, Level, check
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About

from .choices import Kind, Sector
from .models import ImpossiblePair, UnitPeriod
from .rights import Right
from .tree_queries import lies_beneath


def units(moment: Moment) -> QuerySet:
    """Return what the units beneath the unit are on the day."""
    found = UnitPeriod.objects.visible_to(moment.user).on(moment.as_of)
    return found.filter(lies_beneath(moment.unit, moment.as_of))


def impossible(moment):
    """Return the condition that no unit has the kind and the sector of a row on the day."""
    pair = {"kind": OuterRef("kind"), "sector": OuterRef("sector")}
    return Exists(ImpossiblePair.objects.filter(covers(moment.as_of), **pair))


def reclassify(row, moment):
    """Return the address at which the kind and the sector of the unit of a row are changed."""
    return reverse("unit-form", args=[row["unit__code"], "doi-loai"])


UNITS = CheckPopulation(
    "every_unit",
    units,
    About.UNIT,
    "unit__code",
    Listing(
        (
            ListColumn("Tổ chức đảng", "name", sort="unit__code"),
            ListColumn("Loại tổ chức", "kind", labelled(Kind)),
            ListColumn("Loại hình", "sector", labelled(Sector)),
        ),
        ("unit__code",),
    ),
)

check(
    Check(
        "loai-hinh-khong-co",
        Level.ERROR,
        "Loại tổ chức và loại hình không đi với nhau",
        "Đổi loại tổ chức hoặc loại hình; ghi nhầm từ đầu thì sửa ở sổ dữ liệu, tab Tên, loại, cấp trên.",
        "Sổ Loại tổ chức không có loại hình",
        UNITS,
        impossible,
        reclassify,
        Right.DECIDE,
    )
)
