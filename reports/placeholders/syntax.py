"""How placeholders are written: {{ members.total }}, {{ members.total | don_vi:"quan-su" | ngay:"01/7/2025" }}.

Nothing here knows what a name stands for, nor anything of Django: the process that fills templates reads them too.
"""

import re
from typing import NamedTuple

PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
"""A placeholder with its braces; its group is what stands between them."""

FILTER = re.compile(r'(\w+)\s*:\s*(?:"([^"]*)"|([\w/.-]+))')
"""What follows a bar: a name, and a value with quotation marks or without."""

STRAIGHT = str.maketrans("“”„", '"""')
"""Word makes quotation marks round while they are typed."""

OLD_NAMES = {
    "ky_thay": "the_thuc_ky",
    "ky_chuc_vu": "chuc_vu",
    "chu_thich.van_ban": "chu_thich.documents.issued.ke_ten",
}
"""Names of earlier versions, still understood in what offices have written: {old: new}."""


class Placeholder(NamedTuple):
    """What a placeholder asks for: a name, and by its filters (name, value) another unit or time than that of its text.

    A filter that cannot be read has its whole text as a name and no value. As a string it is the one way to write it.
    """

    name: str
    filters: tuple[tuple[str, str], ...] = ()

    def __str__(self):
        return " | ".join([self.name, *(f'{name}:"{value}"' for name, value in self.filters)])


def read(text: str) -> Placeholder:
    """Return what the placeholder `text`, without its braces, asks for."""
    name, *filters = (part.strip() for part in text.translate(STRAIGHT).split("|"))
    found = {}
    for part in filters:
        match = FILTER.fullmatch(part)
        key, value = (match[1], match[2] if match[3] is None else match[3]) if match else (part, "")
        found[key] = value.strip()
    return Placeholder(OLD_NAMES.get(name, name), tuple(sorted(found.items())))


def names_in(text: str) -> list[str]:
    """Return the placeholders in `text` without their braces, known or not, each once and in their order."""
    return [*dict.fromkeys(PLACEHOLDER.findall(text))]


def sole_name(text: str) -> str | None:
    """Return the placeholder that makes up the whole `text`, or None when it holds anything else."""
    found = PLACEHOLDER.fullmatch(text.strip())
    return found[1] if found and len(PLACEHOLDER.findall(text)) == 1 else None
