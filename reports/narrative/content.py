"""Content of the report at a moment: sections with sentences of figures and with what the committee wrote."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from binhlu_portal.moment.moment import Moment
from reports.figures.result import Result
from reports.placeholders.report import ReportValues
from reports.placeholders.syntax import names_in
from reports.placeholders.values import Piece
from reports.reporting_periods.models import ReportingPeriod

from . import queries
from .outline.parts import FrameText, Outline, Section, Sentence

Paragraph = list[Piece]

LIST = re.compile(r"\[((?:\{\{.*?\}\}|[^\]|])*)\|((?:\{\{.*?\}\}|[^\]])*)\]")
"""A list in a sentence: its lead and its parts."""

AFTER_LIST = re.compile(r"(?<=\]) ")
"""Where a list ends and the rest of a line goes on."""

BAR = re.compile(r"\|(?![^{}]*\}\})")
"""What separates the parts of a list: a bar outside of placeholders."""


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

    @property
    def gaps(self) -> list[Piece]:
        """The places that the clerk has to fill, each once."""
        return list(dict.fromkeys(piece for line in self.paragraphs for piece in line if piece.gap))

    @property
    def is_unwritten(self) -> bool:
        """Whether the committee is asked for words here and has written none."""
        return self.section.needs_words and not self.written

    @property
    def open_points(self) -> list[str]:
        """What is still to be filled or written, in words."""
        unwritten = ["chưa viết nhận định"] if self.is_unwritten else []
        return unwritten + [piece.text.strip("[]") for piece in self.gaps]


@dataclass(frozen=True)
class ReportContent:
    """The report of a moment by an outline: what stands around it by code, its parts in order, the `values`."""

    moment: Moment
    outline: Outline
    blanks: dict[str, ContentPart]
    parts: list[ContentPart]
    values: ReportValues

    @property
    def notes(self) -> list[str]:
        """The footnotes in the order in which they are called."""
        return [piece.note for part in self.parts for line in part.paragraphs for piece in line if piece.note]

    @property
    def incomplete(self) -> list[ContentPart]:
        """The parts in which a place is to be filled or words are still to be written."""
        return [part for part in (*self.blanks.values(), *self.parts) if part.gaps or part.is_unwritten]

    @property
    def open_points(self) -> list[str]:
        """The same in words, a line for each section."""
        return [f"{part.section.label}: {'; '.join(part.open_points)}" for part in self.incomplete]


def report(
    moment: Moment,
    outline: Outline,
    forms: Collection[str] = (),
    results: Mapping[str, Result] | None = None,
    told: Mapping[str, Piece] | None = None,
    explains: bool = False,
) -> ReportContent:
    """Return the report of the committee of `moment` for its reader, by `outline`; `forms` are the annexes asked for.

    It prints the `results` of all figures and what was `told` beside them if they are given, else what holds now, and
    `explains` in footnotes how figures are counted.
    """
    values = ReportValues.at(moment, forms, results, told, explains)
    written = queries.texts_of(moment, outline)
    texts = (*outline.texts, *(found.text for found in written.values()))
    values.look_up(name for text in texts for name in names_in(text))
    blanks = {blank.code: _part(blank, written, values, _framed) for blank in outline.frame}
    parts = [_part(section, written, values, ReportValues.say) for section in outline.sections]
    return ReportContent(moment, outline, blanks, parts, values)


def _framed(values, line):
    """Return the pieces of a line of the frame: a list is left out where nothing of it can be said, not the rest."""
    if not LIST.search(line):
        return values.say(line)
    return paragraph([Sentence(words) for words in AFTER_LIST.split(line)], values)


def _part(part, written, values, say):
    found = written.get(part.code)
    words = (found.text if found else "") or part.start
    said = [say(values, line) for line in words.splitlines() if line.strip()]
    paragraphs = getattr(part, "paragraphs", ())
    return ContentPart(
        part,
        said,
        [line for sentences in paragraphs if (line := paragraph(sentences, values))],
        found and found.period,
        bool(found and found.text and found.carried),
    )


def paragraph(sentences: Iterable[Sentence], values: ReportValues) -> Paragraph:
    """Return the pieces of the `sentences` that can be said, one after the other, each with the gaps of its figures.

    That there is none is said only where the registers say of everybody that there is none.
    """
    said = []
    for sentence in sentences:
        silent = values.gaps(sentence.text)
        gaps = [piece for piece in silent if piece.text not in {other.text for other in said}]
        texts = (sentence.text,) if silent else (sentence.text, sentence.otherwise)
        found = next(filter(None, (_said(text, values) for text in texts)), [])
        for piece in [*found[:1], *gaps]:
            said += [Piece(" ")] if said else []
            said += [piece] if piece.gap else found
    return said


def _said(text, values):
    """Return the pieces of `text` with its lists drawn together, or None when it cannot be said."""

    def drawn(found):
        lead, parts = found.groups()
        kept = [part for part in BAR.split(parts) if _can_be_said(values.say(part))]
        return lead + ", ".join(kept) if kept else ""

    pieces = values.say(LIST.sub(drawn, text))
    is_left_empty = LIST.search(text) and not any(piece.code for piece in pieces)
    return pieces if _can_be_said(pieces) and not is_left_empty else None


def _can_be_said(pieces):
    """Whether every figure among `pieces` has a value and, when there are any, not all are nought."""
    values = [piece.value for piece in pieces if piece.code]
    return None not in values and (not values or any(values))
