"""Evaluation of a form template at a moment: the value of every bound cell, in a few statements."""

from openpyxl.utils import get_column_letter

from binhlu_portal.db.actions import Refusal
from binhlu_portal.sheets.xlsx import NOT_IN_XML
from reports.placeholders.cells import CELLS, AskedCell, CellValue, CellValues
from reports.placeholders.syntax import PLACEHOLDER, sole_name
from reports.printed_forms.layout import direct_units

from . import worker_client
from .grid import PERCENT


def build(blank, moment):
    """Return (name, content) of the blank filled at `moment`: the same bytes for the same records."""
    file = blank.file
    grids = file.grids
    content = worker_client.fill(bytes(file.content), values(grids, say(blank.cells.all(), grids, moment)))
    return f"{blank.code}-{moment.unit.code}-{moment.as_of:%Y-%m-%d}.xlsx", content


def say(bindings, grids, moment):
    """Return what `grids` hold with `bindings`: {sheet: {(row, column): CellValue}}; refuse with what is in the way."""
    bound = {name: [] for name in grids}
    for cell in bindings:
        check_place(grids, cell)  # the history may have brought back a cell that a later file has no more
        bound[cell.sheet].append(cell)
    units = direct_units(moment) if any(cell.last_row for cells in bound.values() for cell in cells) else ()
    asked = {name: _asked(grids[name], cells, moment, units) for name, cells in bound.items()}
    known = CellValues(moment, [each for cells in asked.values() for each in cells])
    return {name: _said(name, grids[name], cells, known) for name, cells in asked.items()}


def check_place(grids, bound):
    """Refuse a bound cell that is not in the file, is covered by another, or computes."""
    cell = grids.get(bound.sheet, {}).get((bound.row, bound.column))
    if cell is None:
        raise Refusal(f"Tệp mẫu không có ô {bound} (trang, hàng, cột không có, hoặc ô nằm trong ô gộp): chọn ô khác.")
    if cell.computes:
        raise Refusal(f"Ô {bound} có công thức của cấp trên: giữ nguyên, không gắn.")


def _asked(grid, bound, moment, units):
    """Return what is asked in a sheet: place-holders typed into the file, and over them what was bound on screen."""
    typed = {place: cell.text for place, cell in grid.items() if PLACEHOLDER.search(cell.text)}
    found = {place: AskedCell(*place, text, moment.unit.pk) for place, text in typed.items()}
    for cell in bound:
        lines = _lines(grid, cell, units) if cell.last_row else [(cell.row, cell.of_id or moment.unit.pk, 1)]
        for row, unit, ordinal in lines:
            found[row, cell.column] = AskedCell(row, cell.column, cell.text, unit, cell.earlier, ordinal)
    return [*found.values()]


def _lines(grid, cell, units):
    """Return (row, unit, number) of each row of a table of units; rows left over stay empty."""
    rows = range(cell.row, cell.last_row + 1)
    if len(units) > len(rows):
        raise Refusal(
            f"Ô {cell}: mẫu có {len(rows)} hàng cho các đơn vị, nhưng ngày này có {len(units)} đơn vị. "
            "Chèn thêm hàng vào mẫu rồi thay tệp, hoặc sửa hàng cuối của ô đã gắn."
        )
    lines = [(row, unit.pk, ordinal) for ordinal, (row, unit) in enumerate(zip(rows, units, strict=False), 1)]
    for row, *_ in lines[1:]:
        _check_free(grid, row, cell.column, cell.sheet)
    return lines


def _said(name, grid, asked, known):
    """Return the values of one sheet; the numbers of a whole table go where there is room for them."""
    found = {}
    for each in asked:
        part = CELLS.part_of(sole_name(each.text))
        if part is None:
            found[each.row, each.column] = known.cell(each)
            continue
        found[each.row, each.column] = CellValue(None)  # what was typed there goes, even where the table is empty
        for row, line in enumerate(known.table(part, each), each.row):
            for column, said in enumerate(line, each.column):
                if (row, column) != (each.row, each.column):
                    _check_free(grid, row, column, name)
                found[row, column] = said
    return found


def _check_free(grid, row, column, sheet):
    """Refuse to write over what the author of the blank has written, or into a cell that another one covers."""
    cell = grid.get((row, column))
    if cell is None or (cell.text and not PLACEHOLDER.search(cell.text)):
        where = f"{sheet}!{get_column_letter(column)}{row}"
        why = f"đã có chữ “{cell.text}”" if cell else "nằm ngoài bảng hoặc trong ô gộp"
        raise Refusal(f"Ô {where} của mẫu {why}, không điền được: gắn lại ô đầu của bảng, hoặc sửa mẫu rồi thay tệp.")


def values(grids, said):
    """Return what the workbook is filled with; what it computes itself is left alone."""
    return {
        name: {
            f"{get_column_letter(column)}{row}": _value(each, cell)
            for (row, column), each in found.items()
            if not (cell := grids[name][row, column]).computes
        }
        for name, found in said.items()
    }


def _value(said, cell):
    """Return a value as a workbook holds it: a fraction in a cell that prints percentages by itself."""
    if isinstance(said.value, str):
        return NOT_IN_XML.sub("", said.value)
    is_fraction = said.places is not None and said.value is not None and PERCENT in cell.marks
    return said.value / 100 if is_fraction else said.value
