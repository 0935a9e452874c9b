"""Forms that put this period beside the same period of the year before: what forms 1-, 2-, 3- and 7-BTCTW share."""

from dataclasses import replace

from binhlu_portal.sheets.sheet import Share, Sheet, SheetCell, SheetColumn, SheetRow, SumOfRows, group
from reports.figures import evaluate
from reports.figures.average_age import average_ages
from reports.figures.registry import KNOWN
from reports.printed_forms import layout

NOW, BEFORE, PERCENT = "c2", "c3", "c4"
COLUMNS = (
    SheetColumn("name", "Tiêu chí", kind="text", width=58),
    group("Thực hiện", SheetColumn(NOW, "Kỳ này", width=10), SheetColumn(BEFORE, "Cùng kỳ năm trước", width=10)),
    SheetColumn(PERCENT, "Kỳ này so với cùng kỳ % (2/3)", kind="percent", places=1, width=15),
)
COMPARED = Share(NOW, BEFORE)


def figures(moment, lines):
    """Return the cells of the figures of `lines` now and a year earlier, by their keys; None where nothing was then."""
    earlier = moment.a_year_earlier()
    moments = [moment, earlier] if earlier else [moment]
    codes = [line.key for line in lines if line.key in KNOWN]
    now, *before = (
        {code: layout.counted(of, found.get(code, 0), code) for code in codes}
        for of, found in zip(moments, evaluate.side_by_side(moments, codes), strict=True)
    )
    return now, before[0] if before else None


def with_average_age(moment, of, cells):
    """Return the `cells` of now and of a year earlier (or None) with those of an average age."""
    now, before = cells
    moments = [moment] if before is None else [moment, moment.a_year_earlier()]
    ages = (SheetCell(age, places=1) for age in average_ages(of, moments))
    return tuple(period and period | {of.code: next(ages)} for period in (now, before))


def sheet(moment, form, measure, lines, cells, notes, subtitle):
    """Return the form; `cells` are those of now and of a year earlier (or None), each by the keys of `lines`."""
    now, before = (_filled(lines, period) for period in cells)
    frame = layout.form_frame(moment, form, measure)
    return Sheet(
        code=frame.heading.form,
        tab=frame.heading.form,
        title=frame.title,
        subtitle=subtitle,
        columns=COLUMNS,
        rows=tuple(_row(line, now, before) for line in lines),
        heading=frame.heading,
        signature=frame.signature,
        left_signature=frame.left_signature,
        notes=(*notes, *layout.about_blanks(lines), layout.about_earlier(moment), layout.EMPTY_MEANS),
        upright=True,
    )


def _filled(lines, cells):
    """Return the cells of all lines of one period; sums come after the rows beneath them, so from the last line up."""
    found = dict(cells or {})
    for line in reversed(lines):
        found[line.key] = _summed(line, found)
    return found


def _row(line, now, before):
    cells = {NOW: now[line.key], BEFORE: before[line.key]}
    percent = COMPARED.evaluate([cell.value for cell in cells.values()], 1)
    shown = {"name": line.name, **cells, PERCENT: SheetCell(percent, COMPARED)}
    return SheetRow(line.key, shown, level=line.level, emphasis=line.emphasis)


def _summed(line, cells):
    """Return the cell of a line: as the sum of other rows where these make it up, for who lacks a record is in none."""
    formula = SumOfRows(line.plus, line.minus)
    parts = [cells.get(key, SheetCell(None)).value for key in line.plus + line.minus]
    total = formula.evaluate(parts, 0)
    cell = cells.get(line.key, SheetCell(total))
    return replace(cell, formula=formula) if line.plus and cell.value == total else cell
