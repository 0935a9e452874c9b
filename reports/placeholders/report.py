"""Placeholders of the report: figures and words in what the committee writes, besides footnotes and annexes.

{{ chu_thich.X }} calls the footnote on how the figure X is counted, {{ bieu.1B }} names an annex where one is asked
for; both stand in sentences of the outline and in templates of the office, {{ muc.III.1 }} in templates alone.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import document_day
from organizations.models import Document
from reports.figures import evaluate, registry

from .language import MOMENT_WORDS, PlaceholderLanguage
from .moments import misread
from .syntax import Placeholder, names_in, read
from .values import ElsewhereResults, Piece, PlaceholderValues, look_elsewhere, look_up

REPORT = PlaceholderLanguage(registry.FIGURES, MOMENT_WORDS)
"""What may stand in what committees write themselves."""

NOTE, ANNEX, SECTION = "chu_thich.", "bieu.", "muc."
"""What the names of footnotes, of annexes and of whole sections begin with."""

DOCUMENTS = "van_ban"
"""The footnote that lists the documents issued."""

ISSUED = "documents.issued"
"""The figure whose documents are told in that footnote."""


@cache
def readings() -> dict[str, str]:
    """Return how figures that leave it open are counted, for footnotes: {code of the figure: sentence}."""
    return {code: figure.reading for code, figure in registry.FIGURES.items() if figure.reading}


def unknown_names(texts: Iterable[str]) -> list[str]:
    """Return the names in sentences of the outline that stand for nothing: no figure, word, footnote or annex."""
    known = REPORT.known | {NOTE + name for name in (*readings(), DOCUMENTS)}
    asked = [read(name) for text in texts for name in names_in(text) if ANNEX not in name]
    return [str(each) for each in asked if each.name not in known or misread(each)]


class ReportValues(PlaceholderValues):
    """What every placeholder of a report stands for: figures and words, footnotes, annexes.

    `issued` are the documents told in a footnote, `annexes` the codes of the annexes that are asked for. `told` is
    what was said of other moments than that of the text: kept when a period closes, and then said again as it was.
    Footnotes on how figures are counted are left out unless it `explains`.
    """

    def __init__(
        self,
        results: Mapping[str, evaluate.Result],
        words: Mapping[str, str],
        issued: Collection[Document] = (),
        annexes: Collection[str] = (),
        moment: Moment | None = None,
        told: Mapping[str, Piece] | None = None,
        explains: bool = False,
    ):
        super().__init__(REPORT, results, words)
        self.issued, self.annexes, self.moment, self.explains = issued, annexes, moment, explains
        self.told: dict[str, Piece] = dict(told or {})

    @classmethod
    def at(
        cls,
        moment: Moment,
        annexes: Collection[str] = (),
        results: Mapping[str, evaluate.Result] | None = None,
        told: Mapping[str, Piece] | None = None,
        explains: bool = False,
    ) -> "ReportValues":
        """Return the values for the committee of `moment`: what is given as `results` and `told`, else that of now."""
        unit = moment.unit.pk
        asked = [Placeholder(name) for name in (MOMENT_WORDS if results else REPORT.known)]
        found, words = look_up(REPORT, asked, moment, [unit])
        issued = evaluate.rows(moment, registry.FIGURES[ISSUED]).order_by("issued_on", "number")
        return cls(results or found[unit], words, issued, annexes, moment, told, explains)

    def look_elsewhere(self, names: Iterable[str]) -> None:
        """Look up what those of the placeholders `names` need that ask for another unit or time.

        As many statements for many as for one that asks for the same time; none for what is known already.
        """
        asked = [(self.moment, read(name)) for name in names if name not in self.told]
        found = look_elsewhere(REPORT, asked, self.moment.unit, self.moment.user) if asked else {}
        for (_, filters), there in found.items():
            known = self.elsewhere.get(filters, there).results
            self.elsewhere[filters] = ElsewhereResults(there.moment, {**known, **there.results})

    def piece(self, name: str) -> Piece | None:
        """Return what the placeholder `name` stands for, or None for one that is unknown."""
        if name in self.told:
            return self.told[name]
        found = super().piece(name)
        if found is not None and read(name).filters:
            self.told[name] = found
        if found is not None:
            return found
        start, _, rest = name.partition(".")
        if f"{start}." == ANNEX:
            return Piece(f" (chi tiết tại Biểu {rest})" if rest in self.annexes else "")
        if f"{start}." == NOTE:
            note = self.documents() if rest == DOCUMENTS else readings().get(rest)
            shown = rest == DOCUMENTS or self.explains
            return None if note is None else Piece("", note=note if shown else "")
        return None

    def documents(self) -> str:
        """Return the footnote of the documents issued; "" without any, which calls none."""
        named = (f"{found} ngày {document_day(found.issued_on)} về “{found.subject}”" for found in self.issued)
        return "; ".join(named) + "." if self.issued else ""
