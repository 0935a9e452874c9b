"""What the portal says it has found on a machine, on machines that have it and that have not."""

import ctypes
import errno
import shutil
import subprocess

import pytest

from binhlu_portal.sandbox import bubblewrap, confinement, landlock, layers, seccomp
from binhlu_portal.sandbox.reach import PYTHON, Reach, outermost

NAMES = set(layers.LAYERS)


def have(monkeypatch, names):
    """Make this a machine that has the layers `names` only."""
    for name in NAMES:
        monkeypatch.setitem(layers.LAYERS, name, lambda there=name in names: there)


@pytest.mark.parametrize(
    ("there", "lacking"),
    [
        ({"bubblewrap", "landlock", "seccomp"}, []),
        ({"landlock", "seccomp"}, []),
        ({"bubblewrap", "seccomp"}, []),
        ({"bubblewrap", "landlock"}, []),
        ({"bubblewrap"}, ["programs"]),
        ({"landlock"}, ["network", "modes", "processes"]),
        ({"seccomp"}, ["files"]),
        (set(), ["network", "files", "modes", "programs", "processes"]),
    ],
)
def test_what_does_not_hold_follows_from_the_layers_that_are_there(there, lacking, monkeypatch):
    have(monkeypatch, there)
    assert layers.layers() == there
    assert [protection.code for protection in layers.lacking()] == lacking


def test_a_machine_without_bubblewrap_is_known(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert bubblewrap.program.__wrapped__() == ""


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "no program"])
def test_a_bubblewrap_that_cannot_start_anything_counts_for_none(script, monkeypatch, tmp_path):
    forbidden = tmp_path / "bwrap"
    forbidden.write_text(script)
    forbidden.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(forbidden))
    assert bubblewrap.program.__wrapped__() == ""


def test_a_bubblewrap_that_does_not_end_counts_for_none(monkeypatch):
    def forever(command, timeout, **more):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/bwrap")
    monkeypatch.setattr(bubblewrap.subprocess, "run", forever)
    assert bubblewrap.program.__wrapped__() == ""


def test_without_bubblewrap_a_command_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(bubblewrap, "program", lambda: "")
    assert bubblewrap.wrapped(("a", "b"), PYTHON) == ["a", "b"]


def test_bubblewrap_shows_what_is_within_reach_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setattr(bubblewrap, "program", lambda: "bwrap")
    (tmp_path / "link").symlink_to("/usr/lib")
    reach = Reach(("/usr", str(tmp_path / "link"), "/dev/urandom"), ("/srv/own", "/dev/null"), ("/usr/bin/a", "/opt/b"))
    command = bubblewrap.wrapped(["a"], reach)
    assert command[-2:] == ["--", "a"]
    shown = " ".join(command[len(bubblewrap.ALONE) + 1 : command.index("--remount-ro")])
    assert shown == (
        f"--ro-bind-try /usr /usr --symlink /usr/lib {tmp_path}/link --ro-bind-try /opt/b /opt/b "
        "--bind /srv/own /srv/own"
    )


class OldKernel:
    """A C library on a kernel that knows neither Landlock nor filters."""

    def syscall(self, *arguments):
        return -1

    def prctl(self, *arguments):
        ctypes.set_errno(errno.EINVAL)
        return -1


def test_a_kernel_without_landlock_is_known_and_restricts_nothing(monkeypatch):
    monkeypatch.setattr(landlock, "_libc", OldKernel)
    assert landlock.version.__wrapped__() == 0
    monkeypatch.setattr(landlock, "version", lambda: 0)
    landlock.restrict(Reach(()))


def test_a_machine_without_filters_is_known_and_forbids_nothing(monkeypatch):
    monkeypatch.setattr(seccomp, "_library", lambda: None)
    assert seccomp.is_there.__wrapped__() is False
    monkeypatch.setattr(seccomp, "_library", object)
    monkeypatch.setattr(seccomp.ctypes, "CDLL", lambda name, use_errno: OldKernel())
    assert seccomp.is_there.__wrapped__() is False
    monkeypatch.setattr(seccomp, "is_there", lambda: False)
    seccomp.forbid(starts=False, writes=False)


def test_a_layer_that_is_there_and_fails_stops_the_reader(monkeypatch):
    monkeypatch.setattr(confinement.resource, "setrlimit", lambda kind, limits: None)
    monkeypatch.setattr(landlock, "_libc", OldKernel)
    with pytest.raises(OSError, match="no_new_privs"):
        confinement.confine(1, 1, 1)
    monkeypatch.setattr(landlock, "version", lambda: 6)
    with pytest.raises(OSError, match="system call 444"):
        landlock.restrict(PYTHON)


def test_a_filter_that_is_refused_is_an_error():
    with pytest.raises(OSError, match="seccomp"):
        seccomp.succeed(-errno.EACCES)


def test_a_path_beneath_another_is_said_once():
    assert outermost(("/usr", "/usr/lib", "/usrx", "/etc/a", "/usr")) == ("/usr", "/usrx", "/etc/a")
