"""A blank as a workbook: looked at and filled by a process with limits (`xlsx_worker.py`)."""

import json

from binhlu_portal.db.actions import Refusal
from binhlu_portal.sandbox.processes import REFUSED, module_command, run_sandboxed
from binhlu_portal.spreadsheets.sandbox.limits import LARGEST_RESULT, SECONDS

from .limits import HEAVY, LARGEST, TOO_LARGE

PROGRAM = module_command("reports.form_templates.xlsx_worker")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def outline(content):
    """Return the outline of a blank as JSON can hold it (see `grid.outline`), or refuse the file."""
    if not 0 < len(content) <= LARGEST:
        raise Refusal(TOO_LARGE)
    return json.loads(_asked(None, content))


def fill(content, values):
    """Return the blank with `values` {sheet: {"C7": number, text or None}}: the same bytes for the same values."""
    return _asked(values, content)


def _asked(values, content):
    with run_sandboxed(PROGRAM, json.dumps(values, default=float).encode() + b"\n" + content, SECONDS) as (
        status,
        answer,
    ):
        found = answer.read(LARGEST_RESULT)
    if status not in (0, REFUSED):
        raise Refusal(HEAVY)
    if status == REFUSED:
        raise Refusal(found.decode())
    return found
