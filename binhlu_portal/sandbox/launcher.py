"""Launcher, the process that becomes a program of others, such as LibreOffice, after it has confined itself.

`launch_command` says how to start it; `processes.py` does, within bubblewrap where that is there.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .confinement import confine
from .processes import module_command
from .reach import PYTHON, Reach, outermost


def launch_command(
    command: Sequence[str],
    reach: Reach,
    limits: tuple[int, int, int],
    folder: Path,
    environment: dict[str, str],
) -> tuple[list[str], Reach]:
    """Return the command line that runs `command` in a folder, confined to its reach, and the reach to run it with.

    The command begins with the path of its program. `limits` are bytes of memory, seconds of work and bytes of a file;
    the second reach is larger, for the launcher itself is Python.
    """
    said = json.dumps({"limits": limits, "reach": reach, "folder": str(folder), "environment": environment})
    around = reach._replace(readable=outermost((*PYTHON.readable, *reach.readable)))
    return [*module_command("binhlu_portal.sandbox.launcher"), said, *command], around


def main() -> None:
    """Entry point: confine this process as the first argument says, and become the command that follows."""
    said, *command = sys.argv[1:]
    given = json.loads(said)
    os.chdir(given["folder"])
    confine(*given["limits"], Reach(*given["reach"]))
    os.execve(command[0], command, given["environment"])


if __name__ == "__main__":
    main()
