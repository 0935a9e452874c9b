"""Bubblewrap: a process in namespaces of its own, where the machine has that tool and lets it make them.

There it is nobody, alone, without a network, and sees no file but those in its reach.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache

from .reach import PYTHON, ROOT, Reach, lies_beneath, outermost

NOBODY = "65534"
"""The number that stands for nobody; outside the process stays the user who started it."""

ALONE = (
    *("--unshare-user", "--unshare-all", "--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL"),
    *("--new-session", "--die-with-parent", "--dev", "/dev"),
)

TRIAL_SECONDS = 10


@cache
def program() -> str:
    """Path of bubblewrap where it is installed and has started Python on trial, asked once a process; else ""."""
    found = shutil.which("bwrap") or ""
    if found:
        trial = _around(found, [sys.executable, "-I", "-S", "-c", ""], PYTHON)
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            found = "" if subprocess.run(trial, env={}, timeout=TRIAL_SECONDS, **quiet).returncode else found
        except (OSError, subprocess.TimeoutExpired):
            found = ""
    return found


def wrapped(command: Sequence[str], reach: Reach) -> list[str]:
    """Command line that runs `command` with its reach alone in sight; without the tool, the command itself.

    A command that dies of signal n has then the exit status 128 + n.
    """
    return _around(program(), command, reach) if program() else [*command]


def _around(bubblewrap, command, reach):
    shown = outermost((*reach.readable, *reach.programs))
    shown = [option for path in shown for option in _shown(path, shown)]
    own = [option for path in reach.writable for option in ("--bind", path, path) if not path.startswith("/dev/")]
    return [bubblewrap, *ALONE, *shown, *own, "--remount-ro", "/", "--chdir", str(ROOT), "--", *command]


def _shown(path, others):
    """Return the options that show a path: as a link where it is one into what is shown anyway, as /lib into /usr."""
    target = os.path.realpath(path)
    if target != path and any(lies_beneath(target, other) for other in others if other != path):
        return ("--symlink", target, path)
    return () if path.startswith("/dev/") else ("--ro-bind-try", path, path)
