"""The lists of a month's Party fees as sheets: the members of one cell to collect from, the cells to add up.

A fee that is a share of an income tells the income, so amounts are shown to those who keep the records of the cell.
Other readers are told what a cell owes together, and not even that where few of it pay by income; what they are not
told is in no total of theirs, on no page, so that nothing can be found by taking one total from another.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.sheets.sheet import Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, SumOfRows
from binhlu_portal.text.vietnamese import day, document_day
from members.choices import FeeRelief
from members.fees.queries import Due, dues, month_of
from members.fees.rates import FeeState
from members.models import Member
from members.namesakes import told_apart
from members.queries import members_on
from organizations.letterheads import BY_A_CELL
from organizations.models import Unit
from reports.printed_forms.layout import frame, total_cells

FEWEST = "fees.fewest_payers"

PEOPLE = (
    SheetColumn("mark", "TT", width=5, kind="mark"),
    SheetColumn("name", "Họ và tên", width=26, kind="text"),
    SheetColumn("fee", "Mức đóng (đồng)", width=12),
    SheetColumn("paid", "Đã nộp (đồng)", width=12),
    SheetColumn("sign", "Ký nộp", width=12, kind="text"),
    SheetColumn("note", "Ghi chú", width=18, kind="text"),
)
CELLS = (
    SheetColumn("mark", "TT", width=5, kind="mark"),
    SheetColumn("name", "Chi bộ", width=26, kind="text"),
    SheetColumn("members", "Đảng viên", width=9),
    SheetColumn("due", "Phải đóng", width=9),
    SheetColumn("free", "Được miễn", width=9),
    SheetColumn("unknown", "Chưa tính được", width=9),
    SheetColumn("amount", "Số tiền (đồng)", width=14),
)
COUNTED = tuple(column.key for column in CELLS[2:])
ACROSS = SumOfColumns(("due", "free", "unknown"))
TOTAL = "total"
ROUNDED = "Mức đóng tính đến đồng, từ nửa đồng trở lên làm tròn lên."


@dataclass(frozen=True)
class CellFees:
    """The fees of a cell for a month as somebody may read them: whoever keeps its records sees every amount."""

    code: str
    name: str
    dues: tuple[Due, ...]
    is_kept: bool
    fewest: int

    @property
    def is_hidden(self) -> bool:
        """Whether the reader is not told what the cell owes: so few pay by income that it would tell theirs."""
        by_income = sum(due.payer.pays_by_income and due.fee.state == FeeState.DUE for due in self.dues)
        return not self.is_kept and 0 < by_income < self.fewest

    @property
    def amount(self) -> int | None:
        """What the cell owes together, of those of whom it is known; None where it is known of nobody."""
        known = [due.fee.amount for due in self.dues if due.fee.amount is not None]
        return sum(known) if known and not self.is_hidden else None

    @property
    def counts(self) -> Counter:
        """How many owe a fee, are free, and of how many it is not known."""
        named = {FeeState.DUE: "due", FeeState.FREE: "free"}
        return Counter(named.get(due.fee.state, "unknown") for due in self.dues)


def first_of_month(moment: Moment) -> Moment:
    """Return the moment of the first day of the month, or of the unit when that began within it."""
    on = max(month_of(moment.as_of), moment.unit.started_on)
    return replace(moment, as_of=on, since=min(moment.since, on), year=min(moment.year, on.year))


def cell_fees(month: Moment) -> list[CellFees]:
    """Return the fees of the cells beneath the unit for the month that begins with the as-of day."""
    kept = set(Unit.objects.editable_by(month.user).values_list("pk", flat=True))
    fewest = month.in_force.value(FEWEST)
    by_cell = groupby(dues(members_on(month), month.in_force), key=lambda due: (due.unit_code, due.cell, due.unit))
    return [CellFees(code, name, tuple(own), unit in kept, fewest) for (code, name, unit), own in by_cell]


def own_cell(cells: Sequence[CellFees], month: Moment) -> CellFees | None:
    """Return the cell that is the unit itself, if the reader keeps its records."""
    return next((cell for cell in cells if cell.is_kept and cell.code == month.unit.code), None)


def sheets(cells: Sequence[CellFees], month: Moment) -> list[Sheet]:
    """Return what is printed: the list of a cell; for a committee the cells, then the list of each that is kept."""
    if own := own_cell(cells, month):
        return [people_sheet(own, month, frame(month))]
    return [cells_sheet(cells, month), *(people_sheet(cell, month) for cell in cells if cell.is_kept)]


def people_sheet(cell: CellFees, month: Moment, frame=None) -> Sheet:
    """Return the list by which a cell collects, with room to sign; without a `frame` one of many in a workbook."""
    called = told_apart(Member(pk=due.member, full_name=due.name, born_on=due.payer.born_on) for due in cell.dues)
    rows = [
        SheetRow(
            str(due.member),
            {
                "mark": str(number),
                "name": SheetCell(called[due.member], link=reverse("member", args=[due.member])),
                "fee": due.fee.amount,
                "note": _note(due),
            },
        )
        for number, due in enumerate(cell.dues, 1)
    ]
    total = SheetRow(
        TOTAL, {"name": "Cộng", "fee": SheetCell(cell.amount, SumOfRows(tuple(row.key for row in rows)))}, emphasis=True
    )
    return Sheet(
        code=f"Tháng {month.as_of:%m/%Y}",
        title="DANH SÁCH ĐÓNG ĐẢNG PHÍ",
        subtitle=cell.name,
        columns=PEOPLE,
        rows=(*rows, total),
        notes=(_in_words(cell), ROUNDED),
        heading=frame and frame.heading,
        signature=frame.signature if frame else BY_A_CELL,
        left_signature="NGƯỜI THU",
        tab=f"{cell.code} {cell.name}",
        upright=True,
    )


def cells_sheet(cells: Sequence[CellFees], month: Moment) -> Sheet:
    """Return what the cells of a committee owe, added up."""
    rows = {cell.code: _cell_row(number, cell, month) for number, cell in enumerate(cells, 1)}
    summed = total_cells(rows, [*rows], COUNTED)
    around = frame(month)
    return Sheet(
        code=f"Tháng {month.as_of:%m/%Y}",
        title="TỔNG HỢP ĐẢNG PHÍ PHẢI ĐÓNG",
        subtitle=f"(Đảng viên và mức đóng tính theo ngày {document_day(month.as_of)})",
        columns=CELLS,
        rows=(*rows.values(), SheetRow(TOTAL, {"name": "Cộng"} | summed, emphasis=True)),
        notes=(*_hidden(cells), *_unknown(cells), ROUNDED),
        heading=around.heading,
        signature=around.signature,
        left_signature=around.left_signature,
        tab="Tổng hợp",
        upright=True,
    )


def _cell_row(number, cell, month):
    link = f"{reverse('monthly-fees')}?don_vi={cell.code}&ngay={day(month.as_of)}" if cell.is_kept else None
    counts = cell.counts
    told = {"members": SheetCell(len(cell.dues), ACROSS), "amount": cell.amount}
    told |= {key: counts[key] for key in ACROSS.plus}
    return SheetRow(cell.code, {"mark": str(number), "name": SheetCell(cell.name, link=link)} | told)


def _note(due):
    if due.fee.state == FeeState.DUE:
        return FeeRelief(due.payer.relief).label if due.payer.relief else ""
    return due.fee.state.label


def _in_words(cell):
    """Tell how many owe what, so that everybody of the list is told of."""
    states = Counter(due.fee.state for due in cell.dues)
    told = [f"{state.label.lower()} {states[state]}" for state in FeeState if states[state]]
    return f"{len(cell.dues)} đảng viên: {', '.join(told)}." if told else "Chi bộ không có đảng viên ngày đầu tháng."


def _hidden(cells):
    number = sum(cell.is_hidden for cell in cells)
    if not number:
        return ()
    few = f"{number} chi bộ có dưới {cells[0].fewest} người đóng theo thu nhập"
    return (f"Không nêu số tiền của {few}; số cộng không gồm số tiền này.",)


def _unknown(cells):
    states = Counter(due.fee.state for cell in cells for due in cell.dues)
    told = [f"{state.label.lower()} {states[state]}" for state in [*FeeState][2:] if states[state]]
    return (f"Chưa tính được: {', '.join(told)}.",) if told else ()
