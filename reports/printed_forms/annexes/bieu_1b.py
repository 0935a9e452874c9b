"""Annex 1B: party organizations directly beneath the commune committee by type (loại hình), and what happened to them.

The types are the rows of form 5-BTCTW (11-HD/BTCTW, 13/12/2021). Cells directly beneath the commune committee are no
grassroots organizations (294-QĐ/TW, 26/5/2025), so they stand apart in part B.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from binhlu_portal.sheets.sheet import Sheet, SheetColumn, SumOfColumns, SumOfRows, group
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import GRASSROOTS, EventKind, Kind, Sector
from reports.figures import evaluate
from reports.figures.registry import FIGURES
from reports.printed_forms import layout
from reports.printed_forms.layout import AnnexLine

STOCKS = {
    "c4": "units.grassroots.party_organizations",
    "c5": "units.grassroots.cells",
    "c6": "units.nested.departmental",
    "c7": "units.nested.cells",
    "c8": "units.subordinate_cells",
    "c10": "members.total",
}
EVENTS = {
    "c11": EventKind.RECEIVED,
    "c12": EventKind.ESTABLISHED,
    "c13": EventKind.DISSOLVED,
    "c14": EventKind.RENAMED,
}
FOREIGN = (Sector.FOREIGN_INVESTED, Sector.FOREIGN_OWNED)
PUBLIC = (Sector.PUBLIC_SERVICE, Sector.SCHOOL, Sector.HEALTH_STATION)
CELL = frozenset({Kind.SUBORDINATE_CELL})


def leaf(kinds, key, mark, name, *sectors, level=0):
    """Return a branch of the table that is one row: the units of `kinds` in `sectors`."""
    return (AnnexLine(key, mark, name, kinds, frozenset(sectors), level=level),)


def gather(key, mark, name, *branches, level=0):
    """Return a branch: a row that adds up the first row of each of `branches`, then all their rows."""
    parts = [branch[0] for branch in branches]
    kinds, sectors = frozenset().union(*(part.kinds for part in parts)), _sectors(branches)
    return (AnnexLine(key, mark, name, kinds, sectors, tuple(part.key for part in parts), level), *chain(*branches))


def _sectors(branches):
    return frozenset().union(*(branch[0].sectors for branch in branches))


def all_others(kinds, key, mark, name, branches):
    """Return the row of all sectors that none of `branches` holds."""
    return leaf(kinds, key, mark, name, *frozenset(Sector) - _sectors(branches))


base = partial(leaf, GRASSROOTS)
cell = partial(leaf, CELL)

TYPES = (
    base("A1", "1", Sector.PARTY_AGENCY.label, Sector.PARTY_AGENCY),
    base("A2", "2", Sector.STATE_AGENCY.label, Sector.STATE_AGENCY),
    gather(
        "A3",
        "3",
        "Đơn vị sự nghiệp",
        base("A3a", "a", "Công lập", *PUBLIC, level=1),
        base("A3b", "b", "Ngoài công lập", Sector.PRIVATE_SERVICE, level=1),
    ),
    base("A4", "4", Sector.MILITARY.label, Sector.MILITARY),
    base("A5", "5", Sector.POLICE.label, Sector.POLICE),
    gather(
        "A6",
        "6",
        "Doanh nghiệp và hợp tác xã",
        gather(
            "A6a",
            "a",
            "Doanh nghiệp có vốn Nhà nước",
            base("A6a1", "-", "Nhà nước nắm 100% vốn điều lệ", Sector.STATE_OWNED, level=2),
            base("A6a2", "-", "Nhà nước nắm từ 50% vốn điều lệ trở lên", Sector.STATE_MAJORITY, level=2),
            base("A6a3", "-", "Nhà nước nắm dưới 50% vốn điều lệ", Sector.STATE_MINORITY, level=2),
            level=1,
        ),
        gather(
            "A6b",
            "b",
            "Doanh nghiệp ngoài khu vực Nhà nước",
            base("A6b1", "-", "Công ty cổ phần", Sector.JOINT_STOCK, level=2),
            base("A6b2", "-", "Doanh nghiệp tư nhân", Sector.PRIVATE_ENTERPRISE, level=2),
            base("A6b3", "-", "Công ty trách nhiệm hữu hạn", Sector.LIMITED_COMPANY, level=2),
            base("A6b4", "-", "Công ty hợp danh", Sector.PARTNERSHIP, level=2),
            base("A6b5", "-", "Doanh nghiệp có vốn nước ngoài", *FOREIGN, level=2)
            + base("A6b6", "", "Trong đó: 100% vốn nước ngoài", Sector.FOREIGN_OWNED, level=3),
            level=1,
        ),
        base("A6c", "c", "Hợp tác xã", Sector.COOPERATIVE, level=1),
    ),
    base("A7", "7", "Tổ chức cơ sở đảng ở ngoài nước", Sector.ABROAD),
)
CELL_TYPES = (
    cell("B1", "1", "Chi bộ bản", Sector.VILLAGE),
    cell("B2", "2", "Chi bộ trường học", Sector.SCHOOL),
    cell("B3", "3", "Chi bộ trạm y tế", Sector.HEALTH_STATION),
)
OTHER_CELLS = all_others(CELL, "B4", "4", "Chi bộ loại hình khác", CELL_TYPES)

PART_A = gather("A", "A", "Tổ chức cơ sở đảng", *TYPES, all_others(GRASSROOTS, "A8", "8", Sector.OTHER.label, TYPES))
PART_B = gather("B", "B", "Chi bộ trực thuộc Đảng ủy xã", *CELL_TYPES, OTHER_CELLS)
TOTAL = gather("total", "", "Cộng (A + B)", PART_A, PART_B)[0]
LINES = (*PART_A, *PART_B, TOTAL)


@dataclass
class FoundUnits:
    """What belongs to one row: units, and events as (kind of event, kind of unit then, code of the unit)."""

    units: list = field(default_factory=list)
    events: list = field(default_factory=list)

    def known(self, *kinds):
        """Whether there is any record of units of `kinds`."""
        return any(unit.kind in kinds for unit in self.units) or any(kind in kinds for _, kind, _ in self.events)


def bieu_1b(moment):
    """Return annex 1B: units by what they are on the as-of day, events by what the unit was on the day of the event."""
    units = layout.direct_units(moment)
    counts = evaluate.counts(moment, list(STOCKS.values()), [unit.pk for unit in units])
    events = _events(moment)
    found = {
        line.key: FoundUnits(
            [unit for unit in units if line.holds(unit.kind, unit.sector)],
            [(event, kind, code) for event, kind, sector, code in events if line.holds(kind, sector)],
        )
        for line in LINES
    }
    lines = LINES if found["B4"].known(*CELL) else [_as_in_the_form(line) for line in LINES if line.key != "B4"]
    frame = layout.frame(moment)
    return [
        Sheet(
            code="Biểu 1B",
            title="THỐNG KÊ LOẠI HÌNH TỔ CHỨC ĐẢNG TRỰC THUỘC ĐẢNG ỦY XÃ",
            subtitle=layout.as_of_line(moment),
            columns=_columns(moment),
            rows=tuple(line.row(_cells(moment, line, found, counts)) for line in lines),
            heading=frame.heading,
            signature=frame.signature,
            left_signature=frame.left_signature,
            notes=(
                "Tổ chức đảng tính theo loại hình vào ngày số liệu; biến động tính theo loại hình vào ngày biến động. "
                "Mỗi đảng viên đang sinh hoạt tính một lần.",
                layout.EMPTY_MEANS,
            ),
        )
    ]


def _events(moment):
    """Return what happened in the period, as (event, kind and sector of the unit then, code of the unit)."""
    rows = evaluate.rows(moment, FIGURES["units.events"]).order_by("day", "pk")
    return list(rows.values_list("kind", "unit__periods__kind", "unit__periods__sector", "unit__code"))


def _as_in_the_form(line):
    """Return `line` without the row of other cells, which the form does not know and which stands only when needed."""
    return replace(line, parts=tuple(part for part in line.parts if part != "B4"))


def _cells(moment, line, found, counts):
    """Return the cells of a row, each counted from its own units; the formulas of sums are checked against them."""
    own = found[line.key]
    codes = None if line.key == TOTAL.key else {unit.code for unit in own.units}
    down = SumOfRows(line.parts) if line.parts else None
    values = _stocks(own, counts)
    cells = {column: layout.counted(moment, values.get(column), code, codes, down) for column, code in STOCKS.items()}
    for column, code, plus in (("c3", "units.grassroots", ("c4", "c5")), ("c9", "units.total", ("c3", "c8"))):
        across = SumOfColumns(plus)
        value = across.evaluate([cells[key].value for key in plus], 0)
        cells[column] = layout.counted(moment, value, code, codes, across)
    if own.known(*Kind):
        cells |= _movements(moment, own, found[TOTAL.key], down)
    return cells


def _stocks(own, counts):
    """Return the counts of the units of a row; columns without any record stay empty."""
    if not own.known(*Kind):
        return {}
    values = {column: sum(counts[unit.pk].get(code, 0) for unit in own.units) for column, code in STOCKS.items()}
    without_record = {
        "c4": not own.known(*GRASSROOTS),
        "c5": not own.known(*GRASSROOTS),
        "c6": not values["c4"],
        "c7": not values["c4"],
        "c8": not own.known(*CELL),
    }
    return {column: value for column, value in values.items() if not without_record.get(column)}


def _movements(moment, own, everything, formula):
    """Return the cells of what happened; kinds of event without a column of their own are told in the remarks."""
    cells = {}
    for column, event in EVENTS.items():
        codes = [code for kind, _, code in own.events if kind == event]
        listed = [code for kind, _, code in everything.events if kind == event and code in codes]
        cell = layout.counted(moment, len(codes), f"units.events.{event}", set(codes), formula)
        cells[column] = cell if len(listed) == len(codes) else replace(cell, link=None)
    others = Counter(kind for kind, _, _ in own.events if kind not in EVENTS.values())
    remarks = (f"{EventKind(kind).label}: {number}" for kind, number in sorted(others.items()))
    return cells | {"c15": "; ".join(remarks) or None}


def _columns(moment):
    return (
        SheetColumn("mark", "TT", kind="mark", width=5),
        SheetColumn("name", "Loại hình", kind="text", width=30),
        group(
            "Tổ chức cơ sở đảng",
            SheetColumn("c3", "Tổng số (=4+5)"),
            group("Chia ra", SheetColumn("c4", "Đảng bộ cơ sở"), SheetColumn("c5", "Chi bộ cơ sở")),
        ),
        group(
            "Tổ chức đảng trực thuộc đảng bộ cơ sở",
            SheetColumn("c6", "Đảng bộ bộ phận"),
            SheetColumn("c7", "Chi bộ trực thuộc"),
        ),
        SheetColumn("c8", "Chi bộ trực thuộc Đảng ủy xã", width=9),
        SheetColumn("c9", "Tổng tổ chức đảng trực thuộc Đảng ủy xã (=3+8)", width=11),
        SheetColumn("c10", "Tổng số đảng viên", width=8),
        group(
            f"Biến động từ {document_day(moment.since)}",
            SheetColumn("c11", "Tiếp nhận", width=7),
            SheetColumn("c12", "Thành lập mới", width=7),
            SheetColumn("c13", "Giải thể", width=7),
            SheetColumn("c14", "Đổi tên", width=7),
        ),
        SheetColumn("c15", "Ghi chú", kind="text", width=12),
    )
