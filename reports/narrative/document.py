"""The report as a Word document: what it says, put into the place-holders of a template by a process with limits."""

import json
import re
from functools import lru_cache
from itertools import takewhile

from binhlu_portal.db.actions import Refusal
from binhlu_portal.sandbox.processes import REFUSED, module_command, run_sandboxed
from binhlu_portal.sheets.xlsx import NOT_IN_XML
from binhlu_portal.spreadsheets.sandbox.limits import HEAVY, LARGEST_RESULT, SECONDS
from organizations.scope import SYSTEM
from reports.narrative.models import ReportTemplate
from reports.placeholders.language import advice
from reports.placeholders.report import NOTE, OWN, REPORT, SECTION, readings
from reports.placeholders.syntax import read

from . import builtin_template
from .content import report
from .footnote_markers import CALL_LETTERS, NO_PARAGRAPH, call
from .limits import WORDS
from .outline.builtin import READ
from .outline.queries import outline_of

FILLER = module_command("reports.narrative.docx_worker")
UNPRINTABLE = re.compile(f"{NOT_IN_XML.pattern}|{CALL_LETTERS}")
"""What people may have typed and no document can hold, or would take for a call of a footnote."""

NEW_PARAGRAPH = "\a"
"""What begins a new paragraph in what a template is given."""

NOTHING_SAID = "…"
"""What stands where a section says nothing yet that holds no others."""

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


CODE = "bao-cao"
"""The code of the report among the files that a closing freezes."""


def build(period, user=SYSTEM):
    """Return the files of the report of `period` for a reader: [(name, content)], the same bytes for the same data."""
    moment = period.moment(user)
    said = report(moment, outline_of(period), period.form_codes, explains=period.explains)
    return [(file_name(moment), document(said, ReportTemplate.of(moment, said.outline)))]


def file_name(moment, ending="docx"):
    """Return the name of a file of the report."""
    return f"bao-cao-{moment.unit.code}-{moment.as_of:%Y-%m-%d}.{ending}"


def document(said, content=None):
    """Return the report `said` as a Word document made of the template `content`, or of the portal's own.

    What only this template asks for (a figure of another day) is found out by filling it, and looked up then.
    """
    template = content or own_template(said.outline)
    try:
        return fill(template, *words(said))
    except UnknownPlaces as unknown:
        said.values.look_up(unknown.places)
        if wrong := [sentence for place in unknown.places.items() for sentence in _wrong(*place, said)]:
            raise Refusal(wrong) from None
        return fill(template, *words(said, unknown.places))


class UnknownPlaces(Refusal):
    """A template has place-holders that are not among the words it was given: `places`, each with its sentence."""

    def __init__(self, names, known):
        self.places = {name: advice(name, known) for name in names}
        super().__init__([*self.places.values()])


def _wrong(name, sentence, said):
    """Return what is wrong with the place-holder `name` that no word was given for; `sentence` says it is unknown."""
    if read(name).filters:
        return REPORT.errors_in(f"{{{{ {name} }}}}", said.moment.unit, said.moment.user)
    return [] if said.values.piece(name) else [sentence]


@lru_cache(READ)
def own_template(outline):
    """Return the portal's own template for reports by `outline`."""
    return builtin_template.make(outline)


def words(said, more=()):
    """Return what every place-holder of a template stands for, `more` too, and the footnotes that these call."""
    notes = []

    def text(pieces):
        return "".join(_printable(piece.text) + _called(piece.note, notes) for piece in pieces)

    figures = [name for name, (_, how) in REPORT.of_figures.items() if how.write]
    found = {name: text([said.values.piece(name)]) for name in (*figures, *REPORT.words, *more)}
    found |= {code: "\n".join(map(text, part.written)) for code, part in said.blanks.items()}
    own = [[*map(text, part.paragraphs)] or [NOTHING_SAID] * part.section.is_leaf for part in said.parts]
    for index, part in enumerate(said.parts):
        found[SECTION + part.section.code] = NEW_PARAGRAPH.join(_whole(said.parts, own, index)) or NO_PARAGRAPH
        found[OWN + part.section.code] = NEW_PARAGRAPH.join(own[index]) or NO_PARAGRAPH
    for code in readings():
        found[NOTE + code] = text([said.values.piece(NOTE + code)])
    return found, [*map(_printable, notes)]


def _whole(parts, own, index):
    """Return the lines of the part at `index`, and those of the parts within it under their headings."""
    within = takewhile(
        lambda inner: inner[0].section.level > parts[index].section.level,
        zip(parts[index + 1 :], own[index + 1 :], strict=True),
    )
    return [*own[index], *(line for part, lines in within for line in (_printable(part.section.title), *lines))]


def _printable(text):
    return UNPRINTABLE.sub("", text)


def _called(note, notes):
    """Return what calls `note`, once it is among the `notes`."""
    if not note:
        return ""
    notes.append(note)
    return call(len(notes) - 1)


def fill(content, words, notes):
    """Return the template `content` filled, or refuse it with what is wrong in it."""
    given = json.dumps({"words": words, "notes": notes}).encode()
    with run_sandboxed(FILLER, given + b"\n" + content, SECONDS) as (status, answer):
        found = answer.read(LARGEST_RESULT)
    if status == 0:
        return found
    if status != REFUSED:
        raise Refusal(WORDS[HEAVY])
    told = json.loads(found)
    if "refused" in told:
        raise Refusal(told["refused"])
    raise UnknownPlaces(told["unknown"], words)
