"""System check of the outline: commands of `manage.py` do not start while a sentence names what does not exist.

Figures are declared apart from the sentences that name them, so a code changed in one place alone is found here.
"""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error

from reports.placeholders.report import unknown_names

from . import FRAME, SECTIONS


def texts() -> Iterator[str]:
    """Return every text of the outline that may hold placeholders."""
    for part in (*FRAME, *SECTIONS):
        yield part.start
        for sentences in getattr(part, "paragraphs", ()):
            for sentence in sentences:
                yield from (sentence.text, sentence.otherwise)


def check_outline(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error when the outline names unknown figures, words, footnotes or annexes (a check of Django's)."""
    wrong = unknown_names(texts())
    if not wrong:
        return []
    hint = "Correct the sentence, or declare the figure in reports/figures/definitions."
    return [Error(f"The outline names unknown figures: {wrong}.", hint=hint, id="reports.E001")]
