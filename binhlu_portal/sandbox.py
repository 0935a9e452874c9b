"""Work on files of others in a process of its own, with little memory, little time and no secrets in its environment.

Whatever happens to that process, whoever asked gets its exit status and what it has answered. It is a module of the
project that reads its standard input, writes its answer to standard output, and confines itself before it begins.
"""

import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parents[1]

REFUSED = 3
"""The exit status of a process that has refused a file; its answer says why."""

EXHAUSTED = 4
"""The exit status of a process that has noticed that its memory or its answer has come to the limit."""

STOPPED = {EXHAUSTED, -signal.SIGXCPU, -signal.SIGABRT, -signal.SIGKILL}
"""How a process ends that has used up its time or its memory."""


def program(module):
    """Return the command that runs a module of the project."""
    return [sys.executable, "-B", "-m", module]


@contextmanager
def asked(command, content, seconds):
    """Give (exit status, answer as an open file) of `command` about `content`.

    The status is that of a process stopped by force when no answer is there after `seconds` on the wall.
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
        answer.seek(0)
        yield status, answer


def confine(memory, processor_seconds, largest_answer):
    """Limit this process: address space and answer in bytes, work in seconds; nothing of it stays on disk."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: processor_seconds,
        resource.RLIMIT_FSIZE: largest_answer,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def exhausted():
    """End this process at once, since there is no memory left to do it in order."""
    os._exit(EXHAUSTED)
