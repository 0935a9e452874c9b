"""Reach of a sandboxed process: the files it may read, where it may write, the programs it may start.

One description for all layers: bubblewrap shows a process nothing else, Landlock refuses everything else.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

LIBRARIES = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache")
"""What programs of the system are made of; nothing in it is anybody's own."""

CODE = tuple(str(ROOT / package) for package in ("binhlu_portal", "reports"))
"""The packages of the portal that have modules reading foreign files."""


class Reach(NamedTuple):
    """What a process may touch, as absolute paths of files and folders: what is not there is left out of it.

    It starts programs beneath `programs` only, and without any neither a program nor another process. In the folders of
    `sockets` it may make sockets, and nothing else.
    """

    readable: tuple[str, ...]
    writable: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    sockets: tuple[str, ...] = ()


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return `paths` in their order, without those that lie beneath another of them."""
    paths = tuple(dict.fromkeys(map(str, paths)))
    return tuple(path for path in paths if not any(lies_beneath(path, other) for other in paths if other != path))


def lies_beneath(path: str, other: str) -> bool:
    """Whether a path is another one or leads into it, by its name."""
    return Path(path).is_relative_to(other)


PYTHON = Reach(outermost((*LIBRARIES, sys.base_prefix, sys.prefix, *CODE)))
"""The reach of a module of the portal: Python, packages and code to read; no folder to write in, no program."""


def writing_in(folder: str) -> Reach:
    """Reach of a module of the portal that also writes files in a folder of its own."""
    return PYTHON._replace(writable=(folder,))
