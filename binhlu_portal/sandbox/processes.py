"""Processes for files of others: little memory, little time, no secrets, no network, no files but their own.

Whatever happens to such a process, whoever asked gets its exit status and its answer, and nothing of it stays. It is a
module of the project that reads its standard input, writes its answer to standard output, and confines itself before it
begins; or a program of the machine by way of `launcher.py`.
"""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from threading import Timer
from typing import BinaryIO

from .bubblewrap import wrapped
from .confinement import EXHAUSTED, NO_ROOM, REFUSED
from .reach import PYTHON, ROOT, Reach

__all__ = ["REFUSED", "STOPPED", "module_command", "run_sandboxed", "status_of"]

STOPPED = {EXHAUSTED, -signal.SIGXCPU, -signal.SIGABRT, -signal.SIGKILL}
"""How a process ends that has used up its time or its memory."""

SIGNALLED = 128
"""What bubblewrap adds to the number of the signal of which a process has died."""


def module_command(module: str) -> list[str]:
    """Command line that runs a module of the project in a sandbox."""
    return [sys.executable, "-B", "-m", module]


@contextmanager
def run_sandboxed(
    command: Sequence[str], content: bytes, seconds: float, reach: Reach = PYTHON
) -> Iterator[tuple[int, BinaryIO]]:
    """Sandboxed subprocess: give (exit status, answer as an open file) of `command` about `content`.

    The status is that of a process stopped by force when no answer is there after `seconds` on the wall. Raises OSError
    where the disk has no room for an answer.
    """
    with TemporaryFile() as answer:
        status = status_of(command, reach, seconds, content, answer)
        if status == NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        answer.seek(0)
        yield status, answer


def status_of(
    command: Sequence[str],
    reach: Reach,
    seconds: float,
    content: bytes = b"",
    answer: BinaryIO | int = subprocess.DEVNULL,
) -> int:
    """Run a command within its reach, without an environment; return its exit status, or minus the signal it died of.

    It reads `content` and writes to `answer`. After `seconds` on the wall it is killed, and in any case, when it has
    ended, whatever it has started.
    """
    with subprocess.Popen(
        wrapped(command, reach),
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={},
        start_new_session=True,
    ) as running:
        stop = Timer(seconds, _kill, [running.pid])  # a wait with a time limit looks only now and then
        stop.start()
        try:
            running.communicate(content)
        finally:
            stop.cancel()
            _kill(running.pid)
    return running.returncode if running.returncode <= SIGNALLED else SIGNALLED - running.returncode


def _kill(group):
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
