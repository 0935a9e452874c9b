"""The rows behind a figure, whole or narrowed, and the rows of the ledger behind a change."""

from dataclasses import replace

from django.db.models import OuterRef, Q, Value

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.records.tables.columns import ListColumn, Listing
from binhlu_portal.text import vietnamese
from members import choices
from members.columns import BY_NAME, CELL, person
from organizations.tree_queries import name_of

from . import drilldown_columns, evaluate, ledger

REASONS = {
    **dict(choices.StartReason.choices),
    **dict(choices.EndReason.choices),
    ledger.WITH_UNIT: "Cùng tổ chức đảng",
}
"""Why people came or left; a move within the committee is called the same at both ends."""

SIGNS = {1: "Tăng", -1: "Giảm"}
DIRECTIONS = {ledger.CAME: SIGNS[1], ledger.LEFT: SIGNS[-1]}

CHANGE = Listing(
    (
        ListColumn("Tăng, giảm", "sign", SIGNS.get, short=True),
        *person(),
        CELL,
        ListColumn("Ngày", "day", vietnamese.day, short=True),
        ListColumn("Lý do", "reason", REASONS.get),
    ),
    ("-sign", *BY_NAME),
)
"""How the rows of a change are listed: who came, then who left."""


def behind(moment, figure, units=None, own=False):
    """Return the rows that `figure` counts as dictionaries, or those beneath one of `units` (ids), or their own."""
    figure = figure if units is None else narrowed(figure, units, own)
    return drilldown_columns.LISTINGS[figure.population.code].rows(evaluate.rows(moment, figure), moment)


def narrowed(figure, units, own=False):
    """Return `figure` over those of its rows alone that lie beneath one of `units` (ids) too, or `own` in one."""
    itself = Q(**{f"{figure.population.line}depth": 0}) if own else Q()

    def condition(moment):
        beneath = figure.population.beneath(moment, units, itself).order_by().values("pk")
        return figure.condition(moment) & Q(pk__in=beneath)

    return replace(figure, where=condition)


def changes(moment, direction=None, reasons=()):
    """Return the rows of the ledger: who came and who left, or one of them, for any reason or for one of `reasons`."""
    parts = []
    if direction != ledger.LEFT:
        parts.append(_signed(ledger.arrivals(moment), 1, covers))
    if direction != ledger.CAME:
        parts.append(_signed(ledger.departures(moment), -1, covers_eve))
    if known := [reason for reason in reasons if reason in REASONS]:
        parts = [part.filter(reason__in=known) for part in parts]
    parts = [part.values("pk", *CHANGE.paths) for part in parts]
    return parts[0].union(*parts[1:], all=True).order_by(*CHANGE.order)


def _signed(stays, sign, holds):
    return stays.order_by().annotate(sign=Value(sign), cell=name_of("unit", holds(OuterRef("day"))))
