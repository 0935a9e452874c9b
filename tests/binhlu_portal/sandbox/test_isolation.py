"""What a process that reads a foreign file cannot do, layer by layer.

Where this machine lacks a layer, its test shows that nothing is claimed of it: what is claimed and what is refused are
held against each other in every combination of layers.
"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from binhlu_portal.sandbox import layers, processes
from binhlu_portal.sandbox.launcher import launch_command
from binhlu_portal.sandbox.reach import PYTHON, ROOT, Reach
from reports.narrative.pdf import LOADERS

PROGRAM = (Path(__file__).parent / "attempts.py").read_text()
OF_PROTECTIONS = {
    "network": {"network", "local network"},
    "files": {"database", "secret key", "accounts", "names", "write", "overwrite", "delete", "code"},
    "modes": {"mode", "times", "truncate", "empty"},
    "programs": {"program", "fork"},
    "processes": {"signal", "parent", "limit", "trace"},
}
"""The attempts that each protection speaks of."""

FORKS = {"fork"}
"""What a program of others may do and a reader may not; Landlock alone forbids no process of the same program."""

LIMITS = (1 << 30, 20, 1 << 20)


@pytest.fixture
def there():
    """What lies about on a machine: a server, a database, keys, a process; its folder has a short name for sockets."""
    with (
        TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        subprocess.Popen(["sleep", "60"]) as process,
    ):
        for name in ("portal.sqlite3", "secret-key", "spare"):
            (Path(folder) / name).write_text("secret")
        path = f"{folder}/socket"
        local.bind(path)
        local.listen()
        yield {
            "folder": folder,
            "socket": path,
            "port": server.getsockname()[1],
            "process": process.pid,
            "parent": os.getpid(),
            "code": str(ROOT / "binhlu_portal" / "settings.py"),
            "confine": True,
        }
        process.kill()


def claimed(kept):
    """Return the attempts that are refused by the layers `kept`, as the portal says it."""
    return {
        attempt
        for protection in layers.PROTECTIONS
        if protection.layers & kept
        for attempt in OF_PROTECTIONS[protection.code]
    }


def refused(command, reach, given):
    """Return the attempts that are refused to a process."""
    with TemporaryDirectory() as folder, open(f"{folder}/answer", "w+b") as answer:
        status = processes.status_of(command, reach, 60, json.dumps(given).encode(), answer)
        answer.seek(0)
        said = answer.read()
    assert status == 0, said
    return set(json.loads(said))


@pytest.fixture
def keep(monkeypatch):
    """Return a function that leaves of some layers those that this machine has."""

    def keep(names):
        kept = layers.layers() & set(names)
        if "bubblewrap" not in kept:
            monkeypatch.setattr(processes, "wrapped", lambda command, reach: [*command])
        return kept

    return keep


@pytest.mark.parametrize(
    "names",
    [["bubblewrap", "landlock", "seccomp"], ["bubblewrap"], ["landlock"], ["seccomp"], ["landlock", "seccomp"]],
    ids="+".join,
)
def test_a_reader_is_refused_what_the_layers_of_this_machine_are_said_to_refuse(names, there, keep):
    kept = keep(names)
    found = refused([sys.executable, "-B", "-c", PROGRAM], PYTHON, there | {"layers": [*kept]})
    assert claimed(kept) - (FORKS if "seccomp" not in kept else set()) <= found


def test_without_any_layer_a_reader_could_do_all_of_it(there, keep):
    keep([])
    found = refused([sys.executable, "-B", "-c", PROGRAM], PYTHON, there | {"layers": []})
    assert found <= {"trace"}  # a machine may forbid that to everybody


@pytest.mark.parametrize("names", [["bubblewrap", "landlock", "seccomp"], ["landlock", "seccomp"]], ids="+".join)
def test_a_program_of_others_is_refused_the_same_and_writes_its_own_folder(names, there, keep, tmp_path):
    kept = keep(names) | (layers.layers() & {"landlock", "seccomp"})
    writes = f"open({str(tmp_path / 'own')!r}, 'w').write('x')\n"
    python = os.path.realpath(sys.executable)
    reach = Reach(PYTHON.readable, (str(tmp_path),), (python, *LOADERS))
    command, around = launch_command([python, "-B", "-c", writes + PROGRAM], reach, LIMITS, tmp_path, {})
    found = refused(command, around, there | {"confine": False})
    assert claimed(kept) - FORKS - ({"program"} if "landlock" not in kept else set()) <= found
    assert (tmp_path / "own").read_text() == "x"


def test_what_is_confined_gains_no_rights_any_more():
    program = (
        "import ctypes\nfrom binhlu_portal.sandbox import confinement\nconfinement.confine(1 << 30, 20, 1 << 20)\n"
        "print(ctypes.CDLL(None).prctl(39, 0, 0, 0, 0))"
    )
    with processes.run_sandboxed([sys.executable, "-B", "-c", program], b"", 60) as (status, answer):
        assert (status, answer.read()) == (0, b"1\n")
