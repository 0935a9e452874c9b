"""The report as PDF, by the LibreOffice of the machine where it has one: one document at a time, in limited time."""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from binhlu_portal.db.actions import Refusal

SECONDS = 60
FAILED = "Chưa lập được tệp PDF: tải tệp .docx rồi lưu thành PDF từ Word, hoặc thử lại sau ít phút."
WRITTEN_AT = re.compile(rb"(?<=/CreationDate\(D:)[0-9]{14}")
IDENTITY = re.compile(rb"\b[0-9A-F]{32}\b")
TRAILER = 1_000
"""How many bytes at the end of a PDF hold its identity."""


def program():
    """Return the path of LibreOffice, or None on a machine without it."""
    return shutil.which("soffice")


def convert(content):
    """Return the Word document `content` as PDF; the same document gives the same bytes."""
    with TemporaryDirectory() as folder, open(settings.DATA_DIR / "soffice.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        source, result = Path(folder) / "bao-cao.docx", Path(folder) / "bao-cao.pdf"
        source.write_bytes(content)
        _run(
            folder, [f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", source.name]
        )
        if not result.exists():
            raise Refusal(FAILED)
        return _timeless(result.read_bytes(), hashlib.md5(content, usedforsecurity=False).hexdigest().upper().encode())


def _run(folder, options):
    """Run LibreOffice with a profile, a home and a group of processes of its own, so that nothing of it stays."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "LANG": "C.UTF-8"}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(
        [program(), *options], cwd=folder, env=environment, start_new_session=True, **quiet
    ) as running:
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise Refusal(FAILED) from None


def _timeless(content, identity):
    """Return the PDF with the identity of its source instead of one of the time of writing."""
    content = WRITTEN_AT.sub(b"19800101000000", content)
    return content[:-TRAILER] + IDENTITY.sub(identity, content[-TRAILER:])
