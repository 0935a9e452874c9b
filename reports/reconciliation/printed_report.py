"""Reader of a printed report: one figure a line, from the rows of a file or from typed lines."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.moment.moment import Moment
from binhlu_portal.spreadsheets.sandbox import client
from binhlu_portal.text.vietnamese import clean, day, number, search_key
from organizations.models import Unit
from reports.figures import registry

COLUMNS = {
    "code": ("ma", "ma so lieu", "code"),
    "value": ("gia tri", "value"),
    "percent": ("ty le da in", "percent_printed", "ty le", "ty le (%)", "percentage", "percent"),
    "unit": ("don vi", "ma don vi", "unit"),
    "as_of": ("ngay", "den ngay", "as_of"),
    "since": ("tu ngay", "since"),
    "year": ("nam", "nam xep loai", "year"),
}
"""What a line may say, in the order in which lines without a heading say it, and what its columns are called."""

LABELS = ("Mã", "Số liệu", "Giá trị", "Tỷ lệ", "Đơn vị", "Ngày", "Từ ngày", "Năm")
"""The heading of the template."""

HEAD_WITHIN = 12
"""A heading stands among so many first rows."""

MOST_LINES, MOST_MOMENTS = 400, 12
"""How much is compared at once; a report has some hundred figures, of a handful of days."""

WHOLE = re.compile(r"[-−]?\d{1,3}(\.\d{3})+|[-−]?\d{1,9}")
SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)(?:\s*[-–]\s*(\d{1,3}(?:[.,]\d{1,4})?))?\s*%?")


class Faulty(Exception):
    """Lines cannot be read; `faults` are the sentences, one for everything that is wrong."""

    def __init__(self, faults):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Printed:
    """A figure as a report has printed it, and the moment of which the report speaks there.

    `percent` has the decimals that were printed; `high` is the upper end of a band that a target asks for.
    """

    figure: Any
    moment: Moment
    value: int | None
    percent: Decimal | None
    high: Decimal | None = None

    @property
    def share(self):
        """The percentage as a document writes it; "" when none was printed."""
        ends = [f"{end}".replace(".", ",") for end in (self.percent, self.high) if end is not None]
        return f"{'–'.join(ends)}\N{NO-BREAK SPACE}%" if ends else ""

    @property
    def in_words(self):
        """What was printed: the value, the percentage, or both."""
        value = [] if self.value is None else [number(self.value)]
        return ", ".join(value + [self.share] * bool(self.share))

    def typed(self, moment):
        """Return the line as it would be typed on the page about `moment`."""
        own, share = self.moment, self.share.rstrip("\N{NO-BREAK SPACE}%")
        cells = [self.figure.code, "" if self.value is None else f"{self.value}", share]
        if own != moment:
            cells += [own.unit.code, day(own.as_of), day(own.since), f"{own.year}"]
        return "; ".join(cells).rstrip("; ")


def typed_rows(text):
    """Return the rows of typed lines; lines copied from a spreadsheet have tabs, others semicolons or commas."""
    return [line.split(next((mark for mark in "\t;" if mark in line), ",")) for line in text.splitlines()]


def file_rows(content, name):
    """Return the rows of the first sheet that has any in a file; `Unreadable` says why it cannot be read."""
    return next((grid.rows for grid in client.read(content, name) if grid.rows), [])


def read(rows, moment, *, typed=False):
    """Return the printed figures in `rows` of cells; what a line leaves open is as in `moment`.

    Lines of a file that print neither a value nor a percentage are passed over, like what stands above its heading;
    `typed` lines all mean something. Raises `Faulty` with all that is wrong.
    """
    rows = [[_text(cell) for cell in row] for row in rows]
    start, places = _heading(rows, _first(rows) if typed else HEAD_WITHIN)
    lines = [(index + 1, _cells(row, places)) for index, row in enumerate(rows[start:], start) if any(row)]
    lines = [(index, said) for index, said in lines if typed or said["value"] or said["percent"]]
    if not lines:
        raise Faulty(["Chưa có số liệu nào để đối chiếu: mỗi dòng ghi mã số liệu, giá trị, tỷ lệ."])
    if len(lines) > MOST_LINES:
        raise Faulty([f"Có {number(len(lines))} dòng, quá {MOST_LINES} dòng một lần: tách thành nhiều lần."])
    units = Unit.objects.visible_to(moment.user).filter(code__in={said["unit"] for _, said in lines})
    units = {unit.code: unit for unit in units} | {"": moment.unit}
    found, faults = [], []
    for index, said in lines:
        try:
            found.append(_line(said, units, moment))
        except ValueError as error:
            faults.append(f"Dòng {index}: {error}")
    if len({(line.moment.as_of, line.moment.since, line.moment.year) for line in found}) > MOST_MOMENTS:
        faults.append(f"Có quá {MOST_MOMENTS} thời điểm khác nhau: tách thành nhiều lần.")
    if faults:
        raise Faulty(faults)
    return found


def _text(cell):
    """Return the text of a cell of a file or of a typed line."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return "" if cell is None else clean(f"{cell}")


def _first(rows):
    """Return the number of the first row that says something."""
    return next((number for number, row in enumerate(rows, 1) if any(row)), 0)


def _heading(rows, within):
    """Return where the lines begin and in which column each says what; without a heading they go by order.

    A heading stands `within` so many first rows.
    """
    for index, row in enumerate(rows[:within]):
        keys = [search_key(cell) for cell in row]
        places = {
            name: next((keys.index(key) for key in known if key in keys), None) for name, known in COLUMNS.items()
        }
        if places["code"] is not None and (places["value"] is not None or places["percent"] is not None):
            return index + 1, places
    return 0, {name: place for place, name in enumerate(COLUMNS)}


def _cells(row, places):
    return {name: row[place] if place is not None and place < len(row) else "" for name, place in places.items()}


def _line(said, units, moment):
    """Return the figure that a line prints; a ValueError says what is wrong with it."""
    if not (said["value"] or said["percent"]):
        raise ValueError(f"“{said['code']}” chưa có giá trị hoặc tỷ lệ: ghi như members.female; 383; 44,5.")
    figure = _figure(said["code"])
    percent, high = _percent(said["percent"])
    if isinstance(figure, registry.TargetFigure) and said["value"]:
        raise ValueError(f"“{figure.label}” là mục tiêu, chỉ có tỷ lệ: bỏ giá trị “{said['value']}”.")
    if high is not None and not isinstance(figure, registry.TargetFigure):
        raise ValueError(f"“{figure.label}” chỉ có một tỷ lệ, không phải khoảng “{said['percent']}”.")
    if said["unit"] not in units:
        raise ValueError(f"không có tổ chức đảng nào mã “{said['unit']}”.")
    asked = {"as_of": _day(said["as_of"]) or moment.as_of, "since": _day(said["since"]) or moment.since}
    asked["year"] = _year(said["year"]) or moment.year
    own = Moment.of(units[said["unit"]], moment.user, today=moment.as_of, **asked)
    return Printed(figure, own, _value(said["value"]), percent, high)


def _figure(text):
    figure = registry.FIGURES.get(text) or _by_label().get(search_key(text))
    if figure is None:
        raise ValueError(f"không có số liệu nào mã hoặc tên “{text}”: xem mã trong tệp mẫu.")
    return figure


def _by_label():
    return {search_key(figure.label): figure for figure in registry.FIGURES.values()}


def _value(text):
    if not text:
        return None
    if not WHOLE.fullmatch(text):
        raise ValueError(f"giá trị “{text}” không phải là số nguyên: ghi như 861 hoặc 1.234.")
    return int(text.replace(".", "").replace("−", "-"))


def _percent(text):
    """Return the percentage and, where a band is printed, its upper end."""
    if not text:
        return None, None
    found = SHARE.fullmatch(text)
    if found is None:
        raise ValueError(f"tỷ lệ “{text}” không đọc được: ghi như 44,5.")
    return tuple(end and Decimal(end.replace(",", ".")) for end in found.groups())


def _day(text):
    if not text:
        return None
    found = PartialDate.parse(text)
    if found.precision != "day":
        raise ValueError(f"ngày “{text}” chưa đủ: ghi như 31/12/2025.")
    return found.first_day


def _year(text):
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text):
        raise ValueError(f"năm “{text}” không đọc được: ghi bốn chữ số, ví dụ 2025.")
    return int(text)


def template_rows(codes):
    """Return the lines of the template: every figure of `codes` with its name, to be filled in."""
    return [[code, registry.FIGURES[code].label, "", "", "", "", "", ""] for code in codes]
