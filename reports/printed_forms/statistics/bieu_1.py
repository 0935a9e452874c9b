"""Form 1-BTCTW: how the number of members grew and fell, line by line of the ledger.

The opening number is that of the eve of the period, so that what happened on its first day is in it; a committee set
up in the period opens with those it was set up with. What moves with a unit, or within the committee when a cell asks,
has rows of its own, which stand only when there is anything.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from binhlu_portal.sheets.sheet import SheetCell
from binhlu_portal.text.vietnamese import document_day
from members.choices import EndReason, StartReason
from organizations.choices import StatisticsForm
from reports.figures import evaluate, ledger
from reports.printed_forms import layout

from .layouts import FormLine
from .year_on_year import sheet

ONE_DAY = timedelta(days=1)
PROBATIONARY = "members.struck_off.probationary"
TOTAL, CHANGE = "members.total", "members.increase"

CAME = {
    "B1": ("1. Kết nạp", (StartReason.ADMITTED, StartReason.READMITTED)),
    "B2": ("2. Chuyển đến", ()),
    "B2a": ("a. Từ tỉnh khác", (StartReason.TRANSFERRED_IN_FAR,)),
    "B2b": ("b. Từ đảng bộ khác trong tỉnh", (StartReason.TRANSFERRED_IN,)),
    "B2c": ("c. Từ chi bộ khác trong đảng bộ", (StartReason.MOVED_WITHIN,)),
    "B3": ("3. Phục hồi đảng tịch", (StartReason.RESTORED,)),
    "B4": ("4. Cùng tổ chức đảng được tiếp nhận", (StartReason.RECEIVED_WITH_UNIT, ledger.WITH_UNIT)),
}
LEFT = {
    "C1": ("1. Từ trần", (EndReason.DIED,)),
    "C2": ("2. Khai trừ", (EndReason.EXPELLED,)),
    "C3": ("3. Xóa tên", (EndReason.STRUCK_OFF,)),
    "C4": ("4. Xin ra khỏi Đảng", (EndReason.RESIGNED,)),
    "C5": ("5. Chuyển đi", ()),
    "C5a": ("a. Đi tỉnh khác", (EndReason.TRANSFERRED_OUT_FAR,)),
    "C5b": ("b. Đi đảng bộ khác trong tỉnh", (EndReason.TRANSFERRED_OUT,)),
    "C5c": ("c. Đi chi bộ khác trong đảng bộ", (EndReason.MOVED_WITHIN,)),
    "C6": (
        "6. Cùng tổ chức đảng chuyển đi, giải thể, sáp nhập",
        (ledger.WITH_UNIT, EndReason.UNIT_DISSOLVED, EndReason.UNIT_MERGED),
    ),
}
SUMS = ("B2", "C5")
"""Rows that add up those whose keys begin like theirs."""

OUTSIDE_THE_FORM = frozenset({"B2c", "B4", "C5c", "C6"})
"""Rows that the printed form does not have."""


@dataclass(frozen=True)
class LedgerBook:
    """The ledger of the period of a moment."""

    moment: Any

    @property
    def opened_on(self):
        """The day of the opening number: the eve of the period, but not before the unit stood."""
        return max(self.moment.since - ONE_DAY, self.moment.unit.started_on)

    @property
    def opening(self):
        """The moment of the opening number."""
        day = self.opened_on
        return replace(self.moment, as_of=day, since=day, year=min(self.moment.year, day.year))

    @property
    def period(self):
        """The moment of what happened after the opening."""
        return replace(self.moment, since=min(self.opened_on + ONE_DAY, self.moment.as_of))

    def cells(self, before, now):
        """Return the cells of the form by the keys of its rows from the counts at the opening and at the end."""
        opening, closing = before.get(TOTAL, 0), now.get(TOTAL, 0)
        book = ledger.make_ledger(self._changes, (opening, closing))
        return {
            "A": layout.counted(self.opening, opening, TOTAL),
            **self._side(CAME, ledger.CAME, book.increases, "B"),
            **self._side(LEFT, ledger.LEFT, book.decreases, "C"),
            PROBATIONARY: layout.counted(self.period, now.get(PROBATIONARY, 0), PROBATIONARY),
            "D": layout.counted(self.moment, closing, TOTAL),
        }

    @property
    def _changes(self):
        """The moment of the ledger, which leaves its since day out."""
        return replace(self.moment, since=self.opened_on)

    def _side(self, rows, direction, reasons, total):
        """Return the cells of one side of the ledger, its sums included."""
        found = {key: self._cell(direction, codes, reasons) for key, (_, codes) in rows.items()}
        for key in rows.keys() & SUMS:
            parts = tuple(code for other in rows if other.startswith(key) for code in rows[other][1])
            found[key] = self._cell(direction, parts, reasons)
        return found | {total: self._cell(direction, tuple(reasons), reasons)}

    def _cell(self, direction, codes, reasons):
        value = sum(reasons.get(code, 0) for code in codes)
        link = layout.link(self._changes, CHANGE, chieu=direction, ly_do=",".join(codes)) if value else None
        return SheetCell(value, link=link)


def bieu_1(moment):
    """Return form 1-BTCTW."""
    now, before = cells = moved(moment)
    opened = ", của cùng kỳ năm trước ngày ".join(document_day(book.opened_on) for book in _books(moment))
    return [
        sheet(
            moment,
            StatisticsForm.LEDGER,
            "Người",
            _lines(now, before or {}),
            cells,
            (
                f"Dòng A là số đảng viên ngày {opened}. Người chuyển giữa các chi bộ trong đảng bộ không "
                "tính là tăng, giảm. Dòng ngoài mẫu chỉ có khi có số liệu.",
            ),
            layout.as_of_line(moment),
        )
    ]


def moved(moment):
    """Return the cells of the ledger now and a year earlier, by the keys of the form; None where nothing was then."""
    books = _books(moment)
    asked = [of for book in books for of in (book.opening, book.period)]
    found = evaluate.side_by_side(asked, [TOTAL, PROBATIONARY])
    now, *before = (book.cells(*pair) for book, *pair in zip(books, found[::2], found[1::2], strict=True))
    return now, before[0] if before else None


def _books(moment):
    """Return the ledger of now, and of a year earlier if the unit stood."""
    return [LedgerBook(each) for each in (moment, moment.a_year_earlier()) if each]


def _lines(*periods):
    """Return the rows: those of the form, and the others where one of `periods` has any."""

    def stands(key):
        return key not in OUTSIDE_THE_FORM or any(cells[key].value for cells in periods if cells)

    def side(rows):
        for key, (name, _) in rows.items():
            if stands(key):
                parts = tuple(other for other in rows if key in SUMS and other[:-1] == key and stands(other))
                yield FormLine(key, name, level=len(key) - 1, plus=parts)
            if key == "C3":
                yield FormLine(PROBATIONARY, "Trong đó: đảng viên dự bị", level=2)

    came, left = list(side(CAME)), list(side(LEFT))
    return [
        FormLine("A", "A. Tổng số đảng viên cuối kỳ trước chuyển sang", emphasis=True),
        FormLine("B", "B. Đảng viên tăng trong kỳ", plus=_first(came), emphasis=True),
        *came,
        FormLine("C", "C. Đảng viên giảm trong kỳ", plus=_first(left), emphasis=True),
        *left,
        FormLine(
            "D",
            "D. Đảng viên trong danh sách cuối kỳ báo cáo (= A + B - C)",
            plus=("A", "B"),
            minus=("C",),
            emphasis=True,
        ),
    ]


def _first(lines):
    return tuple(line.key for line in lines if line.level == 1)
