"""Packed files (zip) without the time of writing, so that the same document is the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

STORED = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip file can name."""


def packed(parts):
    """Return a packed file of `parts`, pairs of name and content."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts:
            archive.writestr(ZipInfo(name, STORED), part, ZIP_DEFLATED)
    return content.getvalue()
