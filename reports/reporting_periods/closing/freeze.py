"""Freeze (snapshot) of a period: figures of the committee and of each unit asked, the rows behind them, the annexes.

As many statements for thousands of units as for one: the figures in one or two, each list in one, and the rows of the
snapshot in bulk. A snapshot shows what is true between two writes: on PostgreSQL whoever writes records waits until the
period is closed, and then meets its lock; SQLite has one writer anyway.
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection
from datetime import date
from io import BytesIO
from typing import Any

from django.db import connection
from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONArray

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from binhlu_portal.sheets import xlsx
from organizations.models import Unit, UnitPeriod
from organizations.scope import SYSTEM
from organizations.tree_queries import name_of
from reports.figures import drilldown, evaluate, ledger
from reports.figures.registry import FIGURES, PEOPLE, REGISTERS, AnyFigure, ChangeFigure, Figure, TargetFigure
from reports.form_templates import evaluation as blanks
from reports.form_templates.models import Blank
from reports.narrative import document
from reports.narrative.content import report
from reports.narrative.outline.queries import outline_of
from reports.printed_forms import catalogue
from reports.reporting_periods.closing import locks
from reports.reporting_periods.closing.models import Closing, Frozen, FrozenFile
from reports.reporting_periods.models import ReportingPeriod

from .snapshot_codec import FrozenRow, pack

CHANGES = "changes"
"""The code of the list of who came and who left."""

FORMS = {code: f"Biểu {code}" for code in catalogue.FORMS} | {document.CODE: "Báo cáo"}
"""What any committee may ask for in a period, by its code: forms to be printed, and the report itself."""

KEPT = ChainMap(REGISTERS, FIGURES)
"""Every figure that is frozen: those of the report, and what the registers on which they rest do not say."""

BATCH = 500

UNDATED = ("reports_reporttext", "reports_reportoutline")
"""The tables that closings read beside those of dated records."""


def freeze(period: ReportingPeriod, asked: QuerySet, today: date, remark: str = "") -> Closing:
    """Freeze what the period says now (snapshot); `asked` are the ids of the units asked, a queryset.

    What its report leaves open is kept with the `remark` of who closes it all the same.
    """
    _wait_for_writers()
    moment, outline = period.moment(SYSTEM), outline_of(period)
    said = report(moment, outline, period.form_codes)
    names = dict(
        UnitPeriod.objects.filter(started_on__lte=period.as_of).order_by("started_on").values_list("unit", "name")
    )
    closing = Closing.objects.create(
        period=period,
        number=period.closings.count() + 1,
        closed_on=today,
        contents=pack(
            {
                "figures": _figures(moment),
                "lists": _lists(),
                "outline": outline.text,
                "told": _told(said),
            }
        ),
        open_points="\n".join(said.open_points),
        remark=remark,
    )
    found = figures(moment, [period.unit_id]) | figures(moment, asked)
    rows = _rows(moment, asked)
    Frozen.objects.bulk_create(
        (
            Frozen(
                closing=closing,
                unit_id=unit,
                name=names[unit],
                figures=pack(found[unit]) if unit in found else None,
                lists=pack(rows[unit]) if unit in rows else None,
            )
            for unit in sorted(found.keys() | rows.keys())
        ),
        batch_size=BATCH,
    )
    FrozenFile.objects.bulk_create(_file(moment, closing, code) for code in period.form_codes)
    return closing


def forms_of(unit: Unit, **which: Any) -> dict[str, str]:
    """Forms of a period: {code: name} of what `unit` asks for or has once asked for, its blanks of `which` kind too."""
    return FORMS | {blank.code: blank.name for blank in Blank.objects.filter(unit=unit, **which)}


def figures(moment: Moment, units: Collection[int] | QuerySet) -> dict[int, dict[str, list]]:
    """Frozen figures of `units` (ids) as they are kept: {unit id: {code: [value, base, percentage, words …]}}."""
    found = evaluate.results_of_units(moment, [*KEPT], units)
    return {unit: {code: _values(result) for code, result in results.items()} for unit, results in found.items()}


def _values(result):
    percent = None if result.percent is None else str(result.percent)
    words = [result.asked, result.verdict] if isinstance(result.figure, TargetFigure) else []
    return [result.value, result.base, percent, *words]


def list_of(figure: AnyFigure) -> str:
    """List code behind `figure`; "" for a target, which has none."""
    if isinstance(figure, Figure):
        return figure.population.code
    return CHANGES if isinstance(figure, ChangeFigure) else ""


def _told(said):
    """Return what the report says beside its own figures, of another day say; of a value only whether there is one."""
    return {name: [*piece._replace(value=piece.value and 1)] for name, piece in said.values.told.items()}


def _figures(moment):
    """Return what the figures are called."""
    return {
        figure.code: {
            "label": figure.label,
            "section": figure.section,
            "time": figure.time(moment),
            "of": figure.of,
            "places": figure.places,
            "list": list_of(figure),
            "people": getattr(figure, "measure", "") == PEOPLE,
        }
        for figure in KEPT.values()
    }


def _counted():
    """Return the figures that count rows by the code of their list."""
    found = defaultdict(list)
    for figure in KEPT.values():
        if not isinstance(figure, TargetFigure):
            found[list_of(figure)].append(figure)
    return found


def _listing(code):
    return drilldown.CHANGE if code == CHANGES else drilldown.LISTINGS[code]


def _lists():
    """Return the columns of each list and the codes of its figures."""
    return {
        code: {
            "columns": [
                {"label": column.label, "numeric": column.numeric, "short": column.short, "person": bool(column.member)}
                for column in _listing(code).columns
            ],
            "figures": [figure.code for figure in counted],
        }
        for code, counted in _counted().items()
    }


def _rows(moment, asked):
    """Return the rows of all lists by the unit on which each stood: {unit: {list: rows}}."""
    units = Unit.objects.filter(Q(pk=moment.unit.pk) | Q(pk__in=asked)).order_by().values("pk")
    found = defaultdict(dict)
    for code, counted in _counted().items():
        listed = _changes(moment, units) if code == CHANGES else _counting(moment, counted, units)
        for unit, row in _gathered(_listing(code), listed):
            found[unit].setdefault(code, []).append(row)
    return found


def _counting(moment, counted, units):
    """Return the rows that figures of one population count, once for each of `units` above, with their marks."""
    population = counted[0].population
    marks = JSONArray(*(_mark(figure.condition(moment)) for figure in counted))
    line = population.line
    return (
        drilldown.LISTINGS[population.code]
        .rows(population.beneath(moment, units), moment)
        .annotate(_unit=F(f"{line}unit"), _above=F(f"{line}ancestor"), _marks=marks)
    )


def _mark(condition):
    return Case(When(condition, then=1), default=0) if condition else Value(1)


def _changes(moment, units):
    """Return who came and who left, once for each of `units` above."""
    parts = [
        stays(moment, units)
        .order_by()
        .annotate(
            sign=Value(sign),
            cell=name_of("unit", holds(OuterRef("day"))),
            _unit=F("unit"),
            _above=F("above"),
            _marks=JSONArray(Value(1)),
        )
        .values("pk", *drilldown.CHANGE.paths, "_unit", "_above", "_marks")
        for sign, stays, holds in ((1, ledger.arrivals, covers), (-1, ledger.departures, covers_eve))
    ]
    return parts[0].union(parts[1], all=True).order_by(*drilldown.CHANGE.order)


def _gathered(listing, rows):
    """Return each row once, with its unit: (unit, row); rows come once for each unit above that counts them."""
    person = next((column.member for column in listing.columns if column.member), "pk")
    found = {}
    for row in rows.iterator():
        key = (row["pk"], row.get("sign"), row.get("day"))
        if key in found:
            found[key][1].above.append(row["_above"])
            continue
        marks = sum(1 << bit for bit, mark in enumerate(row["_marks"]) if mark)
        texts = [column.write(row[column.path]) for column in listing.columns]
        found[key] = row["_unit"], FrozenRow(len(found), row["pk"], row[person], [row["_above"]], marks, texts)
    return found.values()


def _file(moment, closing, code):
    """Return a form or a filled blank as a workbook, or the report as a document."""
    if code == document.CODE:
        [(name, content)] = document.build(closing.period)
    elif code in catalogue.FORMS:
        name, content = _form(moment, code)
    else:
        name, content = blanks.build(Blank.coded(code), moment)
    return FrozenFile(closing=closing, code=code, name=name, content=content)


def _form(moment, code):
    content = BytesIO()
    xlsx.write(catalogue.FORMS[code](moment), content)
    return f"bieu-{code}-{moment.unit.code}-{moment.as_of:%Y-%m-%d}.xlsx", content.getvalue()


def _wait_for_writers():
    if connection.vendor == "postgresql":
        locked = ", ".join(sorted({*UNDATED, *(dated.model._meta.db_table for dated in locks.DATED)}))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {locked} IN SHARE MODE")
