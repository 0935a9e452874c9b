"""Confinement: what a process does to itself before it looks at a foreign file, and cannot take back."""

import errno
import os
import resource
from typing import NoReturn

from . import landlock, seccomp
from .reach import PYTHON, Reach

REFUSED = 3
"""The exit status of a process that has refused a file; its answer says why."""

EXHAUSTED = 4
"""The exit status of a process that has noticed that its memory or its answer has come to the limit."""

NO_ROOM = 5
"""The exit status of a process for whose answer the disk has no room: that is not the fault of the file."""


def confine(memory: int, processor_seconds: int, largest_file: int, reach: Reach = PYTHON) -> None:
    """Limit this process (address space and what it writes in bytes, work in seconds, no core dump) and isolate it.

    Raises OSError where a layer that is there fails, so that nothing is read without it.
    """
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: processor_seconds,
        resource.RLIMIT_FSIZE: largest_file,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    landlock.forbid_new_privileges()
    landlock.restrict(reach)
    seccomp.forbid(starts=bool(reach.programs), writes=bool(reach.writable))


def exit_exhausted(error: BaseException) -> NoReturn:
    """Exit at once with `EXHAUSTED`, or `NO_ROOM` for that error, since there is no memory left to end in order."""
    os._exit(NO_ROOM if getattr(error, "errno", None) == errno.ENOSPC else EXHAUSTED)
