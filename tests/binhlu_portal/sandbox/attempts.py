"""What a hostile file would make its reader do, tried in the place of the reader: a program, and no test.

It is given as text, for the sandbox shows it no tests. On standard input it gets JSON: the layers to keep, what to
reach for, and whether to confine itself; it answers with the names of the attempts that were refused.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

SEIZE = 0x4206
"""The request of ptrace that takes hold of another process."""


def connect(family, address):
    """Open a connection."""
    with socket.socket(family) as opened:
        opened.connect(address)


def trace(process):
    """Take hold of another process."""
    if ctypes.CDLL(None, use_errno=True).ptrace(SEIZE, process, None, None):
        raise PermissionError(ctypes.get_errno())


def limit(process):
    """Take the files that another process may open from it."""
    resource.prlimit(process, resource.RLIMIT_NOFILE, (1, 1))


def fork():
    """Start a process of the same program."""
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def attempts(there):
    """Return what is tried, by its name."""
    folder = Path(there["folder"])
    return {
        "network": lambda: connect(socket.AF_INET, ("127.0.0.1", there["port"])),
        "local network": lambda: connect(socket.AF_UNIX, there["socket"]),
        "database": (folder / "portal.sqlite3").read_bytes,
        "secret key": (folder / "secret-key").read_bytes,
        "accounts": Path("/etc/passwd").read_bytes,
        "names": lambda: os.listdir(folder),
        "write": lambda: (folder / "written").write_text("x"),
        "overwrite": lambda: (folder / "portal.sqlite3").open("r+b").close(),
        "delete": (folder / "spare").unlink,
        "mode": lambda: (folder / "portal.sqlite3").chmod(0o777),
        "times": lambda: os.utime(folder / "portal.sqlite3"),
        "truncate": lambda: os.truncate(folder / "portal.sqlite3", 0),
        "empty": lambda: os.close(os.open(folder / "portal.sqlite3", os.O_RDONLY | os.O_TRUNC)),
        "code": lambda: Path(there["code"]).open("r+b").close(),
        "program": lambda: subprocess.run(["/usr/bin/true"], check=True),
        "fork": fork,
        "signal": lambda: os.kill(there["process"], signal.SIGCONT),
        "parent": lambda: os.kill(there["parent"], 0),
        "limit": lambda: limit(there["process"]),
        "trace": lambda: trace(there["process"]),
    }


def is_refused(attempt):
    """Tell whether an attempt fails."""
    try:
        attempt()
    except OSError:
        return True
    return False


def main():
    """Try everything."""
    there = json.loads(sys.stdin.read())
    if there["confine"]:
        from binhlu_portal.sandbox import confinement, landlock, seccomp

        if "landlock" not in there["layers"]:
            landlock.version = lambda: 0
        if "seccomp" not in there["layers"]:
            seccomp.is_there = lambda: False
        confinement.confine(1 << 30, 20, 1 << 20)
    print(json.dumps([name for name, attempt in attempts(there).items() if is_refused(attempt)]))


if __name__ == "__main__":
    main()
