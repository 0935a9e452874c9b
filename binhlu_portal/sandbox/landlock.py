"""Landlock: the kernel itself keeps a process, and all it starts, to the files it may reach; no tool is needed.

Three system calls that the kernel has had since 5.13, with the same numbers on every architecture, made through ctypes.
A ruleset names what it handles; what is handled and not allowed by a rule is refused from then on, and nothing takes a
ruleset away. Files that are open already stay open.
"""

import ctypes
import os
import sys
from functools import cache

from .reach import Reach

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
"""The flag that asks for the version instead of a ruleset."""

PATH_BENEATH = 1
"""The kind of rule that allows something beneath a folder, or on one file."""

NO_NEW_PRIVILEGES = 38
"""The option of prctl without which the kernel takes no ruleset and no filter from who is not root."""

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << bit for bit in range(4))
MAKE_SOCKET = 1 << 9
TRUNCATE = 1 << 14
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE

ACCESS_BITS = (13, 14, 15, 15, 16)
"""How many kinds of access to files versions 1 to 5 know; a later one knows those of 5."""

TCP_SINCE, TCP = 4, 0b11
"""Binding and connecting of TCP: handled without a rule, so none is allowed."""

SCOPES_SINCE, SCOPES = 6, 0b11
"""Abstract sockets and signals: none to a process outside."""


class Ruleset(ctypes.Structure):
    """What a ruleset handles, as the kernel reads it: an older version takes the first fields only."""

    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


FIELD = ctypes.sizeof(ctypes.c_uint64)


class PathRule(ctypes.Structure):
    """What is allowed beneath an open folder."""

    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


@cache
def version() -> int:
    """Version of Landlock in this kernel; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, _libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def restrict(reach: Reach) -> None:
    """Restrict this process, which may gain no rights any more, to its reach; nothing happens without Landlock.

    Raises OSError when a kernel that could does not.
    """
    if not version():
        return
    files = (1 << ACCESS_BITS[min(version(), len(ACCESS_BITS)) - 1]) - 1
    handled = Ruleset(files, TCP, SCOPES)
    known = 1 + (version() >= TCP_SINCE) + (version() >= SCOPES_SINCE)
    ruleset = _called(CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(known * FIELD), 0)
    for paths, access in (
        (reach.readable, READ_FILE | READ_DIR),
        (reach.programs, READ_FILE | READ_DIR | EXECUTE),
        (reach.writable, files & ~EXECUTE),
        (reach.sockets, MAKE_SOCKET),
    ):
        for path in paths:
            _allow(ruleset, path, access & files)
    _called(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def forbid_new_privileges() -> None:
    """Forbid this process to gain rights by what it starts. Raises OSError where that fails."""
    if sys.platform == "linux" and _libc().prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")


def _allow(ruleset, path, access):
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            access &= OF_FILES
        _called(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(PathRule(access, opened)), 0)
    finally:
        os.close(opened)


def _called(number, *arguments):
    """Return what a system call gives, or raise its error."""
    given = _libc().syscall(number, *arguments)
    if given < 0:
        raise OSError(ctypes.get_errno(), f"system call {number}: {os.strerror(ctypes.get_errno())}")
    return given


@cache
def _libc():
    return ctypes.CDLL(None, use_errno=True)
