"""What an answer must never be or hold, whoever asked for what."""

import re

from django.conf import settings

from binhlu_portal.security import POLICY, UNCACHED

SLOW = 10
"""Seconds that no answer may take, on a busy machine too; what grows with the square of a length takes minutes."""

INSIDE = re.compile(r"Traceback \(most recent|OperationalError|IntegrityError|site-packages|SECRET_KEY|DATABASE_URL")
"""Words of the inside that no answer says."""

HEADERS = {"Cache-Control": UNCACHED, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
"""What stands in the head of every answer of the portal but static files."""

OF_KEEPERS = "/quan-tri/he-thong/"
"""The page that tells the keepers of accounts where the portal lies."""

PACKED = "application/vnd.openxmlformats"


def faults(answer, markers=()):
    """Return what is wrong with an answer, in words; `markers` are words that its reader may not see."""
    return [*_broken(answer), *_loose(answer), *_telling(answer, markers)]


def _broken(answer):
    if answer.status == 0:
        yield f"no answer: {answer.body.decode()}"
    if answer.status >= 500:
        yield f"status {answer.status}"
    if answer.seconds > SLOW:
        yield f"took {answer.seconds:.0f} seconds"


def _loose(answer):
    """Name the headers that are missing; what gunicorn refuses itself, before the portal, has none."""
    if not answer.header("Server") or answer.path.startswith("/static/"):
        return
    for name, expected in HEADERS.items():
        if answer.header(name) != expected:
            yield f"{name}: {answer.header(name) or 'missing'}"
    is_file = answer.status == 200 and answer.header("Content-Type").startswith(PACKED)
    if is_file and not answer.header("Content-Disposition").startswith("attachment"):
        yield "a file that is shown and not saved"


def _telling(answer, markers):
    for text in answer.texts:
        if inside := INSIDE.search(text):
            yield f"tells of the inside: {inside[0]}"
        if str(settings.BASE_DIR) in text and not answer.path.startswith(OF_KEEPERS):
            yield "tells where the portal lies"
        yield from (f"shows {marker}" for marker in markers if marker in text)
