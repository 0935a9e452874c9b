"""Connection security: a database on another machine is reached encrypted, and its certificate is checked (ASVS 12.3).

What libpq does by itself, encrypting where the server offers it and believing any certificate, keeps nobody out.
"""

import os
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

CHECKED = {"verify-ca", "verify-full"}
"""Values of `sslmode` by which a certificate is held against those that are trusted."""

UNCHECKED = (
    "Cơ sở dữ liệu ở máy khác ({}) mà đường nối không được kiểm tra: thêm “sslmode=verify-full” và “sslrootcert” vào "
    "DATABASE_URL, xem docs/deployment.md."
)


def unchecked_host(database: dict[str, Any]) -> str:
    """Host of the PostgreSQL server of these settings where it is another machine that nothing makes sure of, or ""."""
    options = database.get("OPTIONS", {})
    hosts = str(database.get("HOST") or options.get("hostaddr") or options.get("host") or "")
    mode = options.get("sslmode") or os.environ.get("PGSSLMODE", "")
    if not database["ENGINE"].endswith("postgresql") or mode in CHECKED:
        return ""
    return next((host for host in unquote(hosts).split(",") if not _is_here(host)), "")


def _is_here(host):
    """Tell whether a host is this machine: a socket of it, its name for itself, or its loopback."""
    if not host or host == "localhost" or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@register(Tags.security, deploy=True)
def check_connection(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of a database on another machine that nothing makes sure of (`manage.py check --deploy`)."""
    host = unchecked_host(settings.DATABASES["default"])
    return [Warning(UNCHECKED.format(host), id="binhlu_portal.W002")] if host else []
