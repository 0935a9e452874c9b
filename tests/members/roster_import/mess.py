"""Known people written down as offices write them: plain functions, whose grids later tests write into real files."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, time
from random import Random

from binhlu_portal.dates.typed_dates import SERIAL_ZERO
from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.legacy_fonts import TCVN3_LETTERS, TCVN3_SIGNS, VNI
from members.choices import Gender
from members.ethnicity import ETHNICITIES

SMALL_ONLY = ("tcvn3", "vni")
"""Encodings whose capital letters are written by fonts that hold small ones."""

TCVN3 = str.maketrans(TCVN3_LETTERS, TCVN3_SIGNS)
VNI_SIGNS = {letter: signs for signs, letter in VNI.items()}

ENCODINGS = {
    "unicode": str,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "tcvn3": lambda text: text.translate(TCVN3),
    "vni": lambda text: "".join(VNI_SIGNS.get(letter, letter) for letter in text),
    "spaced": lambda text: " " + text.replace(" ", "\N{NO-BREAK SPACE}") + "\N{NO-BREAK SPACE}",
}

DATES = {
    "cell": lambda day: datetime.combine(day, time.min),
    "day": lambda day: day,
    "text": lambda day: f"{day:%d/%m/%Y}",
    "short": lambda day: f"{day.day}.{day.month}.{day:%y}",
    "hyphen": lambda day: f"{day.day}-{day.month}-{day.year}",
    "iso": lambda day: day.isoformat(),
    "words": lambda day: f"ngày {day:%d} tháng {day.month} năm {day.year}",
    "serial": lambda day: (day - SERIAL_ZERO).days,
    "float": lambda day: float((day - SERIAL_ZERO).days),
}

NUMBERS = {
    "text": str,
    "number": int,
    "float": float,
    "dotted": lambda digits: f"{digits[:2]}.{digits[2:5]} {digits[5:]}",
    "quoted": lambda digits: f"'{digits}",
}
ETHNICITY_NAMES = {ethnicity.code: (ethnicity.label, *ethnicity.aliases) for ethnicity in ETHNICITIES}


GROUPS = (["I", "Cấp ủy"], ["Tổ đảng số 2"], ["II. Đảng viên chính thức"], ["B", "Nữ: 2 đ/c"])


@dataclass
class Mess:
    """How a list is made. The defaults are a plain table; each field makes it messier in one way."""

    titles: list = field(default_factory=list)
    units: str = "column"  # column, merged, groups, sheets, titles
    gender: str = "column"  # column, marks, women, birth
    names: str = "plain"  # plain, capitals, split
    dates: str = "cell"
    years: type = int
    two_dates: str = ""  # what stands between the two; "" is two columns
    numbers: str = "text"
    encoding: str = "unicode"
    alias: int = 0
    parents: bool = False
    counted: bool = False
    repeats: int = 0
    totals: bool = False
    signed: bool = False
    as_text: bool = False
    numbered: bool = False  # headings bear the numbers of their columns
    others: bool = False  # columns about other people and of other years
    shuffled: int = 0  # the seed of another order of columns
    beneath: bool = False  # half of the people stand beneath the others, under headings in yet another order
    subtotals: bool = False
    ditto: str = ""  # what a cell says that says the same as the one above
    footnotes: bool = False
    grouped: bool = False  # within the cells people are grouped


def messy(people, mess):
    """Return the grids of a list of `people`: {field: value} with `unit`, in the order of their units."""
    by_unit = {}
    for person in people:
        by_unit.setdefault(person["unit"], []).append(person)
    if mess.units == "sheets":
        return [_finished(unit, _sheet(those, mess, []), mess) for unit, those in by_unit.items()]
    if mess.units == "titles":
        return [
            _finished(f"Sheet{number}", _sheet(those, mess, [f"DANH SÁCH ĐẢNG VIÊN {unit} NĂM 2025".upper()]), mess)
            for number, (unit, those) in enumerate(by_unit.items(), 1)
        ]
    return [_finished("Sheet1", _sheet(people, mess, []), mess)]


def _sheet(people, mess, titles):
    """Return the rows of a sheet: one list, or one beneath the other, and what stands around them."""
    rows = [[title] for title in (*mess.titles, *titles)]
    half = len(people) // 2 if mess.beneath else 0
    for number, those in enumerate([people[:half], people[half:]] if half else [people]):
        rows += [[], ["DANH SÁCH TIẾP THEO"]] if number else []
        rows += _table(those, mess, number)
    if mess.totals:
        rows.append([None, f"Tổng cộng: {len(people)} đảng viên"])
    rows += [[], ["Ghi chú: danh sách gồm cả đảng viên dự bị"], ["(*) theo sổ của chi bộ"]] if mess.footnotes else []
    if mess.signed:
        rows += [
            [],
            [None, None, None, "Bình Lư, ngày 05 tháng 01 năm 2026"],
            [None, "NGƯỜI LẬP BIỂU", None, "T/M CHI BỘ"],
            [None, "(Ký, ghi rõ họ tên)", None, "BÍ THƯ"],
            [],
            [None, "Lò Thị Ký", None, "Vàng Văn Ký"],
        ]
    width = max(map(len, rows))
    return [row + [None] * (width - len(row)) for row in rows]


def _table(people, mess, turn):
    """Return the rows of one list with its headings."""
    upper, lower, cells = [], [], []
    columns = _in_order(_columns(mess), mess.shuffled + turn) + (_relatives_columns() if mess.others else [])
    for at, (above, heading, write) in enumerate(columns, 1):
        upper.append(f"({at}) {heading}" if mess.numbered and heading and not above else above or heading)
        lower.append(heading if above else None)
        cells.append(write)
    split = any(lower)
    for at in range(len(upper) - 1, 0, -1):  # a heading over several columns stands in the first
        if lower[at] and lower[at - 1] and upper[at] == upper[at - 1]:
            upper[at] = None
    head = [upper, lower] if split else [upper]
    numbered = [[f"({number})" for number in range(1, len(upper) + 1)]] if mess.counted else []
    rows, unit, last = head + numbered, None, None
    for number, person in enumerate(people, 1):
        if mess.repeats and number > 1 and number % mess.repeats == 1:
            rows, last = rows + head, None
        if mess.units == "groups" and person["unit"] != unit:
            rows, last = [*rows, [f"{'I' * (1 + number % 3)}. {person['unit']}: {len(people)} đ/c"]], None
        if mess.grouped and number % 3 == 2:
            rows.append(GROUPS[number % len(GROUPS)])
        first = person["unit"] != unit
        unit = person["unit"]
        row = [write(number, person, first) for write in cells]
        same = [at for at, said in enumerate(row) if mess.ditto and last and isinstance(said, str) and said == last[at]]
        rows.append([mess.ditto if at in same and " " in said else said for at, said in enumerate(row)])
        last = row
        if mess.subtotals and number % 4 == 0:
            rows, last = [*rows, [None, f"Cộng: {number} đ/c"]], None
    return rows


def _in_order(columns, seed):
    """Return columns in another order by a seed: the number stays first, those of one heading together."""
    number, *others = columns
    blocks = []
    for column in others:
        if blocks and (column[1] is None or (column[0] and column[0] == blocks[-1][-1][0])):
            blocks[-1].append(column)
        else:
            blocks.append([column])
    if seed:
        Random(seed).shuffle(blocks)
    return [number, *(column for block in blocks for column in block)]


def _columns(mess):
    """Yield (heading above, heading, what a row has in the column)."""
    yield "", "STT", lambda number, person, first: number
    yield from _name_columns(mess)
    yield from _birth_columns(mess)
    yield "", "Dân tộc", lambda number, person, first: _ethnicity(person["ethnicity"], mess)
    if mess.two_dates:
        yield "", "Ngày vào Đảng / ngày chính thức", lambda number, person, first: _two_dates(person, mess)
    else:
        above = "Ngày vào Đảng" if mess.parents else ""
        yield (
            above,
            "Dự bị" if above else "Ngày vào Đảng",
            lambda number, person, first: _date(person, "joined_on", mess),
        )
        yield above, "Chính thức", lambda number, person, first: _date(person, "official_on", mess) or "Dự bị"
    yield "", "Số CCCD", lambda number, person, first: NUMBERS[mess.numbers](person["citizen_id"])
    yield "", "Số thẻ đảng viên", lambda number, person, first: NUMBERS[mess.numbers](person["card_number"])
    above = "Trình độ" if mess.parents else ""
    yield above, "Học vấn", lambda number, person, first: person["state.education_grade"]
    yield above, "LLCT", lambda number, person, first: person["state.theory"].label
    if mess.units == "column":
        yield "", "Chi bộ", lambda number, person, first: person["unit"]
    if mess.units == "merged":
        yield "", "Chi bộ", lambda number, person, first: person["unit"] if first else None
    if mess.others:
        yield from _other_columns()


def _other_columns():
    """Yield columns from which nothing is to be read."""
    yield "", "Ngày sinh (vợ, chồng)", lambda number, person, first: "01/01/1970"
    yield "", "Nơi thường trú (cũ)", lambda number, person, first: "Xã cũ"
    yield "", "Năm", lambda number, person, first: 2005
    yield "", "Nơi công tác", lambda number, person, first: "Trạm Y tế"
    yield "", "Ngày chuyển đi, đến ĐBCS nào", lambda number, person, first: None
    yield "", "Ngày từ trần, lý do", lambda number, person, first: "-"


def _relatives_columns():
    """Return the columns about a relative, whose data bear the headings of the member's."""
    said = {
        "Họ tên vợ (chồng)": "Giàng Thị Vợ",
        "Năm sinh": 1972,
        "Dân tộc": "Mông",
        "Nghề nghiệp": "Giáo viên",
        "Quê quán": "Sa Pa, Lào Cai",
        "Số CCCD": "010172000999",
    }
    return [("", heading, lambda number, person, first, value=value: value) for heading, value in said.items()]


def _name_columns(mess):
    def name(person):
        if mess.names != "capitals":
            return person["full_name"]
        return person["full_name"].lower() if mess.encoding in SMALL_ONLY else person["full_name"].upper()

    if mess.names == "split":
        yield "", "Họ và tên", lambda number, person, first: person["full_name"].rpartition(" ")[0]
        yield "", None, lambda number, person, first: person["full_name"].rpartition(" ")[2]
    else:
        yield "", "Họ và tên", lambda number, person, first: name(person)


def _birth_columns(mess):
    sides = ((Gender.MALE, "Nam"), (Gender.FEMALE, "Nữ"))
    if mess.gender == "birth":
        for gender, label in sides:
            yield "Ngày, tháng, năm sinh", label, _only(gender, lambda person: _date(person, "born_on", mess))
        return
    yield "", "Ngày sinh", lambda number, person, first: _date(person, "born_on", mess)
    if mess.gender == "marks":
        for gender, label in sides:
            yield "Giới tính", label, _only(gender, lambda person: "x")
    elif mess.gender == "women":
        yield "", "Nữ", _only(Gender.FEMALE, lambda person: "X")
    else:
        yield "", "Giới tính", lambda number, person, first: Gender(person["gender"]).label


def _only(gender, write):
    return lambda number, person, first: write(person) if person["gender"] == gender else None


def _date(person, name, mess):
    found = person.get(name)
    if found is None:
        return None
    if found.precision == "day":
        return DATES[mess.dates](found.first_day)
    return mess.years(found.iso) if found.precision == "year" else str(found)


def _two_dates(person, mess):
    texts = [person.get(name) for name in ("joined_on", "official_on")]
    return mess.two_dates.join(str(found) for found in texts if found)


def _ethnicity(code, mess):
    names = ETHNICITY_NAMES[code]
    return names[mess.alias % len(names)]


def _finished(name, rows, mess):
    """Return the grid with its text in an encoding, and everything as text where the file is one."""
    rows = [[_cell(value, mess) for value in row] for row in rows]
    return Grid(name, rows)


def _cell(value, mess):
    if mess.as_text and value is not None and not isinstance(value, str):
        value = f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value).removesuffix(".0")
    if not isinstance(value, str):
        return value
    capitals = mess.encoding in SMALL_ONLY and value.isupper() and not value.isascii()
    return ENCODINGS[mess.encoding](value.lower() if capitals else value)
