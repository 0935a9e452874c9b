"""Values of placeholders: what each of them stands for at a moment, looked up for many units at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.query_string import query
from binhlu_portal.text.vietnamese import NOTHING, document_day
from organizations.models import Unit
from organizations.scope import Reader
from reports.figures import evaluate
from reports.figures.registry import registers_of
from reports.figures.result import Result
from reports.printed_forms.layout import frame

from .language import MOMENT_WORDS, PlaceholderLanguage, written
from .moments import DAYS, Filters, moments
from .syntax import PLACEHOLDER, Placeholder, names_in, read


class Piece(NamedTuple):
    """A piece of a sentence: its text, and the code of the figure it prints with the value that this one has, if any.

    A figure that cannot be said has the value None. `note` is the text of a footnote that is called here; `query` asks
    in an address for the moment of the figure where that is not the one of its text, "" where there is no such moment.
    A `gap` is a place that the clerk has to fill: what the register with the `code` does not say.
    """

    text: str
    code: str = ""
    value: int | None = None
    note: str = ""
    query: str | None = None
    gap: bool = False


class ElsewhereResults(NamedTuple):
    """Results of figures by their codes at another moment than that of the text."""

    moment: Moment
    results: Mapping[str, Result]


class PlaceholderValues:
    """What each placeholder of a `language` stands for: `results` of figures by their codes, `words` by their names.

    `elsewhere` are the results of other moments by the filters that ask for them, each with its moment.
    """

    def __init__(self, language: PlaceholderLanguage, results: Mapping[str, Result], words: Mapping[str, str]):
        self.language, self.results, self.words = language, results, words
        self.elsewhere: dict[Filters, ElsewhereResults] = {}

    def piece(self, name: str) -> Piece | None:
        """Return what the placeholder `name` stands for, or None for one that is unknown."""
        asked = read(name)
        if asked.name in self.language.of_figures:
            code, how = self.language.of_figures[asked.name]
            moment, results = self.elsewhere.get(asked.filters, (None, {})) if asked.filters else (None, self.results)
            value, text = how.write(results[code]) if code in results else (None, "")
            asks = None if not asked.filters else query(moment) if moment else ""
            return Piece(NOTHING if value is None else text, code, value, query=asks)
        return Piece(self.words[asked.name]) if asked.name in self.words and not asked.filters else None

    def result(self, asked: Placeholder) -> Result | None:
        """Return the result of the figure that a placeholder prints, or None where it prints none that is known."""
        if asked.name not in self.language.of_figures:
            return None
        results = self.elsewhere.get(asked.filters, (None, {}))[1] if asked.filters else self.results
        return results.get(self.language.of_figures[asked.name][0])

    def gaps(self, text: str) -> list[Piece]:
        """Return what stands in `text` for those about whom the registers of its figures say nothing.

        Of what happens now and then that is asked only where all of its figures count nothing.
        """
        results = [result for name in names_in(text) if (result := self.result(read(name)))]
        counted = {code for result in results if result.value for code in registers_of(result.figure)}
        silent = {register.figure.code: register for result in results for register in result.silent}
        return [
            Piece(register.figure.gap.format(n=written(register.value)), code, register.value, gap=True)
            for code, register in silent.items()
            if not (register.figure.asked_of_nought and code in counted)
        ]

    def say(self, text: str) -> list[Piece]:
        """Return the pieces of `text`, without empty words; an unknown placeholder stays as it is written.

        An empty list of rows is kept: it says of its sentence that there is nothing to tell.
        """
        pieces = []
        for index, part in enumerate(PLACEHOLDER.split(text)):
            found = self.piece(part) if index % 2 else Piece(part)
            pieces.append(Piece(f"{{{{ {part} }}}}") if found is None else found)
        return [piece for piece in pieces if piece.text or piece.note or piece.code]


def look_up(
    language: PlaceholderLanguage, asked: Collection[Placeholder], moment: Moment, units: Sequence[int]
) -> tuple[dict[int, dict[str, Result]], dict[str, str]]:
    """Return what placeholders without filters need at `moment`: ({id of a unit: {code: result}}, {word: text}).

    The results are those of each of `units` (ids), the words those of the unit of the moment. There are as many
    statements for many units and placeholders as for one, and none for what is not asked.
    """
    codes = language.codes_in([each for each in asked if not each.filters])
    results = evaluate.results_of_units(moment, sorted(codes), units) if codes else {}
    return results, words_of(moment) if any(each.name in MOMENT_WORDS for each in asked) else {}


def look_elsewhere(
    language: PlaceholderLanguage, asked: Collection[tuple[Moment, Placeholder]], committee: Unit, user: Reader
) -> dict[tuple[int, Filters], ElsewhereResults]:
    """Return what placeholders with filters need, each asked in a text of a moment.

    {(id of the unit of the text, filters): (moment, {code: result})}, without what cannot be asked for. One statement
    for all units that are named, and as many for all times and figures as for one figure of one time.
    """
    filtered = [(moment, each) for moment, each in asked if each.filters]
    found = moments([(moment, each.filters) for moment, each in filtered], committee, user)
    times = {(there.as_of, there.since, there.year): there for there in found.values()}
    codes = sorted(language.codes_in([each for moment, each in filtered if (moment.unit.pk, each.filters) in found]))
    units = sorted({there.unit.pk for there in found.values()})
    counted = evaluate.results_of_moments([*times.values()], codes, units)
    results = dict(zip(times, counted, strict=True))
    return {
        key: ElsewhereResults(there, results[there.as_of, there.since, there.year][there.unit.pk])
        for key, there in found.items()
    }


def words_of(moment: Moment) -> dict[str, str]:
    """Return what each of `MOMENT_WORDS` stands for at `moment`."""
    around = frame(moment)
    heading, signature = around.heading, around.signature
    return {
        "cap_uy": heading.organ,
        "cap_tren": heading.superior,
        **{name: document_day(day(moment)) for name, (_, day) in DAYS.items()},
        "nam": str(moment.year),
        "noi_va_ngay": heading.place_and_day,
        "the_thuc_ky": signature.authority,
        "chuc_vu": signature.post,
        "nguoi_ky": signature.name or "",
    }
