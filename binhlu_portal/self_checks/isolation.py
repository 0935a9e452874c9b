"""Self-check of the sandbox: whether what reads foreign files is isolated on this machine; a warning where it serves.

Without isolation the portal runs all the same, with limits alone: an office may try it on whatever machine it has.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from binhlu_portal.sandbox.layers import lacking

from .registry import declare

MACHINE = "machine"
"""Tag of system checks about the machine that serves; those of Django, which `make lint` makes, are about settings."""


@declare("isolation", "Cách ly chương trình đọc tệp gửi lên")
def isolation(now: datetime) -> str:
    """Return from what the processes that read foreign files are not kept on this machine."""
    if not (missing := lacking()):
        return ""
    return (
        "Chương trình đọc tệp gửi lên chỉ bị giới hạn bộ nhớ và thời gian, chưa bị ngăn "
        f"{'; '.join(protection.label for protection in missing)}: cài gói bubblewrap trên máy chủ "
        "(apt-get install bubblewrap) rồi khởi động lại."
    )


@register(MACHINE, deploy=True)
def check_isolation(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    """Return a warning where the portal serves a network and does not isolate what reads foreign files."""
    missing = ", ".join(protection.code for protection in lacking())
    if not missing or not settings.HOSTS:
        return []
    hint = "Install bubblewrap, or run a kernel with Landlock and seccomp: docs/deployment.md, Isolation."
    words = f"Processes that read foreign files are not isolated: {missing}."
    return [CheckWarning(words, hint, id="binhlu_portal.W001")]
