"""Built-in outlines: one file a report in `outlines/`, known by its name; a new resolution is a new file there.

Commands of `manage.py` do not start while one of them cannot be read: figures are declared apart from the sentences
that name them, so a code changed in one place alone is found.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.checks import Error

from binhlu_portal.db.actions import Refusal

from .parser import parse
from .parts import Outline

FOLDER = Path(__file__).resolve().parent.parent / "outlines"
READ = 32
"""How many outlines are kept as they were read."""


def codes() -> list[str]:
    """Return the codes of the built-in outlines."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def text_of(code: str) -> str:
    """Return the text of a built-in outline; "" when there is none with this code."""
    return (FOLDER / f"{code}.txt").read_text("utf-8") if code in codes() else ""


@lru_cache(READ)
def read(code: str, text: str) -> Outline:
    """Return the outline `code` that `text` describes, which was checked when it was kept; each is read once."""
    return parse(code, text, names_matter=False)


def check_outlines(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for every fault of a built-in outline (a system check of Django's)."""
    return [error for code in codes() for error in _errors_of(code)]


def _errors_of(code):
    try:
        parse(code, text_of(code))
    except Refusal as refusal:
        hint = "Correct the outline, or declare the figure in reports/figures/definitions."
        return [Error(f"{code}.txt: {fault}", hint=hint, id="reports.E001") for fault in refusal.messages]
    return []
