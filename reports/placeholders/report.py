"""Placeholders of the report: figures and words in what the committee writes, besides footnotes and annexes.

{{ chu_thich.X }} calls the footnote on how the figure X is counted, {{ chu_thich.X.ke_ten }} the one that lists what
it counts, {{ bieu.1B }} names an annex where one is asked for; they stand in sentences of the outline and in templates
of the office, {{ muc.III.1 }} and {{ rieng.III.1 }} in templates alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from binhlu_portal.moment.moment import Moment
from reports.figures import registry
from reports.figures.descriptions import Told, told_of
from reports.figures.result import Result

from .language import FORMATS, MOMENT_WORDS, FigureFormat, PlaceholderLanguage, written
from .moments import Filters, misread
from .syntax import Placeholder, names_in, read
from .values import ElsewhereResults, Piece, PlaceholderValues, look_elsewhere, look_up

LISTED = FigureFormat(".ke_ten", "Kể từng trường hợp", lambda figure: isinstance(figure, registry.Figure), None)
"""The format that tells the rows of a figure by their short descriptions."""

REPORT = PlaceholderLanguage(registry.FIGURES, MOMENT_WORDS, (*FORMATS, LISTED))
"""What may stand in what committees write themselves."""

NOTE, ANNEX, SECTION, OWN = "chu_thich.", "bieu.", "muc.", "rieng."
"""What the names begin with of footnotes, annexes, whole sections, and sections without those within them."""


@cache
def readings() -> dict[str, str]:
    """Return how figures that leave it open are counted, for footnotes: {code of the figure: sentence}."""
    return {code: figure.reading for code, figure in registry.FIGURES.items() if figure.reading}


def lists() -> list[str]:
    """Return the placeholders that list what a figure counts."""
    return [name for name, (_, how) in REPORT.of_figures.items() if how is LISTED]


def unknown_names(texts: Iterable[str]) -> list[str]:
    """Return the names in sentences of the outline that stand for nothing: no figure, word, footnote or annex."""
    known = REPORT.known | {NOTE + name for name in (*readings(), *lists())}
    asked = [read(name) for text in texts for name in names_in(text) if ANNEX not in name]
    return [str(each) for each in asked if each.name not in known or misread(each)]


class ReportValues(PlaceholderValues):
    """What every placeholder of a report stands for: figures and words, footnotes, annexes.

    `annexes` are the codes of the annexes that are asked for. `told` is what was said of other moments than that of
    the text, and the lists of what figures count: kept when a period closes, and then said again as it was.
    Footnotes on how figures are counted are left out unless it `explains`.
    """

    def __init__(
        self,
        results: Mapping[str, Result],
        words: Mapping[str, str],
        annexes: Collection[str] = (),
        moment: Moment | None = None,
        told: Mapping[str, Piece] | None = None,
        explains: bool = False,
    ):
        super().__init__(REPORT, results, words)
        self.annexes, self.moment, self.explains = annexes, moment, explains
        self.rows: dict[tuple[Filters, str], Told] = {}
        self.told: dict[str, Piece] = dict(told or {})

    @classmethod
    def at(
        cls,
        moment: Moment,
        annexes: Collection[str] = (),
        results: Mapping[str, Result] | None = None,
        told: Mapping[str, Piece] | None = None,
        explains: bool = False,
    ) -> "ReportValues":
        """Return the values for the committee of `moment`: what is given as `results` and `told`, else that of now."""
        unit = moment.unit.pk
        asked = [Placeholder(name) for name in (MOMENT_WORDS if results else REPORT.known)]
        found, words = look_up(REPORT, asked, moment, [unit])
        return cls(results or found[unit], words, annexes, moment, told, explains)

    def look_up(self, names: Iterable[str]) -> None:
        """Look up what those of the placeholders `names` need that ask for another unit or time, or list rows.

        As many statements for many as for one that asks for the same time, one for all lists; none for what is known
        already.
        """
        names = [name for name in names if name not in self.told]
        asked = [(self.moment, read(name)) for name in names]
        found = look_elsewhere(REPORT, asked, self.moment.unit, self.moment.user) if asked else {}
        for (_, filters), there in found.items():
            known = self.elsewhere.get(filters, there).results
            self.elsewhere[filters] = ElsewhereResults(there.moment, {**known, **there.results})
        self._look_up_rows([each for _, each in asked])

    def _look_up_rows(self, asked):
        """Look up the rows of the lists among the placeholders `asked` whose figures count something."""
        lists = defaultdict(set)
        for each in asked:
            code, how = self.language.of_figures.get(each.name.removeprefix(NOTE), ("", None))
            moment, results = self.elsewhere.get(each.filters) or (self.moment, {} if each.filters else self.results)
            is_new = how is LISTED and (each.filters, code) not in self.rows
            if is_new and code in results and results[code].value:
                lists[each.filters, moment].add(code)
        found = told_of([(moment, sorted(codes)) for (_, moment), codes in lists.items()])
        for (filters, _), rows in zip(lists, found, strict=True):
            self.rows |= {(filters, code): told for code, told in rows.items()}

    def piece(self, name: str) -> Piece | None:
        """Return what the placeholder `name` stands for, or None for one that is unknown."""
        if name in self.told:
            return self.told[name]
        asked = read(name)
        _, how = self.language.of_figures.get(asked.name, ("", None))
        found = self._list(asked) if how is LISTED else super().piece(name)
        if found is not None and (asked.filters or how is LISTED):
            self.told[name] = found
        if found is not None:
            return found
        start, _, rest = str(asked).partition(".")
        if f"{start}." == ANNEX:
            return Piece(f" (chi tiết tại Biểu {rest})" if rest in self.annexes else "")
        if f"{start}." == NOTE:
            if rest in readings():
                return Piece("", note=readings()[rest] if self.explains else "")
            listed = self.piece(rest) if read(rest).name in lists() else None
            return listed and Piece("", note=f"{listed.text[:1].upper()}{listed.text[1:]}." if listed.value else "")
        return None

    def _list(self, asked):
        """Return the rows of a figure in words, as a piece."""
        code, _ = self.language.of_figures[asked.name]
        found = super().piece(str(asked._replace(name=code)))
        if not found.value:
            return found._replace(text="" if found.value == 0 else found.text)
        if (asked.filters, code) not in self.rows:
            self._look_up_rows([asked])
        rows = self.rows[asked.filters, code]
        return found._replace(text="; ".join(f"{written(count)} {words}" if count else words for words, count in rows))
