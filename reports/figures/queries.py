"""Template context of the pages of figures: sections of the report, a figure by unit, the ledger of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.query_string import query
from binhlu_portal.text.vietnamese import day, number
from organizations.models import Unit, UnitPeriod

from . import drilldown, evaluate, ledger, registry
from .registry import AnyFigure
from .result import Result

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

NAMED = 4
"""How many units a narrowed list names before it only counts them."""


def figures(moment: Moment) -> dict[str, Result]:
    """Results of all figures of the report, {code: Result}, in the order of its sections."""
    found = evaluate.results(moment, [code for code, figure in registry.FIGURES.items() if figure.section in SECTIONS])
    order = list(SECTIONS)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1].figure.section)))


def sections(moment: Moment, results: dict[str, Result]) -> list[dict[str, Any]]:
    """Template context of the sections of the report, each with its rows.

    That on numbers of members has the ledger too.

    Each is {number, name, rows, targets: whether they are targets, ledger: lines or None}.
    """
    ledger_of = {"III.2.1": ledger_lines(moment, results)}
    return [
        {
            "number": number,
            "name": name,
            "rows": [result_context(moment, result) for result in results.values() if result.figure.section == number],
            "targets": number == "V.1",
            "ledger": ledger_of.get(number),
        }
        for number, name in SECTIONS.items()
    ]


def result_context(moment: Moment, result: Result) -> dict[str, Any]:
    """Template context of a result: {figure, result, base: figure or None, when, in_report}."""
    figure = result.figure
    return {
        "figure": figure,
        "result": result,
        "base": registry.KNOWN.get(figure.of),
        "when": figure.time(moment),
        "in_report": figure.section in SECTIONS,
    }


def names(moment: Moment, **which: Any) -> dict[int, UnitPeriod]:
    """Unit names: what the units of `which` (a filter) were last, not after the as-of day, by id.

    Only those in sight.
    """
    periods = UnitPeriod.objects.visible_to(moment.user).filter(started_on__lte=moment.as_of, **which)
    return {period.unit_id: period for period in periods.select_related("unit").order_by("started_on")}


def in_words(units: Sequence[UnitPeriod]) -> str:
    """List of units in words: their names, only the first ones of many."""
    first = ", ".join(unit.name for unit in units[:NAMED])
    more = len(units) - NAMED
    return f"{first} và {number(more)} tổ chức đảng khác" if more > 0 else first or "Không có tổ chức đảng nào"


def by_unit(moment: Moment, figure: AnyFigure) -> dict[str, Any]:
    """Breakdown of a figure by unit: {lines: for each unit directly beneath that of the moment, total: their sum}.

    Rows that the unit holds itself come last. A line of a change leads to the unit's own ledger, any other to the part
    of the list that lies beneath the unit.
    """
    found = {unit: results[figure.code] for unit, results in evaluate.results_by_unit(moment, [figure.code]).items()}
    units = names(moment, unit__in=[unit for unit in found if unit])
    lines = [
        FigureLine(period.name, found[unit], branch_link(moment, figure, period.unit))
        for unit, period in sorted(units.items(), key=lambda item: item[1].unit.code)
    ]
    if None in found:
        own = "" if isinstance(figure, registry.ChangeFigure) else link(moment, figure.code, rieng=1)
        lines.append(FigureLine("Của chính tổ chức đảng này", found[None], own))
    return {"lines": lines, "total": sum(line.value.value for line in lines)}


def branch_link(moment: Moment, figure: AnyFigure, unit: Unit) -> str:
    """Drill-down link to the part of the list behind `figure` that lies beneath `unit`; "" where there is none."""
    if not isinstance(figure, registry.ChangeFigure):
        return link(moment, figure.code, trong=unit.code)
    try:
        return link(Moment.of(unit, moment.user, today=moment.as_of, since=moment.since), figure.code)
    except ValueError:  # the unit is no more
        return ""


@dataclass(frozen=True)
class FigureLine:
    """Line of a small table: what is counted, how much (a number or a result), and the drill-down link."""

    label: str
    value: int | Result
    href: str
    strong: bool = False


def link(moment: Moment, code: str, **more: Any) -> str:
    """Drill-down link: the address of the list behind the figure `code`.

    `more` are further parameters of the address.
    """
    return f"{reverse('figure', args=[code])}?{query(moment, **more)}"


def query_at_since(moment: Moment) -> str:
    """Query string that asks for the since day itself; "" where the unit did not stand then."""
    if moment.since < moment.unit.started_on:
        return ""
    return query(Moment.of(moment.unit, moment.user, today=moment.since))


def ledger_lines(moment: Moment, results: dict[str, Result]) -> list[FigureLine]:
    """Ledger of members line by line, between two totals that are among the `results`."""
    closing, increase = results["members.total"].value, results["members.increase"].value
    book = ledger.make_ledger(moment, (closing - increase, closing))
    start = f"{reverse('figure', args=['members.total'])}?{query_at_since(moment)}" if book.opening else ""
    return [
        FigureLine(f"Đảng viên ngày {day(moment.since)}", book.opening, start, strong=True),
        *_flow(moment, ledger.CAME, book.increases),
        *_flow(moment, ledger.LEFT, book.decreases),
        FigureLine(f"Đảng viên ngày {day(moment.as_of)}", book.closing, link(moment, "members.total"), strong=True),
    ]


def _flow(moment, direction, reasons):
    """Return the line of all who came (or left), and one for each reason."""
    everybody = link(moment, "members.increase", chieu=direction)
    return [
        FigureLine(drilldown.DIRECTIONS[direction], sum(reasons.values()), everybody, strong=True),
        *(
            FigureLine(
                drilldown.REASONS[reason], count, link(moment, "members.increase", chieu=direction, ly_do=reason)
            )
            for reason, count in reasons.items()
        ),
    ]
