"""Form 5-BTCTW: grassroots organizations, what stands beneath them, and their members by sector (loại hình).

Cells directly beneath the commune committee are no grassroots organizations (294-QĐ/TW, 26/5/2025); annex 1B has them.
"""

from dataclasses import replace

from binhlu_portal.text.vietnamese import document_day
from organizations.choices import GRASSROOTS, Sector
from reports.figures import evaluate
from reports.printed_forms import layout
from reports.printed_forms.annexes.bieu_1b import TYPES, all_others, base, gather
from reports.printed_forms.sheet import Share, Sheet, SheetCell, SheetColumn, SumOfColumns, SumOfRows, group

STOCKS = {
    "c4": "units.grassroots.party_organizations",
    "c5": "units.grassroots.cells",
    "c6": "units.nested.departmental",
    "c7": "units.nested.cells",
    "c8": "members.total",
}
WHOLE = SumOfColumns(("c4", "c5"))
COMPARED = Share("c8", "c10")
PLACES = (
    base("P1", "", "Xã", Sector.COMMUNE),
    base("P2", "", "Phường", Sector.WARD),
    base("P3", "", "Đặc khu", Sector.SPECIAL_ZONE),
)
ROWS = (*PLACES, *TYPES)
TOTAL, *PARTS = gather(
    "total", "", "Cộng (1 + … + 11)", *ROWS, all_others(GRASSROOTS, "A8", "", Sector.OTHER.label, ROWS)
)


def _numbered(lines):
    """Return `lines` with the first level counted through, as in the form."""
    number = 0
    for line in lines:
        number += not line.level
        yield line if line.level else replace(line, mark=str(number))


LINES = (*_numbered(PARTS), TOTAL)


def bieu_5(moment):
    """Return form 5-BTCTW."""
    earlier = layout.a_year_earlier(moment)
    now, before = _found(moment), _found(earlier) if earlier else None
    frame = layout.form_frame(moment, "Biểu số 5-TCTW", "Tổ chức đảng, người")
    return [
        Sheet(
            code="Biểu số 5-TCTW",
            tab="Biểu số 5-TCTW",
            title="TỔ CHỨC ĐẢNG VÀ ĐẢNG VIÊN TRONG CÁC LOẠI HÌNH CƠ SỞ",
            subtitle=f"(Số liệu ngày {document_day(moment.as_of)})",
            columns=COLUMNS,
            rows=tuple(line.row(_cells(line, moment, now, earlier, before)) for line in LINES),
            heading=frame.heading,
            signature=frame.signature,
            left_signature=frame.left_signature,
            notes=(
                "Chỉ gồm tổ chức cơ sở đảng; chi bộ trực thuộc Đảng ủy xã thì không, xem Biểu 1B.",
                layout.about_earlier(moment),
                layout.EMPTY_MEANS,
            ),
        )
    ]


def _found(moment):
    """Return the grassroots organizations of the as-of day and what is counted beneath each."""
    units = [unit for unit in layout.direct_units(moment) if TOTAL.holds(unit.kind, unit.sector)]
    return units, evaluate.counts(moment, list(STOCKS.values()), [unit.pk for unit in units])


def _cells(line, moment, now, earlier, before):
    cells = _stocks(line, moment, *now, "c3")
    if before is not None:
        then = _stocks(line, earlier, *before, "c9")
        total, people = then["c9"], then["c8"]
        cells |= {"c9": replace(total, formula=_down(line)), "c10": people}
        cells["c11"] = SheetCell(COMPARED.evaluate([cells["c8"].value, people.value], 1), COMPARED)
    return cells


def _down(line):
    return SumOfRows(line.parts) if line.parts else None


def _stocks(line, moment, units, counts, whole):
    """Return the cells of a row, each counted from the organizations of the row; empty where there are none."""
    own = [unit for unit in units if line.holds(unit.kind, unit.sector)]
    codes = {unit.code for unit in own}
    values = {key: sum(counts[unit.pk].get(code, 0) for unit in own) if own else None for key, code in STOCKS.items()}
    cells = {key: layout.counted(moment, values[key], code, codes, _down(line)) for key, code in STOCKS.items()}
    total = WHOLE.evaluate([values[key] for key in WHOLE.plus], 0)
    return cells | {whole: layout.counted(moment, total, "units.grassroots", codes, WHOLE)}


COLUMNS = (
    SheetColumn("mark", "TT", kind="mark", width=5),
    SheetColumn("name", "Loại hình tổ chức cơ sở đảng", kind="text", width=40),
    group(
        "Số tổ chức cơ sở đảng",
        SheetColumn("c3", "Tổng số (=4+5)"),
        group("Chia ra", SheetColumn("c4", "Đảng bộ cơ sở"), SheetColumn("c5", "Chi bộ cơ sở")),
    ),
    group(
        "Tổ chức đảng trực thuộc đảng bộ cơ sở",
        SheetColumn("c6", "Đảng bộ bộ phận", width=9),
        SheetColumn("c7", "Chi bộ trực thuộc", width=9),
    ),
    SheetColumn("c8", "Tổng số đảng viên", width=9),
    group(
        "Cùng kỳ năm trước",
        SheetColumn("c9", "Tổ chức cơ sở đảng", width=9),
        SheetColumn("c10", "Đảng viên", width=9),
    ),
    SheetColumn("c11", "Đảng viên so với cùng kỳ % (8/10)", kind="percent", places=1, width=12),
)
