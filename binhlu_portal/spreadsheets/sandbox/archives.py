"""Packages of files that people bring (.zip), opened by a process of its own as the files themselves are."""

import json
from base64 import b64decode
from collections import deque
from os.path import commonpath
from pathlib import PurePosixPath

from binhlu_portal.sandbox.processes import REFUSED, module_command, run_sandboxed

from .archive_worker import NOT_SAFE
from .limits import SECONDS, Unreadable

OPENER = module_command("binhlu_portal.spreadsheets.sandbox.archive_worker")
ENDING = ".zip"

UNSEEN = ("thumbs.db", "desktop.ini")
MARKS = (".", "~$", "__macosx")
"""What systems and open programs leave in a folder: nobody has put it there, so nobody is told of it."""


def is_litter(name: str) -> bool:
    """Whether a file, or a folder on the way to it, was left by a system or a program and is nobody's list."""
    return any(part.lower() in UNSEEN or part.lower().startswith(MARKS) for part in PurePosixPath(name).parts)


def unpack(content: bytes) -> list[tuple[str, bytes | None]]:
    """Unpack a package in the sandbox: (name, content) of its files, None for what is no list. Raises Unreadable.

    Files are called by their whole way below the folder they have in common, so that two of one name are told apart.
    """
    try:
        with run_sandboxed(OPENER, content, SECONDS) as (status, answer):
            if status == REFUSED:
                raise Unreadable(json.loads(deque(answer, 1).pop()))
            if status:
                raise Unreadable(NOT_SAFE)
            told = [
                (name, None if packed is None else b64decode(packed, validate=True))
                for name, packed in map(json.loads, answer)
            ]
        found = [(PurePosixPath(name), content) for name, content in told if not is_litter(name)]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unreadable(NOT_SAFE) from None
    top = commonpath([path.parent for path, _ in found]) if found else ""
    return [(" - ".join(path.relative_to(top).parts), content) for path, content in found]
