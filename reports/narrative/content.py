"""What the report of a moment says: its sections with sentences of figures and with what the committee has written."""

import re
from dataclasses import dataclass
from typing import Any

from binhlu_portal.text.vietnamese import day
from reports.figures import evaluate, registry
from reports.printed_forms.layout import frame

from . import placeholders, queries
from .outline import FRAME, SECTIONS
from .placeholders import Places

LIST = re.compile(r"\[([^\]|]*)\|([^\]]*)\]")
"""A list in a sentence: its lead and its parts."""

ISSUED = "documents.issued"
"""The figure whose documents are told in a footnote."""


@dataclass(frozen=True)
class ContentPart:
    """A section as it is said: the paragraphs of what is `written`, those of figures, and where the words come from.

    `source` is the period for which the words were written; `carried` whether that is an earlier one.
    """

    section: Any
    written: list
    figures: list
    source: Any = None
    carried: bool = False

    @property
    def paragraphs(self):
        """All paragraphs, each a list of pieces."""
        return self.written + self.figures


@dataclass(frozen=True)
class ReportContent:
    """The report of a moment: what stands around it by code, its parts in order, all that place-holders stand for."""

    moment: Any
    blanks: dict
    parts: list
    places: Places

    @property
    def notes(self):
        """The footnotes in the order in which they are called."""
        return [piece.note for part in self.parts for line in part.paragraphs for piece in line if piece.note]


def report(moment, forms=(), results=None):
    """Return the report of the committee of `moment` for its reader; `forms` are the annexes asked for.

    It prints the `results` of all figures if they are given, else those of now.
    """
    known = places_of(moment, forms, results)
    written = queries.texts_of(moment)
    blanks = {blank.code: _part(blank, written, known) for blank in FRAME}
    return ReportContent(moment, blanks, [_part(section, written, known) for section in SECTIONS], known)


def places_of(moment, forms=(), results=None):
    """Return what every place-holder stands for at `moment`: see `report`."""
    issued = evaluate.rows(moment, registry.FIGURES[ISSUED]).order_by("issued_on", "number")
    return Places(results or evaluate.results(moment), words_of(moment), issued, forms)


def words_of(moment):
    """Return what the place-holders that are no figures stand for at `moment`."""
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


def _part(part, written, known):
    found = written.get(part.code)
    words = (found.text if found else "") or part.start
    said = [known.say(line) for line in words.splitlines() if line.strip()]
    paragraphs = getattr(part, "paragraphs", ())
    return ContentPart(
        part,
        said,
        [line for sentences in paragraphs if (line := paragraph(sentences, known))],
        found and found.period,
        bool(found and found.text and found.carried),
    )


def paragraph(sentences, known):
    """Return the pieces of the `sentences` that can be said, one after the other."""
    said = []
    for sentence in sentences:
        found = next(filter(None, (_said(text, known) for text in (sentence.text, sentence.otherwise))), [])
        said += [placeholders.Piece(" "), *found] if said and found else found
    return said


def _said(text, known):
    """Return the pieces of `text` with its lists drawn together, or None when it cannot be said."""

    def drawn(found):
        lead, parts = found.groups()
        kept = [part for part in parts.split("|") if _can_be_said(known.say(part))]
        return lead + ", ".join(kept) if kept else ""

    pieces = known.say(LIST.sub(drawn, text))
    is_left_empty = LIST.search(text) and not any(piece.code for piece in pieces)
    return pieces if _can_be_said(pieces) and not is_left_empty else None


def _can_be_said(pieces):
    """Whether every figure among `pieces` has a value and, when there are any, not all are nought."""
    values = [piece.value for piece in pieces if piece.code]
    return None not in values and (not values or any(values))


placeholders.check(
    text
    for part in (*FRAME, *SECTIONS)
    for text in (
        part.start,
        *(t for line in getattr(part, "paragraphs", ()) for s in line for t in (s.text, s.otherwise)),
    )
)
