"""The process that looks at a blank and fills it: it limits itself, and knows only the values it is given.

It is started by `worker_client.py` and gets on its standard input a line of JSON, null or {sheet: {"C7": value}}, and
the workbook. To null it answers with the outline of the workbook as JSON, else with the workbook filled; or, with the
exit status that says so, with a sentence.
"""

import json
import sys

from binhlu_portal.sandbox.confinement import REFUSED, confine, exit_exhausted
from binhlu_portal.spreadsheets.sandbox import limits, xlsx, zip_inspect
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable

from .grid import outline
from .limits import MEMORY, NO_WORKBOOK, PROCESSOR_SECONDS
from .xlsx_patch import fill

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What an old Office file holds that is a workbook with a password."""


def answer(values, content):
    """Return what is asked about the workbook `content`."""
    if values is not None:
        return fill(content, values)
    return json.dumps(outline(content, look_through(content)), ensure_ascii=False).encode()


def look_through(content):
    """Return where each sheet computes; refuse a file that is no workbook of Excel or holds what could do harm."""
    if not content.startswith(zip_inspect.LOCAL):
        raise Unreadable(limits.LOCKED if ENCRYPTED in content else NO_WORKBOOK)
    try:
        parts = {part.filename: part for part in zip_inspect.parts_of(content)}
        if xlsx.WORKBOOK not in parts:
            raise Unreadable(NO_WORKBOOK)
        return [reach.formulas for reach in xlsx.scan(parts, zip_inspect.Unpacked(content).pieces)]
    except zip_inspect.DAMAGED:
        raise Unreadable(limits.BROKEN) from None


def main():
    """Answer on standard output."""
    confine(MEMORY, PROCESSOR_SECONDS, limits.LARGEST_RESULT)
    values = json.loads(sys.stdin.buffer.readline())
    try:
        said, status = answer(values, sys.stdin.buffer.read()), 0
    except Unreadable as refusal:
        said, status = str(refusal).encode(), REFUSED
    except MemoryError as error:
        exit_exhausted(error)
    except BaseException:  # what trips over a hostile file may raise anything
        said, status = limits.BROKEN.encode(), REFUSED
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    sys.exit(status)


if __name__ == "__main__":
    main()
