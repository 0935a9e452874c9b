"""Deterministic zip: packed files without the time of writing, so that the same document is the same bytes."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

STORED = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip file can name."""


def deterministic_zip(parts: Iterable[tuple[str, bytes | str]]) -> bytes:
    """Deterministic zip of `parts`, pairs of (name, content)."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts:
            archive.writestr(ZipInfo(name, STORED), part, ZIP_DEFLATED)
    return content.getvalue()
