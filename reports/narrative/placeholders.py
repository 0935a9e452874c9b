"""Place-holders: {{ members.total }} in a sentence, a judgement or a template is the figure as documents print it.

Their names are the codes of the figures, with a form after the code where not the plain number is meant; days and names
have words of their own. The same language is spoken by the outline, by what the committee writes and by the templates
of the office, so what is written once stays true in every later report.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

from binhlu_portal.text.vietnamese import NOTHING, day, number, percent
from reports.figures import registry

PLACE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
NOTE, ANNEX, SECTION = "chu_thich.", "bieu.", "muc."
"""What the names of footnotes, of annexes and of whole sections begin with."""

DOCUMENTS = "van_ban"
"""The footnote that lists the documents issued."""

MOMENT = {
    "cap_uy": "Tên cấp ủy",
    "cap_tren": "Cấp trên trực tiếp",
    "den_ngay": "Ngày số liệu",
    "tu_ngay": "Ngày bắt đầu tính",
    "nam": "Năm xếp loại",
    "noi_va_ngay": "Địa danh, ngày ký để điền tay",
    "ky_thay": "Thể thức ký theo loại cấp ủy",
    "ky_chuc_vu": "Chức vụ ký theo loại cấp ủy",
}
"""The words that are no figures, and what they stand for."""


class Piece(NamedTuple):
    """A piece of a sentence: its text, and the code of the figure it prints with the value that this one has, if any.

    A figure that cannot be said has the value None. `note` is the text of a footnote that is called here.
    """

    text: str
    code: str = ""
    value: int | None = None
    note: str = ""


class Form(NamedTuple):
    """How a figure is printed: the ending of the place-holder, what it is called, whom it fits, how it is written."""

    ending: str
    label: str
    fits: object
    write: object


def written(value):
    """Return a number as documents print it: with a nought before a single digit, so that none can be put there."""
    return f"0{value}" if value and 0 < value < 10 else number(value)


def _plain(result):
    if isinstance(result.figure, registry.TargetFigure):
        return result.low, result.asked
    return result.value, written(result.value)


def _over(result):
    return result.base and result.value, f"{written(result.value)}/{written(result.base)}"


def _share(result):
    known = None if result.percent is None else result.value
    return known, percent(result.percent, result.figure.places)


def _change(result):
    value = result.value
    if not value:
        return None if value is None else 1, "không tăng, giảm"
    words = {True: "tăng", False: "giảm"}[value > 0]
    return 1, f"{words} {written(abs(value))}"


def _reached(result):
    reached = [_share(actual) for actual in result.actual]
    known = None if None in [value for value, _ in reached] else 1
    return known, " và ".join(words for _, words in reached)


FORMS = (
    Form("", "Con số", lambda figure: True, _plain),
    Form(".tren", "Trên tổng số", lambda figure: bool(figure.of), _over),
    Form(".ty_le", "Tỷ lệ", lambda figure: bool(figure.of), _share),
    Form(".tang_giam", "Tăng, giảm", lambda figure: isinstance(figure, registry.ChangeFigure), _change),
    Form(".hien_dat", "Hiện đạt", lambda figure: isinstance(figure, registry.TargetFigure), _reached),
)
"""Every form; one without an ending is the number itself, of a target what is asked for."""

FIGURE_PLACES = {
    code + form.ending: (code, form) for code, figure in registry.FIGURES.items() for form in FORMS if form.fits(figure)
}
"""Every place-holder of a figure: its figure and its form."""

NOTES = {code: figure.reading for code, figure in registry.FIGURES.items() if getattr(figure, "reading", "")}
"""How figures that leave it open are counted, for footnotes."""

WRITABLE = {*FIGURE_PLACES, *MOMENT}
"""What may stand in what committees write themselves."""


class Places:
    """What every place-holder stands for: `results` of the figures, `words` of the moment, `issued` documents.

    `forms` are the codes of the annexes that are asked for.
    """

    def __init__(self, results, words, issued=(), forms=()):
        self.results, self.words, self.issued, self.forms = results, words, issued, forms

    def piece(self, name):
        """Return what the place-holder `name` stands for, or None for one that is unknown."""
        if name in FIGURE_PLACES:
            code, form = FIGURE_PLACES[name]
            value, text = form.write(self.results[code])
            return Piece(NOTHING if value is None else text, code, value)
        if name in self.words:
            return Piece(self.words[name])
        start, _, rest = name.partition(".")
        if f"{start}." == ANNEX:
            return Piece(f" (chi tiết tại Biểu {rest})" if rest in self.forms else "")
        if f"{start}." == NOTE:
            note = self.documents() if rest == DOCUMENTS else NOTES.get(rest)
            return None if note is None else Piece("", note=note)
        return None

    def documents(self):
        """Return the footnote of the documents issued; "" without any, which calls none."""
        named = (f"{found} ngày {day(found.issued_on)} về “{found.subject}”" for found in self.issued)
        return "; ".join(named) + "." if self.issued else ""

    def say(self, text):
        """Return the pieces of `text`; an unknown place-holder stays as it is written."""
        pieces = []
        for index, part in enumerate(PLACE.split(text)):
            found = self.piece(part) if index % 2 else Piece(part)
            pieces.append(Piece(f"{{{{ {part} }}}}") if found is None else found)
        return [piece for piece in pieces if piece.text or piece.note]


def unknown(text, known=WRITABLE):
    """Return a sentence for each place-holder in `text` that is not `known`: what to write instead."""
    return [advice(name, known) for name in dict.fromkeys(PLACE.findall(text)) if name not in known]


def advice(name, known):
    """Return what to tell who wrote the unknown place-holder `name`."""
    near = get_close_matches(name, sorted(known), 1, 0.5)
    instead = f"có lẽ là {{{{ {near[0]} }}}}" if near else "xem bảng các chỗ điền"
    return f"Không có chỗ điền {{{{ {name} }}}}: {instead}."


def check(texts):
    """Stop the import when the outline names what does not exist."""
    known = WRITABLE | {NOTE + name for name in (*NOTES, DOCUMENTS)}
    wrong = [name for text in texts for name in PLACE.findall(text) if name not in known and ANNEX not in name]
    if wrong:
        raise ValueError(f"The outline names unknown figures: {wrong}.")
