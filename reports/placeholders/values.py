"""Values of placeholders: what each of them stands for at a moment, looked up for many units at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import NOTHING, day
from reports.figures import evaluate
from reports.printed_forms.layout import frame

from .language import MOMENT_WORDS, PLACEHOLDER, PlaceholderLanguage


class Piece(NamedTuple):
    """A piece of a sentence: its text, and the code of the figure it prints with the value that this one has, if any.

    A figure that cannot be said has the value None. `note` is the text of a footnote that is called here.
    """

    text: str
    code: str = ""
    value: int | None = None
    note: str = ""


class PlaceholderValues:
    """What each placeholder of a `language` stands for: `results` of figures by their codes, `words` by their names."""

    def __init__(self, language: PlaceholderLanguage, results: Mapping[str, evaluate.Result], words: Mapping[str, str]):
        self.language, self.results, self.words = language, results, words

    def piece(self, name: str) -> Piece | None:
        """Return what the placeholder `name` stands for, or None for one that is unknown."""
        if name in self.language.of_figures:
            code, how = self.language.of_figures[name]
            value, text = how.write(self.results[code])
            return Piece(NOTHING if value is None else text, code, value)
        return Piece(self.words[name]) if name in self.words else None

    def say(self, text: str) -> list[Piece]:
        """Return the pieces of `text` that are not empty; an unknown placeholder stays as it is written."""
        pieces = []
        for index, part in enumerate(PLACEHOLDER.split(text)):
            found = self.piece(part) if index % 2 else Piece(part)
            pieces.append(Piece(f"{{{{ {part} }}}}") if found is None else found)
        return [piece for piece in pieces if piece.text or piece.note]


def look_up(
    language: PlaceholderLanguage, names: Collection[str], moment: Moment, units: Sequence[int]
) -> tuple[dict[int, dict[str, evaluate.Result]], dict[str, str]]:
    """Return what the placeholders `names` need at `moment`: ({id of a unit: {code: result}}, {word: text}).

    The results are those of each of `units` (ids), the words those of the unit of the moment. There are as many
    statements for many units and names as for one, and none for what no name needs.
    """
    codes = language.codes_in(names)
    results = evaluate.results_of_units(moment, sorted(codes), units) if codes else {}
    return results, words_of(moment) if any(name in MOMENT_WORDS for name in names) else {}


def words_of(moment: Moment) -> dict[str, str]:
    """Return what each of `MOMENT_WORDS` stands for at `moment`."""
    around = frame(moment)
    heading, signature = around.heading, around.signature
    return {
        "cap_uy": heading.organ,
        "cap_tren": heading.superior,
        "den_ngay": day(moment.as_of),
        "tu_ngay": day(moment.since),
        "nam": str(moment.year),
        "noi_va_ngay": heading.place_and_day,
        "ky_thay": signature.authority,
        "ky_chuc_vu": signature.post,
    }
