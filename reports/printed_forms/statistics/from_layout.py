"""Forms made from their layouts: year on year, or with columns of their own."""

from collections.abc import Callable
from dataclasses import replace

from binhlu_portal.moment.moment import Moment
from binhlu_portal.sheets.sheet import Sheet, SheetRow, SumOfRows
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import StatisticsForm
from reports.figures import evaluate
from reports.figures.average_age import OF_ADMITTED, OF_MEMBERS
from reports.figures.rating_list import rating_day
from reports.figures.registry import KNOWN, registers_of
from reports.printed_forms import layout

from . import year_on_year
from .bieu_1 import CAME, LEFT, moved
from .layouts import FormLayout, FormLine, layout_on

TOTAL = "total"
"""The row whose figures are those of the columns themselves."""

LEDGER = frozenset({*CAME, *LEFT})
"""Rows that the ledger tells of."""

AVERAGES = (OF_MEMBERS, OF_ADMITTED)

SheetsOfForm = Callable[[Moment], list[Sheet]]


def dated(form: StatisticsForm, drawn: SheetsOfForm | None = None) -> SheetsOfForm:
    """Return a form as its layout of the as-of day has it; without a layout as it is `drawn` by code."""

    def sheets(moment):
        found = layout_on(form, moment.as_of, or_first=drawn is None)
        if found is None:
            return drawn(moment)
        return [table(moment, form, found) if found.columns else compared(moment, form, found)]

    return sheets


def compared(moment: Moment, form: StatisticsForm, found: FormLayout) -> Sheet:
    """Return a form year on year: its figures, what the ledger tells, average ages."""
    keys = {line.key for line in found.lines}
    cells = year_on_year.figures(moment, found.lines)
    if keys & LEDGER:
        cells = tuple(own and own | told for own, told in zip(cells, moved(moment), strict=True))
    for of in AVERAGES:
        if of.code in keys:
            cells = year_on_year.with_average_age(moment, of, cells)
    subtitle = _subtitle(moment, found)
    return year_on_year.sheet(moment, form, found.measure, found.lines, cells, found.notes, subtitle)


def code_of(line: FormLine, of: str) -> str:
    """Return the code of the figure in a row and in the column whose codes begin with `of`; "" where there is none."""
    code = of if line.key == TOTAL else f"{of}.{line.key}"
    return code if code in KNOWN else ""


def table(moment: Moment, form: StatisticsForm, found: FormLayout) -> Sheet:
    """Return a form with columns of its own.

    A column of which its registers say nothing at all stays empty: nothing counted is not "none" then.
    """
    codes = {(line.key, key): code for line in found.lines for key, of in found.of if (code := code_of(line, of))}
    asked = {*codes.values()}.union(*(registers_of(KNOWN[code]) for code in codes.values()))
    values = evaluate.counts(moment, sorted(asked), [moment.unit.pk]).get(moment.unit.pk, {})
    of_year = found.time == "rating_year"
    in_force = replace(moment, as_of=rating_day(moment)).in_force if of_year else moment.in_force
    told = {key for key, _ in found.of if _is_told(found, key, codes, values)}

    def row(line):
        """Return a row of the form."""
        cells = {"name": in_force.cite(line.name)} | ({"mark": line.mark} if line.mark else {})
        for key in told:
            if code := codes.get((line.key, key)):
                parts = [values.get(codes.get((part, key)), 0) for part in line.plus]
                whole = values.get(code, 0)
                formula = SumOfRows(line.plus) if parts and sum(parts) == whole else None
                cells[key] = layout.counted(moment, whole, code, formula=formula)
        return SheetRow(line.key, cells, level=line.level, emphasis=line.emphasis)

    frame = layout.form_frame(moment, form, found.measure)
    return Sheet(
        code=frame.heading.form,
        tab=frame.heading.form,
        title=f"{frame.title} NĂM {moment.year}" if of_year else frame.title,
        subtitle=_subtitle(moment, found),
        columns=found.columns,
        rows=tuple(map(row, found.lines)),
        heading=frame.heading,
        signature=frame.signature,
        left_signature=frame.left_signature,
        notes=(*found.notes, *layout.about_blanks(found.lines), layout.EMPTY_MEANS),
        upright=found.upright,
    )


def _is_told(found, key, codes, values):
    """Whether a column counts anything, or no register is silent about it."""
    whole = next(codes[line.key, key] for line in found.lines if (line.key, key) in codes)
    return values.get(whole) or not evaluate.silent(KNOWN[whole], 0, values)


def _subtitle(moment, found):
    """Return the line beneath the title: of what time the numbers are."""
    if found.time == "period":
        return layout.as_of_line(moment)
    if found.time == "day":
        return layout.day_line(moment)
    return f"(Danh sách ngày {document_day(rating_day(moment))})"
