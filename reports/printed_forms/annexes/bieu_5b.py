"""Annex 5B: secretaries who are heads of their agency (part I) and of their village or its front committee (part II).

Columns follow section III.1.4 of the report's outline; the percentages asked for are the thresholds in force.
"""

from binhlu_portal.sheets.sheet import Share, Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, group
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import Kind, Sector
from reports.figures import evaluate
from reports.printed_forms import layout
from reports.printed_forms.layout import AnnexLine

NOT_VILLAGES = frozenset(Sector) - {Sector.VILLAGE}
CELL = frozenset({Kind.SUBORDINATE_CELL})
SCHOOL, HEALTH_STATION = frozenset({Sector.SCHOOL}), frozenset({Sector.HEALTH_STATION})
LINES = (
    AnnexLine("1", "1", "Đảng bộ cơ sở", frozenset({Kind.PARTY_ORGANIZATION}), NOT_VILLAGES),
    AnnexLine("2", "2", "Chi bộ cơ sở", frozenset({Kind.GRASSROOTS_CELL}), NOT_VILLAGES),
    AnnexLine("3", "3", "Chi bộ trường học", CELL, SCHOOL),
    AnnexLine("4", "4", "Chi bộ trạm y tế", CELL, HEALTH_STATION),
    AnnexLine("5", "5", "Chi bộ loại hình khác", CELL, NOT_VILLAGES - SCHOOL - HEALTH_STATION),
)
OTHER = LINES[-1]

AGENCIES = {
    "c3": "posts.agency_heads.units",
    "c4": "posts.agency_heads.secretary",
    "c7": "posts.agency_heads.other_secretary",
    "c8": "posts.agency_heads.vacant",
    "c9": "posts.agency_heads.other_reason",
    "unwritten": "unrecorded.agency_heads",
}
VILLAGES = {
    "c3": "posts.villages.units",
    "c4": "posts.villages.secretary_village_head",
    "c5": "posts.villages.secretary_front_head",
    "c6": "posts.villages.secretary_concurrent",
    "c8": "posts.villages.heads",
    "c9": "posts.villages.head_members",
    "c11": "posts.villages.front_heads",
    "c12": "posts.villages.front_head_members",
    "c14": "posts.villages.both_heads_members",
}
SHARES = {"c7": ("c6", "c3"), "c10": ("c9", "c8"), "c13": ("c12", "c11"), "c15": ("c14", "c3")}
TARGETS = {
    "agencies": "targets.agency_secretaries_heads",
    "c7": "targets.village_secretary_concurrent",
    "c10": "targets.village_heads_members",
    "c13": "targets.front_heads_members",
}
CELL_OF = "Chi bộ "
PLACES = 2
MOST_NAMES = 3


def bieu_5b(moment):
    """Return both parts of annex 5B."""
    units = layout.direct_units(moment)
    counts = evaluate.counts(moment, [*AGENCIES.values(), *VILLAGES.values()], [unit.pk for unit in units])
    targets = _targets(moment)
    frame = layout.frame(moment)
    agencies = Sheet(
        code="Biểu 5B",
        tab="5B-I",
        title="I. BÍ THƯ CẤP ỦY ĐỒNG THỜI LÀ THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        subtitle=_on_the_day(moment),
        columns=_agency_columns(),
        rows=_agency_rows(moment, units, counts, targets["agencies"]),
        heading=frame.heading,
        notes=(
            "Tính các tổ chức đảng trực thuộc Đảng ủy xã, trừ chi bộ bản. "
            "Cột (9): có bí thư nhưng khuyết thủ trưởng. Cột (10): chưa ghi ai giữ chức vụ, cũng chưa ghi là khuyết. "
            "Ghi chú nêu tên nơi chưa thực hiện.",
            layout.EMPTY_MEANS,
        ),
    )
    villages = Sheet(
        code="Biểu 5B",
        tab="5B-II",
        title="II. BÍ THƯ CHI BỘ ĐỒNG THỜI LÀ TRƯỞNG BẢN HOẶC TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
        subtitle=_on_the_day(moment),
        columns=_village_columns(targets),
        rows=_village_rows(moment, units, counts),
        signature=frame.signature,
        left_signature=frame.left_signature,
        notes=(
            "Cột (6): mỗi bí thư tính một lần, kể cả người kiêm cả hai chức vụ. "
            "Cột (9), (12): là đảng viên đang sinh hoạt vào ngày số liệu. Tỷ lệ chỉ tính ở dòng Cộng.",
            layout.EMPTY_MEANS,
        ),
    )
    return [agencies, villages]


def _on_the_day(moment):
    return f"(Số liệu tính đến ngày {document_day(moment.as_of)})"


def _targets(moment):
    """Return the percentages asked for on the as-of day, None where no threshold is in force."""
    results = evaluate.results(moment, list(TARGETS.values()))
    return {column: results[code].percent for column, code in TARGETS.items()}


def _agency_rows(moment, units, counts, target):
    """Return the rows of part I; that of other cells, which the outline does not know, stands only when needed."""
    rows = {}
    for line in LINES:
        own = [unit for unit in units if line.holds(unit.kind, unit.sector)]
        if own or line is not OTHER:
            rows[line.key] = line.row(_agency_cells(moment, own, counts) if own else {})
    cells = layout.total_cells(rows, list(rows), AGENCIES)
    linked = {
        column: layout.counted(moment, cells[column].value, code, formula=cells[column].formula)
        for column, code in AGENCIES.items()
    }
    last = {"name": "Cộng", **linked, **_derived(linked), "c10": target}
    return (*rows.values(), SheetRow("total", last, emphasis=True))


def _agency_cells(moment, own, counts):
    codes = {unit.code for unit in own}
    cells = {
        column: layout.counted(moment, sum(counts[unit.pk].get(code, 0) for unit in own), code, codes)
        for column, code in AGENCIES.items()
    }
    apart = [unit.name for unit in own if not counts[unit.pk].get(AGENCIES["c4"])]
    names = apart if len(apart) <= MOST_NAMES else []
    return cells | _derived(cells) | {"c11": "; ".join(names) or None}


def _derived(cells):
    """Return the columns of part I that follow from others."""
    share, rest = Share("c4", "c3"), SumOfColumns(("c3",), ("c4",))
    values = [cells["c4"].value, cells["c3"].value]
    return {
        "c5": SheetCell(share.evaluate(values, PLACES), share),
        "c6": SheetCell(rest.evaluate(values[::-1], 0), rest),
    }


def _village_rows(moment, units, counts):
    rows = {}
    villages = [unit for unit in units if unit.sector == Sector.VILLAGE]
    for number, unit in enumerate(villages, 1):
        cells = {"mark": str(number), "name": unit.name.removeprefix(CELL_OF)}
        for column, code in VILLAGES.items():
            cells[column] = layout.counted(moment, counts[unit.pk].get(code, 0), code, {unit.code})
        rows[unit.code] = SheetRow(unit.code, cells)
    cells = {"name": "Cộng"}
    for column, cell in layout.total_cells(rows, list(rows), VILLAGES).items():
        cells[column] = layout.counted(moment, cell.value, VILLAGES[column], formula=cell.formula)
    for column, (part, whole) in SHARES.items():
        share = Share(part, whole)
        cells[column] = SheetCell(share.evaluate([cells[part].value, cells[whole].value], PLACES), share)
    return (*rows.values(), SheetRow("total", cells, emphasis=True))


def _agency_columns():
    return (
        SheetColumn("mark", "TT", kind="mark", width=5),
        SheetColumn("name", "Loại hình tổ chức đảng", kind="text", width=18),
        SheetColumn("c3", "Số tổ chức đảng có cơ quan, đơn vị tương ứng", width=11),
        group(
            "Bí thư đồng thời là thủ trưởng",
            SheetColumn("c4", "Số lượng"),
            SheetColumn("c5", "Tỷ lệ % (=4/3)", kind="percent", places=PLACES, width=9),
        ),
        group(
            "Chưa thực hiện",
            SheetColumn("c6", "Tổng (=3-4)"),
            group(
                "Trong đó",
                SheetColumn("c7", "Người khác làm bí thư", width=9),
                SheetColumn("c8", "Khuyết bí thư"),
                SheetColumn("c9", "Lý do khác"),
                SheetColumn("unwritten", "Chưa ghi", width=7),
            ),
        ),
        SheetColumn("c10", "Chỉ tiêu %", kind="percent", width=8),
        SheetColumn("c11", "Ghi chú", kind="text", width=32),
    )


def _village_columns(targets):
    def percent(key):
        target = targets.get(key)
        label = "%" if target is None else f"% (chỉ tiêu {target.normalize():f})"
        return SheetColumn(key, label, kind="percent", places=PLACES, width=10)

    return (
        SheetColumn("mark", "TT", kind="mark", width=5),
        SheetColumn("name", "Bản", kind="text", width=24),
        SheetColumn("c3", "Chi bộ bản", width=8),
        group(
            "Bí thư chi bộ đồng thời là",
            SheetColumn("c4", "Trưởng bản", width=9),
            SheetColumn("c5", "Trưởng ban CTMT", width=10),
            SheetColumn("c6", "Cộng", width=6),
            percent("c7"),
        ),
        group(
            "Trưởng bản",
            SheetColumn("c8", "Tổng số", width=7),
            SheetColumn("c9", "Là đảng viên", width=9),
            percent("c10"),
        ),
        group(
            "Trưởng ban CTMT",
            SheetColumn("c11", "Tổng số", width=7),
            SheetColumn("c12", "Là đảng viên", width=9),
            percent("c13"),
        ),
        SheetColumn("c14", "Bản có cả trưởng bản và trưởng ban CTMT là đảng viên", width=12),
        percent("c15"),
    )
