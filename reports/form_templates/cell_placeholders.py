"""What may stand in a cell of a blank: text with the place-holders of the report, or with others that only cells have.

A cell with one place-holder and nothing else holds a number; any other is a sentence. Beside the figures of the report
a cell may show those of the statistics, name the unit of which its row speaks, or be where the numbers of a sheet
begin.
"""

import re
from typing import NamedTuple

from reports.figures import registry
from reports.narrative.placeholders import FORMS, MOMENT, PLACE, advice
from reports.printed_forms.annexes import FORMS as ANNEXES

PLACES = {
    code + form.ending: (code, form) for code, figure in registry.KNOWN.items() for form in FORMS if form.fits(figure)
}
"""Every place-holder of a figure: its figure and its form."""

NUMBERS = ("", ".ty_le")
"""The forms that are numbers: the figure itself, its percentage."""

UNIT, ORDINAL = "don_vi", "stt"
ABOUT_UNIT = {UNIT: "Tên của tổ chức đảng", ORDINAL: "Số thứ tự, khi mỗi hàng một đơn vị"}
"""The words that tell of which unit a cell speaks."""

WORDS = MOMENT | ABOUT_UNIT
SHEET = re.compile(r"bieu\.([\w-]+)(?:\.trang([1-9]))?(?:\.cot([1-9][0-9]?))?")
"""The numbers of a sheet, or of one of its columns as it is numbered in print."""

SHEETS = {f"bieu.{code}": f"Cả bảng số của Biểu {code}, từ ô này" for code in ANNEXES}
KNOWN = {*PLACES, *WORDS, *SHEETS}


class CellPart(NamedTuple):
    """What a place-holder of a sheet asks for: the annex, which of its sheets, which column, None for all."""

    code: str
    sheet: int
    column: int | None


def normal(text):
    """Return `text` with the brackets of a place-holder that was typed without them."""
    text = text.strip()
    return f"{{{{ {text} }}}}" if text in KNOWN or part_of(text) else text


def alone(text):
    """Return the place-holder that makes up the whole `text`, or None."""
    found = PLACE.fullmatch(text.strip())
    return found[1] if found and len(PLACE.findall(text)) == 1 else None


def part_of(name):
    """Return the part of an annex that the place-holder `name` asks for, or None when it asks for another thing."""
    found = SHEET.fullmatch(name)
    if not found or found[1] not in ANNEXES:
        return None
    return CellPart(found[1], int(found[2] or 1), found[3] and int(found[3]))


def wrong_with(text, *, in_rows=False):
    """Return what to tell who wrote `text`: a sentence for each place-holder that cannot stand there."""
    found = []
    for name in dict.fromkeys(PLACE.findall(text)):
        if part_of(name):
            if alone(text) != name or in_rows:
                found.append(
                    f"{{{{ {name} }}}} là cả một bảng số: gắn riêng vào ô đầu của bảng, không lặp theo đơn vị."
                )
        elif name not in KNOWN:
            found.append(advice(name, KNOWN))
    return found


def codes_in(text):
    """Return the codes of the figures that `text` prints."""
    return {PLACES[name][0] for name in PLACE.findall(text) if name in PLACES}
