"""A process in the sandbox ends in time, within its memory, and with all that it has started."""

import os
import select
import signal
import sys

import pytest

from binhlu_portal.sandbox import confinement, layers, processes
from binhlu_portal.sandbox.launcher import launch_command
from binhlu_portal.sandbox.reach import PYTHON, Reach
from reports.narrative.pdf import LOADERS

PYTHON_PROGRAM = os.path.realpath(sys.executable)
LIMITS = (1 << 29, 20, 1 << 20)
LEAVES_A_CHILD = "import os, time\nif os.fork() == 0:\n    time.sleep(60)\n"


@pytest.fixture(params=["bubblewrap", "landlock+seccomp"])
def launched(request, monkeypatch, tmp_path):
    """Return a function that runs a program of Python as one of others, in bubblewrap, if it is there, and without."""
    if request.param != "bubblewrap" or "bubblewrap" not in layers.layers():
        monkeypatch.setattr(processes, "wrapped", lambda command, reach: [*command])

    def run(program, seconds=60, limits=LIMITS, **more):
        reach = Reach(PYTHON.readable, (str(tmp_path),), (PYTHON_PROGRAM, *LOADERS))
        command = launch_command([PYTHON_PROGRAM, "-B", "-c", program], reach, limits, tmp_path, {"SAID": "x"})
        return processes.status_of(*command, seconds, **more)

    return run


@pytest.mark.parametrize(
    ("program", "seconds", "status"), [("", 60, 0), ("while True: pass", 1, -signal.SIGKILL)], ids=["ended", "stopped"]
)
def test_nothing_stays_of_a_process_that_has_ended_or_was_stopped(program, seconds, status, launched):
    read, write = os.pipe()
    try:
        assert launched(LEAVES_A_CHILD + program, seconds, answer=write) == status
        os.close(write)
        ended, _, _ = select.select([read], [], [], 20)  # at its end, when nobody is left who could write
        assert ended
        assert os.read(read, 1) == b""
    finally:
        os.close(read)


def test_a_program_of_others_has_its_folder_its_environment_and_no_other(launched, tmp_path):
    assert launched("import os; open('own', 'w').write(str(sorted(os.environ)))") == 0
    assert "SAID" in (tmp_path / "own").read_text()
    assert "PATH" not in (tmp_path / "own").read_text()


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("bytearray(1 << 30)", 1),
        ("open('large', 'wb').write(bytes(1 << 21))", 1),
        ("import os; os.kill(os.getpid(), 24)", -signal.SIGXCPU),
        ("raise SystemExit(81)", 81),
    ],
    ids=["memory", "size", "work", "own status"],
)
def test_a_program_of_others_keeps_to_its_limits(program, status, launched):
    assert launched(program) == status


def test_a_reader_ends_when_the_disk_is_full_and_says_so():
    program = (
        "import errno\nfrom binhlu_portal.sandbox import confinement as c\nc.exit_exhausted(OSError(errno.ENOSPC, ''))"
    )
    with (
        pytest.raises(OSError, match="No space left"),
        processes.run_sandboxed([sys.executable, "-B", "-c", program], b"", 60),
    ):
        pass
    assert confinement.NO_ROOM not in processes.STOPPED
