"""Values that an address or a hidden field carries, read before anything is done with them: anybody can write one."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from binhlu_portal.request_limits import LARGEST_KEY, LONGEST_PATH

DIGITS = len(str(LARGEST_KEY))
"""Digits of a number that a row may have: Python refuses to read some thousands of them at all."""


def row_key(text: str) -> int | None:
    """Return the number of a row that `text` is, None for anything that no row has for its number."""
    if not (text.isdecimal() and len(text) <= DIGITS):
        return None
    number = int(text)
    return number if number <= LARGEST_KEY else None


def own_address(text: str) -> tuple[str, str] | None:
    """Return (path, query) of the page of the portal that `text` names, None where it names none."""
    try:
        parts = urlsplit(text)
        resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if parts.scheme or parts.netloc or len(parts.path) > LONGEST_PATH:
        return None
    return parts.path, parts.query


BACK = "ve"
"""The parameter that holds the address of the list from which a page was opened."""


def way_back(asked: Mapping[str, str]) -> str:
    """Return the address of the list that `asked` names, if it is one of ours; else nothing."""
    address = own_address(asked.get(BACK, ""))
    return "?".join(filter(None, address)) if address else ""
