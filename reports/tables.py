"""What the report shows on its pages: the lists behind figures, a figure by unit, and the time a figure speaks of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Value
from django.urls import reverse

from binhlu_portal.forms import query
from binhlu_portal.moment import Moment
from binhlu_portal.vietnamese import day, number
from organizations.models import UnitPeriod

from . import behind, compute, ledger
from .figures import registry

SECTIONS = {
    "I.1": "Tổ chức đảng",
    "II.2": "Lãnh đạo, chỉ đạo",
    "III.1.1": "Kiện toàn, sắp xếp tổ chức đảng",
    "III.1.3": "Sinh hoạt chi bộ; đánh giá, xếp loại",
    "III.1.4": "Cấp ủy, cán bộ; đảng phí",
    "III.2.1": "Số lượng, cơ cấu đảng viên",
    "III.2.3": "Quản lý, rà soát đảng viên",
    "III.2.4": "Kết nạp đảng viên",
    "III.3": "Kỷ luật đảng",
    "V.1": "Mục tiêu của nghị quyết",
}
"""The sections of the report that have figures, in its order."""

STOCKS = frozenset({"units", "nested", "members"})
"""Populations that are counted on the as-of day; the others are counted over the period."""

NAMED = 4
"""How many units a narrowed list names before it only counts them."""

YEARLY = ("ratings.", "units.four_goods")
"""How the codes of figures about the rating year begin."""


def figures(moment):
    """Return the results of all figures of the report by code, in the order of its sections."""
    found = compute.figures(moment, [code for code, figure in registry.FIGURES.items() if figure.section in SECTIONS])
    order = list(SECTIONS)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1].figure.section)))


def sections(moment, results):
    """Return the sections of the report, each with its rows; the one on numbers of members has the ledger too."""
    ledger_of = {"III.2.1": ledger_lines(moment, results)}
    return [
        {
            "number": number,
            "name": name,
            "rows": [about(moment, result) for result in results.values() if result.figure.section == number],
            "targets": number == "V.1",
            "ledger": ledger_of.get(number),
        }
        for number, name in SECTIONS.items()
    ]


def about(moment, result):
    """Return what a page says of a result: its figure, base and time; of a target what is asked for and the verdict."""
    figure = result.figure
    said = {
        "figure": figure,
        "result": result,
        "base": registry.FIGURES.get(figure.of),
        "when": when(moment, figure),
        "in_report": figure.section in SECTIONS,
    }
    return said | ({"asked": asked(result), "verdict": verdict(result)} if isinstance(figure, registry.Target) else {})


def asked(target):
    """Return in words what the result of a target asks for."""
    if target.low is None:
        return "chưa đặt mức"
    levels = [f"{level.normalize():f}".replace(".", ",") for level in (target.low, target.high) if level is not None]
    return f"{'' if target.high else 'từ '}{'–'.join(levels)}\N{NO-BREAK SPACE}%"


def verdict(target):
    """Return in words whether a target has been reached."""
    return {True: "Đạt", False: "Chưa đạt", None: "Chưa đủ số liệu"}[target.met]


def when(moment, figure):
    """Return the day, period or year that `figure` speaks of."""
    if isinstance(figure, registry.Target) or (
        not isinstance(figure, registry.Change) and figure.population.code in STOCKS
    ):
        year = f"năm {moment.year}, " if figure.code.startswith(YEARLY) else ""
        return year + day(moment.as_of)
    return f"{day(moment.since)} – {day(moment.as_of)}"


def names(moment, **which):
    """Return what the units of `which` were last, not after the as-of day, by their id; only those in sight."""
    periods = UnitPeriod.objects.visible_to(moment.user).filter(started_on__lte=moment.as_of, **which)
    return {period.unit_id: period for period in periods.select_related("unit").order_by("started_on")}


def in_words(units):
    """Return the names of the units (their periods), only the first ones of many."""
    first = ", ".join(unit.name for unit in units[:NAMED])
    more = len(units) - NAMED
    return f"{first} và {number(more)} tổ chức đảng khác" if more > 0 else first or "Không có tổ chức đảng nào"


def by_unit(moment, figure):
    """Return the figure for each unit directly beneath that of the moment as `lines`, and their sum as `total`.

    Rows that the unit holds itself come last. A line of a change leads to the unit's own ledger, any other to the part
    of the list that lies beneath the unit.
    """
    found = {unit: results[figure.code] for unit, results in compute.split(moment, [figure.code]).items()}
    units = names(moment, unit__in=[unit for unit in found if unit])
    lines = [
        Line(period.name, found[unit], branch_link(moment, figure, period.unit))
        for unit, period in sorted(units.items(), key=lambda item: item[1].unit.code)
    ]
    if None in found:
        own = "" if isinstance(figure, registry.Change) else link(moment, figure.code, rieng=1)
        lines.append(Line("Của chính tổ chức đảng này", found[None], own))
    return {"lines": lines, "total": sum(line.value.value for line in lines)}


def branch_link(moment, figure, unit):
    """Return the address of the part of the list behind `figure` that lies beneath `unit`."""
    if not isinstance(figure, registry.Change):
        return link(moment, figure.code, trong=unit.code)
    try:
        return link(Moment.of(unit, moment.user, today=moment.as_of, since=moment.since), figure.code)
    except ValueError:  # the unit is no more
        return ""


@dataclass(frozen=True)
class Line:
    """A line of a small table: what is counted, how much (a number or a result), and the address of the list."""

    label: str
    value: Any
    href: str
    strong: bool = False


def link(moment, code, **more):
    """Return the address of the list behind the figure `code`."""
    return f"{reverse('figure', args=[code])}?{query(moment, **more)}"


def ledger_lines(moment, results):
    """Return the ledger of members line by line, between two totals that are among the `results`."""
    closing, increase = results["members.total"].value, results["members.increase"].value
    opening = closing - increase
    start = link(Moment.of(moment.unit, moment.user, today=moment.since), "members.total") if opening else ""
    reasons = _reasons(moment)
    return [
        Line(f"Đảng viên ngày {day(moment.since)}", opening, start, strong=True),
        *_flow(moment, behind.CAME, reasons),
        *_flow(moment, behind.LEFT, reasons),
        Line(f"Đảng viên ngày {day(moment.as_of)}", closing, link(moment, "members.total"), strong=True),
    ]


def _reasons(moment):
    """Return how many came or left for each reason, the most frequent first: (reason, count, direction)."""
    stays = {behind.CAME: ledger.arrivals(moment), behind.LEFT: ledger.departures(moment)}
    came, left = (
        rows.order_by().values_list("reason").annotate(count=Count("pk"), direction=Value(direction))
        for direction, rows in stays.items()
    )
    return sorted(came.union(left, all=True), key=lambda line: (-line[1], line[0]))


def _flow(moment, direction, reasons):
    """Return the line of all who came (or left), and one for each reason."""
    lines = [
        Line(behind.REASONS[reason], count, link(moment, "members.increase", chieu=direction, ly_do=reason))
        for reason, count, towards in reasons
        if towards == direction
    ]
    everybody = link(moment, "members.increase", chieu=direction)
    return [Line(behind.DIRECTIONS[direction], sum(line.value for line in lines), everybody, strong=True), *lines]
