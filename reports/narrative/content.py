"""Content of the report at a moment: sections with sentences of figures and with what the committee wrote."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from binhlu_portal.moment.moment import Moment
from reports.figures.evaluate import Result
from reports.placeholders.report import ReportValues
from reports.placeholders.values import Piece
from reports.reporting_periods.models import ReportingPeriod

from . import queries
from .outline import FRAME, SECTIONS
from .outline.parts import FrameText, Section, Sentence

Paragraph = list[Piece]

LIST = re.compile(r"\[([^\]|]*)\|([^\]]*)\]")
"""A list in a sentence: its lead and its parts."""


@dataclass(frozen=True)
class ContentPart:
    """A section as it is said: the paragraphs of what is `written`, those of figures, and where the words come from.

    `source` is the period for which the words were written; `carried` whether that is an earlier one.
    """

    section: Section | FrameText
    written: list[Paragraph]
    figures: list[Paragraph]
    source: ReportingPeriod | None = None
    carried: bool = False

    @property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs, each a list of pieces."""
        return self.written + self.figures


@dataclass(frozen=True)
class ReportContent:
    """The report of a moment: what stands around it by code, its parts in order, the `values` of placeholders."""

    moment: Moment
    blanks: dict[str, ContentPart]
    parts: list[ContentPart]
    values: ReportValues

    @property
    def notes(self) -> list[str]:
        """The footnotes in the order in which they are called."""
        return [piece.note for part in self.parts for line in part.paragraphs for piece in line if piece.note]


def report(moment: Moment, forms: Collection[str] = (), results: Mapping[str, Result] | None = None) -> ReportContent:
    """Return the report of the committee of `moment` for its reader; `forms` are the annexes asked for.

    It prints the `results` of all figures if they are given, else those of now.
    """
    values = ReportValues.at(moment, forms, results)
    written = queries.texts_of(moment)
    blanks = {blank.code: _part(blank, written, values) for blank in FRAME}
    return ReportContent(moment, blanks, [_part(section, written, values) for section in SECTIONS], values)


def _part(part, written, values):
    found = written.get(part.code)
    words = (found.text if found else "") or part.start
    said = [values.say(line) for line in words.splitlines() if line.strip()]
    paragraphs = getattr(part, "paragraphs", ())
    return ContentPart(
        part,
        said,
        [line for sentences in paragraphs if (line := paragraph(sentences, values))],
        found and found.period,
        bool(found and found.text and found.carried),
    )


def paragraph(sentences: Iterable[Sentence], values: ReportValues) -> Paragraph:
    """Return the pieces of the `sentences` that can be said, one after the other."""
    said = []
    for sentence in sentences:
        found = next(filter(None, (_said(text, values) for text in (sentence.text, sentence.otherwise))), [])
        said += [Piece(" "), *found] if said and found else found
    return said


def _said(text, values):
    """Return the pieces of `text` with its lists drawn together, or None when it cannot be said."""

    def drawn(found):
        lead, parts = found.groups()
        kept = [part for part in parts.split("|") if _can_be_said(values.say(part))]
        return lead + ", ".join(kept) if kept else ""

    pieces = values.say(LIST.sub(drawn, text))
    is_left_empty = LIST.search(text) and not any(piece.code for piece in pieces)
    return pieces if _can_be_said(pieces) and not is_left_empty else None


def _can_be_said(pieces):
    """Whether every figure among `pieces` has a value and, when there are any, not all are nought."""
    values = [piece.value for piece in pieces if piece.code]
    return None not in values and (not values or any(values))
