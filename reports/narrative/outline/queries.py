"""Outline queries: which outline a report follows, and among which a committee may choose."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from organizations.models import Unit
from reports.narrative.models import ReportOutline
from reports.reporting_periods.models import ReportingPeriod

from . import builtin
from .parts import Outline


def with_outline(periods: QuerySet[ReportingPeriod]) -> QuerySet[ReportingPeriod]:
    """Return the periods, each with the text of the committee's own outline that it follows, if there is one."""
    latest = ReportOutline.objects.filter(unit=OuterRef("unit"), code=OuterRef("outline"))
    return periods.annotate(outline_text=Subquery(latest.values("text")[:1]))


def outline_of(period: ReportingPeriod) -> Outline:
    """Outline that the report of `period` follows now."""
    if hasattr(period, "outline_text"):
        return _outline(period.outline, period.outline_text)
    return outline_by(period.unit, period.outline)


def outline_by(unit: Unit, code: str) -> Outline:
    """Outline of `unit` with this code: its own, else the built-in one."""
    return _outline(code, ReportOutline.objects.filter(unit=unit, code=code).values_list("text", flat=True).first())


def built_in(code: str) -> Outline:
    """Outline of the portal with this code."""
    return _outline(code, "")


def _outline(code, own):
    return builtin.read(code, own or builtin.text_of(code))


def outlines_of(units: Iterable[Unit] | QuerySet[Unit]) -> dict[str, str]:
    """Outlines that reports of `units` may follow: {code: name}, the built-in ones first."""
    found = {code: built_in(code).name for code in builtin.codes()}
    own = ReportOutline.objects.filter(unit__in=units).order_by("pk").exclude(text="")
    return found | dict(own.values_list("code", "name"))
