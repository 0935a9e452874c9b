"""The report as a Word document: what it says, put into the place-holders of a template by a process with limits."""

import json
import re
from functools import cache

from binhlu_portal.db.actions import Refusal
from binhlu_portal.sandbox import REFUSED, module_command, run_sandboxed
from binhlu_portal.spreadsheets.sandbox.limits import HEAVY, LARGEST_RESULT, SECONDS
from organizations.scope import SYSTEM
from reports.narrative.models import ReportTemplate
from reports.placeholders.language import advice
from reports.placeholders.report import DOCUMENTS, NOTE, REPORT, SECTION, readings
from reports.printed_forms.render.xlsx import NOT_IN_XML

from . import builtin_template
from .content import report
from .footnote_markers import CALL_LETTERS, call
from .limits import WORDS

FILLER = module_command("reports.narrative.docx_worker")
UNPRINTABLE = re.compile(f"{NOT_IN_XML.pattern}|{CALL_LETTERS}")
"""What people may have typed and no document can hold, or would take for a call of a footnote."""

NEW_PARAGRAPH = "\a"
"""What begins a new paragraph in what a template is given."""

NOTHING_SAID = "…"
"""What stands where a section says nothing yet."""

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


CODE = "bao-cao"
"""The code of the report among the files that a closing freezes."""


def build(period, user=SYSTEM):
    """Return the files of the report of `period` for a reader: [(name, content)], the same bytes for the same data."""
    moment = period.moment(user)
    said = report(moment, period.form_codes)
    return [(file_name(moment), document(said, ReportTemplate.of(moment)))]


def file_name(moment, ending="docx"):
    """Return the name of a file of the report."""
    return f"bao-cao-{moment.unit.code}-{moment.as_of:%Y-%m-%d}.{ending}"


def document(said, content=None):
    """Return the report `said` as a Word document made of the template `content`, or of the portal's own."""
    return fill(content or own_template(), *words(said))


@cache
def own_template():
    """Return the portal's own template."""
    return builtin_template.make()


def words(said):
    """Return what every place-holder of a template stands for, and the footnotes that these call."""
    notes = []

    def text(pieces):
        return "".join(UNPRINTABLE.sub("", piece.text) + _called(piece.note, notes) for piece in pieces)

    found = {name: text([said.values.piece(name)]) for name in (*REPORT.of_figures, *REPORT.words)}
    found |= {code: "\n".join(map(text, part.written)) for code, part in said.blanks.items()}
    for part in said.parts:
        if part.section.says:
            lines = [text(pieces) for pieces in part.paragraphs] or [NOTHING_SAID]
            found[SECTION + part.section.code] = NEW_PARAGRAPH.join(lines)
    for code in (*readings(), DOCUMENTS):
        found[NOTE + code] = text([said.values.piece(NOTE + code)])
    return found, [UNPRINTABLE.sub("", note) for note in notes]


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
    raise Refusal(told.get("refused") or [advice(place, words) for place in told["unknown"]])
