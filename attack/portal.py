"""The portal that is attacked: gunicorn on a free port of this machine, on a copy of the world."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

MANNERS = ("--threads", "4", "--preload", "--no-control-socket")

READY = 60
"""Seconds that a server may take to answer for the first time."""


class NotServed(Exception):
    """The portal did not start: there is nothing to attack then."""


def free_port():
    """Return a port on which nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def use(database):
    """Have this process read and write the SQLite file `database`."""
    connection.close()
    connection.settings_dict["NAME"] = str(database)


@contextmanager
def serve(pristine, name):
    """Serve a copy of the world in the file `pristine`, and yield the port; the server is stopped in the end.

    This process stands on the same copy meanwhile. Raises `NotServed`.
    """
    use(pristine)
    connection.close()
    copy, port = settings.DATA_DIR / f"{name}.sqlite3", free_port()
    shutil.copyfile(pristine, copy)
    use(copy)
    with open(settings.DATA_DIR / f"{name}.log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "attack.wsgi", "--bind", f"127.0.0.1:{port}", *MANNERS],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": f"sqlite:///{copy}"},
            stdout=log,
            stderr=log,
        )
        try:
            _wait(server, port, log)
            yield port
        except ConnectionRefusedError as error:
            raise NotServed(_last_words(log)) from error
        finally:
            server.terminate()
            server.wait(timeout=READY)
            connection.close()


def _wait(server, port, log):
    """Wait until somebody listens there."""
    end = time.monotonic() + READY
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotServed(_last_words(log))


def _last_words(log):
    return Path(log.name).read_text(errors="replace")[-2000:]
