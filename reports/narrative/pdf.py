"""The report as PDF, by the LibreOffice of the machine where it has one: one document at a time, in limited time.

LibreOffice opens a file that somebody may have made, so it runs in the sandbox: its own folder to write in, its own
programs to start, no network, limits of memory, work and size.
"""

import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from django.conf import settings

from binhlu_portal.db.actions import Refusal
from binhlu_portal.sandbox.launcher import launch_command
from binhlu_portal.sandbox.processes import status_of
from binhlu_portal.sandbox.reach import LIBRARIES, Reach

SECONDS = 60
"""Time on the wall for one document."""

LIMITS = (1 << 30, 60, 64 << 20)
"""Bytes of memory, seconds of work and bytes of a file; a report takes a few hundred megabytes and three seconds."""

TRIES, PAUSE = 25, 0.2
"""How often, and after how many seconds each, a request looks whether LibreOffice is free: for five seconds in all."""

FAILED = "Chưa lập được tệp PDF: tải tệp .docx rồi lưu thành PDF từ Word, hoặc thử lại sau ít phút."
BUSY = "Máy chủ đang bận lập tệp PDF cho người khác. Thử lại sau ít phút, hoặc tải tệp .docx."
WRITTEN_AT = re.compile(rb"(?<=/CreationDate\(D:)[0-9]{14}")
IDENTITY = re.compile(rb"\b[0-9A-F]{32}\b")
TRAILER = 1_000
"""How many bytes at the end of a PDF hold its identity."""

BINARY = "soffice.bin"
"""The program itself, in the folder `program` of LibreOffice; `soffice` is a script that starts it with others."""

AGAIN, STARTS = 81, 2
"""The exit status by which LibreOffice asks to be started again when it has made its profile, and how often it may."""

SETTINGS = (
    *("/etc/fonts", "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig"),
    *("/etc/locale.alias", "/etc/papersize", "/dev/urandom"),
)
"""What LibreOffice reads beside its programs and the libraries of the system."""

LOADERS = tuple(glob("/lib*/ld-*.so*"))
"""The program of the system that loads others."""

PIPES = Path("/tmp")
"""Where LibreOffice waits for others who would share it, unless it sees no such folder; it does not start without."""


def program() -> str | None:
    """Return the path of LibreOffice, of its binary rather than its script; None on a machine without it."""
    script = shutil.which("soffice")
    binary = script and Path(script).resolve().with_name(BINARY)
    return str(binary) if binary and binary.exists() else script


def convert(content: bytes) -> bytes:
    """Return the Word document `content` as PDF; the same document gives the same bytes. Raises Refusal."""
    with _alone(), TemporaryDirectory() as folder:
        source, result = Path(folder) / "bao-cao.docx", Path(folder) / "bao-cao.pdf"
        source.write_bytes(content)
        _run(Path(folder), source)
        if not result.exists():
            raise Refusal(FAILED)
        return _timeless(result.read_bytes(), hashlib.md5(content, usedforsecurity=False).hexdigest().upper().encode())


@contextmanager
def _alone() -> Iterator[None]:
    """Keep the block from running twice at once, in whatever process; refuse when it is not free for a while."""
    with open(settings.DATA_DIR / "soffice.lock", "w") as lock:
        for _ in range(TRIES):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                sleep(PAUSE)
        else:
            raise Refusal(BUSY)
        yield


def _run(folder, source):
    """Run LibreOffice with a profile and a home of its own, so that nothing of it stays."""
    profile = f"file://{folder}/profile"
    options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", source.name]
    office = Path(program())
    reach = Reach(
        (*LIBRARIES, *SETTINGS, str(office.parents[office.name == BINARY])),
        (str(folder), "/dev/null"),
        (str(office.parent), *LOADERS),
        (str(PIPES),),
    )
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "OSL_SOCKET_PATH": str(folder),
        "LD_LIBRARY_PATH": str(office.parent),
        "LANG": "C.UTF-8",
    }
    command = launch_command([str(office), *options], reach, LIMITS, folder, environment)
    for _ in range(STARTS):
        status = status_of(*command, SECONDS)
        leave_no_pipe(profile)
        if status != AGAIN:
            break


def leave_no_pipe(profile: str) -> None:
    """Take away the socket that LibreOffice makes and may not take away itself; it is named after its profile."""
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    for pipe in PIPES.glob(f"OSL_PIPE_*_{''.join(f'{byte:x}' for byte in digest)}"):
        pipe.unlink()


def _timeless(content, identity):
    """Return the PDF with the identity of its source instead of one of the time of writing."""
    content = WRITTEN_AT.sub(b"19800101000000", content)
    return content[:-TRAILER] + IDENTITY.sub(identity, content[-TRAILER:])
