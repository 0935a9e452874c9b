"""Placeholders and their one language: {{ members.total }} is printed as the figure of that code, in any text.

Sentences of the outline, what the committee writes, templates of the office and cells of workbooks all speak it: a
placeholder is the code of a figure, with an ending where not the plain number is meant, or a word that stands for a day
or a name; filters ask for a figure of another unit or time. `syntax.py` reads them, `report.py` and `cells.py` each say
which figures and words their texts may name, and `values.py` says what they stand for at a moment.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Any, NamedTuple

from binhlu_portal.text.vietnamese import document_percent, number
from organizations.models import Unit
from organizations.scope import Reader
from reports.figures.registry import ChangeFigure, TargetFigure
from reports.figures.result import Result

from .moments import DAYS, misread, unknown_units
from .syntax import Placeholder, names_in, read

MOMENT_WORDS = {
    "cap_uy": "Tên cấp ủy",
    "cap_tren": "Cấp trên trực tiếp",
    **{name: label for name, (label, _) in DAYS.items()},
    "nam": "Năm xếp loại",
    "noi_va_ngay": "Địa danh, ngày ký để điền tay",
    "the_thuc_ky": "Thể thức ký của kỳ báo cáo, hoặc theo loại cấp ủy",
    "chuc_vu": "Chức vụ người ký",
    "nguoi_ky": "Họ và tên người ký",
}
"""The placeholders that tell of the moment and its committee, and what they are called."""


class FigureFormat(NamedTuple):
    """A way to print a figure: the `ending` of its placeholders and what it is called.

    `fits(figure)` tells whether a figure can be printed so. `write(result)` returns (value, text): a value of None
    means that it cannot be said, one of 0 that there is nothing to tell; without it a result is not enough.
    """

    ending: str
    label: str
    fits: Callable[[Any], bool]
    write: Callable[[Result], tuple[Any, str]] | None


def written(value: int | None) -> str:
    """Return a number as documents print it: with a nought before a single digit, so that none can be put there."""
    return f"0{value}" if value and 0 < value < 10 else number(value)


def _plain(result):
    if isinstance(result.figure, TargetFigure):
        return result.low, result.asked.replace("\N{NO-BREAK SPACE}%", "%")
    return result.value, written(result.value)


def _over(result):
    return result.base and result.value, f"{written(result.value)}/{written(result.base)}"


def _share(result):
    known = None if result.percent is None else result.value
    return known, document_percent(result.percent, result.places)


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


FORMATS = (
    FigureFormat("", "Con số", lambda figure: True, _plain),
    FigureFormat(".tren", "Trên tổng số", lambda figure: bool(figure.of), _over),
    FigureFormat(".ty_le", "Tỷ lệ", lambda figure: bool(figure.of), _share),
    FigureFormat(".tang_giam", "Tăng, giảm", lambda figure: isinstance(figure, ChangeFigure), _change),
    FigureFormat(".hien_dat", "Hiện đạt", lambda figure: isinstance(figure, TargetFigure), _reached),
)
"""Every format; the one without an ending is the number itself, of a target what is asked for."""


class PlaceholderLanguage:
    """The placeholders that texts of one kind may hold: those of `figures` in each of `formats` that fits, and `words`.

    `figures` is a registry, read when a name is first asked for and never before the portal has started; `words` are
    placeholders with what they are called.
    """

    def __init__(self, figures: Mapping[str, Any], words: Mapping[str, str], formats: Sequence[FigureFormat] = FORMATS):
        self.figures, self.words, self.formats = figures, words, formats

    @cached_property
    def of_figures(self) -> dict[str, tuple[str, FigureFormat]]:
        """Every placeholder of a figure: {name: (code of the figure, format)}."""
        return {
            code + how.ending: (code, how)
            for code, figure in self.figures.items()
            for how in self.formats
            if how.fits(figure)
        }

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of all placeholders."""
        return frozenset({*self.of_figures, *self.words})

    def codes_in(self, asked: Collection[Placeholder]) -> set[str]:
        """Return the codes of the figures that the placeholders `asked` print."""
        return {self.of_figures[each.name][0] for each in asked if each.name in self.of_figures}

    def errors_in(self, text: str, committee: Unit, user: Reader) -> list[str]:
        """Return what to tell `user`, who wrote `text` for the `committee`: a sentence for each wrong placeholder."""
        asked = [read(name) for name in names_in(text)]
        wrong = [sentence for each in asked for sentence in self.errors_of(each)]
        return wrong or unknown_units(asked, committee, user)

    def errors_of(self, asked: Placeholder) -> list[str]:
        """Return what is wrong with the placeholder `asked` itself: its name, its filters."""
        if asked.name not in self.known:
            return [advice(asked.name, self.known)]
        if asked.filters and asked.name not in self.of_figures:
            return [f"Chỗ điền {{{{ {asked.name} }}}} không nhận ngày hoặc đơn vị khác: chỉ số liệu mới nhận."]
        return misread(asked)


def advice(name: str, known: Collection[str]) -> str:
    """Return what to tell who wrote the unknown placeholder `name`: the nearest of the `known` ones, if any is near."""
    near = get_close_matches(name, sorted(known), 1, 0.5)
    instead = f"có lẽ là {{{{ {near[0]} }}}}" if near else "xem bảng các chỗ điền"
    return f"Không có chỗ điền {{{{ {name} }}}}: {instead}."
