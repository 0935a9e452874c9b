"""Form 5-BTCTW: grassroots organizations, what stands beneath them, and their members by sector (loại hình).

Cells directly beneath the commune committee are no grassroots organizations, for which alone the form has rows: they
have rows and a column of their own below and beside it, so that every unit stands in one row and all are added up.
"""

from dataclasses import replace

from binhlu_portal.sheets.sheet import Share, Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, SumOfRows, group
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import GRASSROOTS, Sector, StatisticsForm
from reports.figures import evaluate
from reports.printed_forms import layout
from reports.printed_forms.annexes.bieu_1b import CELL_TYPES, OTHER_CELLS, TYPES, all_others, base, gather

STOCKS = {
    "c3": "units.grassroots.party_organizations",
    "c4": "units.grassroots.cells",
    "c5": "units.nested.departmental",
    "c6": "units.nested.cells",
    "c7": "members.total",
    "c8": "units.subordinate_cells",
}
BENEATH_GRASSROOTS, BENEATH_COMMITTEE = ("c3", "c4", "c5", "c6"), ("c8",)
GRASSROOTS_TOTAL = SumOfColumns(("c3", "c4"))
DIRECT_TOTAL = SumOfColumns(("c3", "c4", "c8"))
COMPARED = Share("c7", "c10")
PLACES = (
    base("P1", "", "Xã", Sector.COMMUNE),
    base("P2", "", "Phường", Sector.WARD),
    base("P3", "", "Thị trấn", Sector.TOWNSHIP),
)
SPECIAL_ZONE = base("P4", "", "Ngoài mẫu: đặc khu", Sector.SPECIAL_ZONE)
ROWS = (*PLACES, *TYPES)
TOTAL, *PARTS = gather(
    "total",
    "",
    "Cộng (1 + … + 11)",
    *ROWS,
    all_others(GRASSROOTS, "A8", "", f"{Sector.OTHER.label}*", (*ROWS, SPECIAL_ZONE)),
)
CELLS = gather("B", "", "Ngoài mẫu: chi bộ trực thuộc Đảng ủy xã", *CELL_TYPES, OTHER_CELLS)
EVERYTHING = gather("all", "", "Cộng mọi tổ chức đảng trực thuộc", (TOTAL,), SPECIAL_ZONE, CELLS)[0]


def _named(lines):
    """Return `lines` named as in the form, where their marks stand in the name and the first level is counted."""
    number = 0
    for line in lines:
        number += not line.level
        mark = (line.mark and f"{line.mark}{'' if line.mark == '-' else ')'}") if line.level else f"{number}."
        yield replace(line, mark="", name=f"{mark} {line.name}".strip())


def _beneath(lines):
    """Return `lines` of the cells, those of their types named without number, a level below the first."""
    whole, *types = lines
    return (whole, *(replace(line, mark="", level=1) for line in types))


LINES = (*_named(PARTS), TOTAL, *SPECIAL_ZONE, *_beneath(CELLS), EVERYTHING)


def bieu_5(moment):
    """Return form 5-BTCTW."""
    earlier = moment.a_year_earlier()
    now, before = _found(moment), _found(earlier) if earlier else None
    frame = layout.form_frame(moment, StatisticsForm.SECTORS, "Tổ chức đảng, người")
    return [
        Sheet(
            code=frame.heading.form,
            tab=frame.heading.form,
            title=frame.title,
            subtitle=f"(Số liệu ngày {document_day(moment.as_of)})",
            columns=COLUMNS,
            rows=tuple(_row(line, moment, now, earlier, before) for line in LINES),
            heading=frame.heading,
            signature=frame.signature,
            left_signature=frame.left_signature,
            notes=(
                "Mẫu chỉ có dòng cho tổ chức cơ sở đảng. Chi bộ trực thuộc Đảng ủy xã không phải tổ chức cơ sở đảng, "
                "ghi ở dòng và cột ngoài mẫu.",
                "Tổ chức cơ sở đảng ở trường học, trạm y tế tính vào đơn vị sự nghiệp công lập.",
                layout.about_earlier(moment),
                layout.EMPTY_MEANS,
            ),
        )
    ]


def _found(moment):
    """Return the organizations of the as-of day and what is counted beneath each."""
    units = layout.direct_units(moment)
    return units, evaluate.counts(moment, list(STOCKS.values()), [unit.pk for unit in units])


def _row(line, moment, now, earlier, before):
    cells = {"name": line.name} | _stocks(line, moment, *now)
    if before is not None:
        then = _stocks(line, earlier, *before)
        total = DIRECT_TOTAL.evaluate([then[key].value for key in DIRECT_TOTAL.plus], 0)
        cells["c9"] = layout.counted(earlier, total, "units.total", _codes(line, before[0]), _down(line))
        cells["c10"] = then["c7"]
        cells["c11"] = SheetCell(COMPARED.evaluate([cells["c7"].value, then["c7"].value], 1), COMPARED)
    return SheetRow(line.key, cells, level=line.level, emphasis=bool(line.parts))


def _down(line):
    return SumOfRows(line.parts) if line.parts else None


def _codes(line, units):
    """Return the codes of the organizations of a row."""
    return {unit.code for unit in units if line.holds(unit.kind, unit.sector)}


def _stocks(line, moment, units, counts):
    """Return the cells of a row, each counted from the organizations of the row; empty where there can be none."""
    own = [unit for unit in units if line.holds(unit.kind, unit.sector)]
    kinds = {unit.kind for unit in own}
    without = {*(() if kinds & GRASSROOTS else BENEATH_GRASSROOTS), *(() if kinds - GRASSROOTS else BENEATH_COMMITTEE)}
    cells = {}
    for key, code in STOCKS.items():
        value = sum(counts[unit.pk].get(code, 0) for unit in own) if own and key not in without else None
        cells[key] = layout.counted(moment, value, code, {unit.code for unit in own}, _down(line))
    total = GRASSROOTS_TOTAL.evaluate([cells[key].value for key in GRASSROOTS_TOTAL.plus], 0)
    return cells | {"c2": layout.counted(moment, total, "units.grassroots", _codes(line, units), GRASSROOTS_TOTAL)}


COLUMNS = (
    SheetColumn("name", "Loại hình tổ chức cơ sở đảng", kind="text", width=40),
    group(
        "Số tổ chức cơ sở đảng",
        SheetColumn("c2", "Tổng số (=3+4)"),
        group("Chia ra", SheetColumn("c3", "Đảng bộ cơ sở"), SheetColumn("c4", "Chi bộ cơ sở")),
    ),
    group(
        "Tổ chức đảng trực thuộc đảng bộ cơ sở",
        SheetColumn("c5", "Đảng bộ bộ phận", width=9),
        SheetColumn("c6", "Chi bộ trực thuộc", width=9),
    ),
    SheetColumn("c7", "Tổng số đảng viên", width=9),
    group(
        "Ngoài mẫu",
        SheetColumn("c8", "Chi bộ trực thuộc Đảng ủy xã", width=12),
        group(
            "Cùng kỳ năm trước",
            SheetColumn("c9", "Tổ chức đảng trực thuộc", width=9),
            SheetColumn("c10", "Đảng viên", width=9),
        ),
        SheetColumn("c11", "Đảng viên so với cùng kỳ % (7/10)", kind="percent", places=1, width=12),
    ),
)
