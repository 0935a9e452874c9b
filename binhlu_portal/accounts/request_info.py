"""Request metadata: the network address of the reader, and the browser in words a person recognizes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "Trình duyệt khác"

BROWSERS = (
    ("Zalo", "Zalo"),
    ("CocCoc", "Cốc Cốc"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""What browsers call themselves; many also give the names of those further down, so the first that fits counts."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "điện thoại Android"),
    ("Windows", "máy tính Windows"),
    ("Macintosh", "máy tính Mac"),
    ("Linux", "máy tính Linux"),
)

PHONES = ("iPhone", "điện thoại Android")


def address(request: HttpRequest) -> str:
    """IP address of the reader, "" where it is none.

    Where the portal stands behind a proxy (it does wherever it answers over HTTPS), the proxy names it at the end of
    X-Forwarded-For. Without a proxy that header is the reader's own claim and is not read.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", said).rpartition(",")[2]
    try:
        return str(ip_address(said.strip()))
    except ValueError:
        return ""


def browser(request: HttpRequest) -> str:
    """User agent in words, the browser and the machine: "Chrome trên điện thoại Android"."""
    agent = request.headers.get("User-Agent", "")
    name = _first(BROWSERS, agent) or UNKNOWN
    system = _first(SYSTEMS, agent)
    return f"{name} trên {system}" if system else name


def is_phone(request: HttpRequest) -> bool:
    """Whether the user agent says that it is a telephone."""
    return _first(SYSTEMS, request.headers.get("User-Agent", "")) in PHONES


def _first(words, agent):
    """Return the name of the first of `words` that `agent` holds."""
    return next((name for word, name in words if word in agent), "")
