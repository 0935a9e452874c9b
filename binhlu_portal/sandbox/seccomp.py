"""Seccomp: a filter on system calls through the libseccomp of the machine, which every Debian has for systemd and apt.

It forbids what no reader of files needs: the network, other programs, signals to other processes and looking into them,
namespaces, mounts and doors into the kernel that are seldom opened. All other calls stay, for Python and LibreOffice
make many and change them with every version: it is a list of what is refused, not of what is allowed.
"""

import ctypes
import errno
import os
from functools import cache

LIBRARY = "libseccomp.so.2"

SET_FILTER, FILTER = 22, 2
"""The option of prctl that sets a filter, and its kind: given none, it fails in its own way where there are filters."""

ALLOW = 0x7FFF0000
REFUSE, ABSENT = (0x00050000 | number for number in (errno.EPERM, errno.ENOSYS))
"""What the filter answers: the call goes on, fails as forbidden, or fails as if the kernel did not know it."""

UNEQUAL, EQUAL_UNDER_MASK = 1, 7
"""How libseccomp compares an argument."""

THREAD = 0x10000
"""The flag of clone that makes a thread and no process."""

NAMESPACES = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)
"""The flags of clone that make a namespace."""

NETWORK = ("connect", "sendto", "sendmsg", "sendmmsg", "io_uring_setup")
LOCAL = 1
"""The family of sockets within the machine: LibreOffice does not start without one, which nobody then connects to."""

OTHER_PROCESSES = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_open", "pidfd_getfd"),
    *("pidfd_send_signal", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setrlimit"),
    *("shmget", "shmat", "msgget", "semget", "mq_open"),
)
KERNEL = (
    *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "move_mount", "open_tree", "fsopen", "fsmount"),
    *("fsconfig", "mount_setattr", "open_by_handle_at", "name_to_handle_at", "bpf", "perf_event_open", "userfaultfd"),
    *("keyctl", "add_key", "request_key", "init_module", "finit_module", "kexec_load", "quotactl", "swapon", "reboot"),
)
FILES = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "truncate"),
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    *("utime", "utimes", "utimensat", "futimesat"),
)
"""Calls that change a file without opening it, which Landlock lets pass, that of `truncate` before its version 3."""

OPENS = {"open": 1, "openat": 2}
"""Calls that open a file, and which argument of theirs says how."""

SIGNALS = ("kill", "tgkill")
"""Calls that send a signal to the process of their first argument: a process may to itself."""

STARTS = ("execve", "execveat", "fork", "vfork")
"""Calls that start a program or a process."""


class ArgumentTest(ctypes.Structure):
    """Test of one argument of a call, as libseccomp reads it."""

    _fields_ = [
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("value", ctypes.c_uint64),
        ("under_mask", ctypes.c_uint64),
    ]


@cache
def is_there() -> bool:
    """Whether this machine has the library, and a kernel that takes filters."""
    if _library() is None:
        return False
    ctypes.set_errno(0)
    ctypes.CDLL(None, use_errno=True).prctl(SET_FILTER, FILTER, None)
    return ctypes.get_errno() == errno.EFAULT


def forbid(*, starts: bool, writes: bool) -> None:
    """Forbid this process, and all it starts, what no reader needs.

    Unless it `starts` programs these too, and unless it `writes` files in a folder of its own, emptying files.

    Nothing happens where `is_there` is false; raises OSError where a filter is refused that should not be.
    """
    if not is_there():
        return
    rules = [(name, REFUSE, ()) for name in (*NETWORK, *FILES, *OTHER_PROCESSES, *KERNEL)]
    rules += [("socket", REFUSE, (ArgumentTest(0, UNEQUAL, LOCAL, 0),) if starts else ())]
    rules += [(name, REFUSE, (ArgumentTest(0, UNEQUAL, os.getpid(), 0),)) for name in SIGNALS]
    rules += [("prlimit64", REFUSE, (ArgumentTest(2, UNEQUAL, 0, 0),))]  # the new limit; limits may be asked for
    # What these do lies in memory, where no filter looks; without them the C library asks clone and openat.
    rules += [("clone3", ABSENT, ()), ("openat2", ABSENT, ())]
    rules += [("clone", REFUSE, (_has_flag(0, flag),)) for flag in NAMESPACES]
    if not starts:
        rules += [(name, REFUSE, ()) for name in STARTS]
        rules += [("clone", REFUSE, (ArgumentTest(0, EQUAL_UNDER_MASK, THREAD, 0),))]
    if not writes:
        rules += [("creat", REFUSE, ())]
        rules += [(name, REFUSE, (_has_flag(place, os.O_TRUNC),)) for name, place in OPENS.items()]
    _load(rules)


def _has_flag(place, flag):
    return ArgumentTest(place, EQUAL_UNDER_MASK, flag, flag)


def _load(rules):
    """Set a filter of (name of a call, answer, comparisons); calls that this architecture has not are left out."""
    library = _library()
    context = ctypes.c_void_p(library.seccomp_init(ALLOW))
    for name, answer, compared in rules:
        if (number := library.seccomp_syscall_resolve_name(name.encode())) >= 0:
            succeed(library.seccomp_rule_add_array(context, answer, number, len(compared), _array(compared)))
    succeed(library.seccomp_load(context))
    library.seccomp_release(context)


def _array(compared):
    return (ArgumentTest * len(compared))(*compared)


def succeed(status: int) -> None:
    """Raise OSError for what libseccomp gives when it fails: a negative number of an error."""
    if status < 0:
        raise OSError(-status, f"seccomp: {os.strerror(-status)}")


@cache
def _library():
    """Return libseccomp, or None; by its name, for looking for it starts a compiler."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_rule_add_array.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint),
        ctypes.POINTER(ArgumentTest),
    ]
    return library
