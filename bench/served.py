"""The portal as `manage.py serve` serves it, on a free port of this machine and the scratch database of the bench."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from binhlu_portal.management.commands.serve import MANNERS

READY = 60
"""Seconds that a server may take to answer for the first time."""


class NotStarted(Exception):
    """The portal did not start: there is nothing to measure then."""


@contextmanager
def serve(folder):
    """Serve the database of this process, with all else in `folder`.

    Yield the port, and a function that returns the seconds of the processor taken so far. In the end it is stopped.
    """
    environment = os.environ | {
        "BENCH_FOLDER": str(folder),
        "DATABASE_URL": _url(),
        "DJANGO_SETTINGS_MODULE": "bench.server_settings",
    }
    given = {"cwd": settings.BASE_DIR, "env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput"], check=True, **given)
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    order = ["-m", "gunicorn", "binhlu_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning", *MANNERS]
    server = subprocess.Popen([sys.executable, *order], **given)
    try:
        _wait(server, port)
        yield port, lambda: _processor(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=READY)


def _url():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _processor(parent):
    """Return the seconds that the children of a process have taken of the processor, as Linux tells."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    told = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children]
    return sum(int(one[11]) + int(one[12]) for one in told) / os.sysconf("SC_CLK_TCK")


def _wait(server, port):
    end = time.monotonic() + READY
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotStarted(f"status {server.poll()}")
