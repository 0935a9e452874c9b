"""Layers of the sandbox: which this machine has, and what holds by them for a process that reads a foreign file."""

from collections.abc import Callable
from dataclasses import dataclass

from . import bubblewrap, landlock, seccomp

LAYERS: dict[str, Callable[[], object]] = {
    "bubblewrap": bubblewrap.program,
    "landlock": landlock.version,
    "seccomp": seccomp.is_there,
}
"""Each layer, and what tells whether it is there; each asks the machine once a process."""


@dataclass(frozen=True)
class Protection:
    """What is kept from a process that reads a foreign file, and the layers of which each keeps it alone."""

    code: str
    label: str
    layers: frozenset[str]


PROTECTIONS = (
    Protection("network", "dùng mạng", frozenset({"bubblewrap", "seccomp"})),
    Protection("files", "đọc, ghi tệp khác trên máy chủ", frozenset({"bubblewrap", "landlock"})),
    Protection("modes", "xóa trắng hay đổi quyền của tệp khác", frozenset({"bubblewrap", "seccomp"})),
    Protection("programs", "chạy chương trình khác", frozenset({"landlock", "seccomp"})),
    Protection("processes", "can thiệp vào chương trình đang chạy", frozenset({"bubblewrap", "seccomp"})),
)
"""All that is kept from it beyond limits of memory, time and size, which hold on every machine."""


def layers() -> frozenset[str]:
    """Names of the layers that this machine has."""
    return frozenset(name for name, is_there in LAYERS.items() if is_there())


def protections() -> list[tuple[Protection, bool]]:
    """Return each protection, and whether it holds on this machine."""
    there = layers()
    return [(protection, bool(protection.layers & there)) for protection in PROTECTIONS]


def lacking() -> list[Protection]:
    """Return the protections that do not hold on this machine."""
    return [protection for protection, holds in protections() if not holds]
