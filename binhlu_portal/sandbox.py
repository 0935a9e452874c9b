"""Sandbox: work on files of others in a process of its own, with little memory, little time and no secrets.

Whatever happens to that process, whoever asked gets its exit status and what it has answered. It is a module of the
project that reads its standard input, writes its answer to standard output, and confines itself before it begins.
"""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parents[1]

REFUSED = 3
"""The exit status of a process that has refused a file; its answer says why."""

EXHAUSTED = 4
"""The exit status of a process that has noticed that its memory or its answer has come to the limit."""

NO_ROOM = 5
"""The exit status of a process for whose answer the disk has no room: that is not the fault of the file."""

STOPPED = {EXHAUSTED, -signal.SIGXCPU, -signal.SIGABRT, -signal.SIGKILL}
"""How a process ends that has used up its time or its memory."""


def module_command(module: str) -> list[str]:
    """Command line that runs a module of the project in a sandbox."""
    return [sys.executable, "-B", "-m", module]


@contextmanager
def run_sandboxed(command: Sequence[str], content: bytes, seconds: float) -> Iterator[tuple[int, BinaryIO]]:
    """Sandboxed subprocess: give (exit status, answer as an open file) of `command` about `content`.

    The status is that of a process stopped by force when no answer is there after `seconds` on the wall. Raises OSError
    where the disk has no room for an answer.
    """
    with TemporaryFile() as answer:
        try:
            status = subprocess.run(
                command,
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={},
                timeout=seconds,
            ).returncode
        except subprocess.TimeoutExpired:
            status = -signal.SIGKILL
        if status == NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        answer.seek(0)
        yield status, answer


def confine(memory: int, processor_seconds: int, largest_answer: int) -> None:
    """Resource limits of this process: address space and answer in bytes, work in seconds; no core dump."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: processor_seconds,
        resource.RLIMIT_FSIZE: largest_answer,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def exit_exhausted(error: BaseException) -> NoReturn:
    """Exit at once with `EXHAUSTED`, or `NO_ROOM` for that error, since there is no memory left to end in order."""
    os._exit(NO_ROOM if getattr(error, "errno", None) == errno.ENOSPC else EXHAUSTED)
