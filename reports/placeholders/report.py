"""Placeholders of the report: figures and words in what the committee writes, besides footnotes and annexes.

{{ chu_thich.X }} calls the footnote on how the figure X is counted, {{ bieu.1B }} names an annex where one is asked
for; both stand in sentences of the outline and in templates of the office, {{ muc.III.1 }} in templates alone.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import day
from organizations.models import Document
from reports.figures import evaluate, registry

from .language import MOMENT_WORDS, PlaceholderLanguage, names_in
from .values import Piece, PlaceholderValues, look_up

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
    return [name for text in texts for name in names_in(text) if name not in known and ANNEX not in name]


class ReportValues(PlaceholderValues):
    """What every placeholder of a report stands for: figures and words, footnotes, annexes.

    `issued` are the documents told in a footnote, `annexes` the codes of the annexes that are asked for.
    """

    def __init__(
        self,
        results: Mapping[str, evaluate.Result],
        words: Mapping[str, str],
        issued: Collection[Document] = (),
        annexes: Collection[str] = (),
    ):
        super().__init__(REPORT, results, words)
        self.issued, self.annexes = issued, annexes

    @classmethod
    def at(
        cls,
        moment: Moment,
        annexes: Collection[str] = (),
        results: Mapping[str, evaluate.Result] | None = None,
    ) -> "ReportValues":
        """Return the values for the committee of `moment`: of the figures those given as `results`, else of now."""
        unit = moment.unit.pk
        found, words = look_up(REPORT, MOMENT_WORDS if results else REPORT.known, moment, [unit])
        issued = evaluate.rows(moment, registry.FIGURES[ISSUED]).order_by("issued_on", "number")
        return cls(results or found[unit], words, issued, annexes)

    def piece(self, name: str) -> Piece | None:
        """Return what the placeholder `name` stands for, or None for one that is unknown."""
        found = super().piece(name)
        if found is not None:
            return found
        start, _, rest = name.partition(".")
        if f"{start}." == ANNEX:
            return Piece(f" (chi tiết tại Biểu {rest})" if rest in self.annexes else "")
        if f"{start}." == NOTE:
            note = self.documents() if rest == DOCUMENTS else readings().get(rest)
            return None if note is None else Piece("", note=note)
        return None

    def documents(self) -> str:
        """Return the footnote of the documents issued; "" without any, which calls none."""
        named = (f"{found} ngày {day(found.issued_on)} về “{found.subject}”" for found in self.issued)
        return "; ".join(named) + "." if self.issued else ""
