"""Numbers of columns, which lists write into their headings: (2) Họ và tên, 1.2. Họ và tên, Họ và tên - 2."""

import re

NUMBERED = re.compile(
    r"^\s*(?:[\[(]\s*(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s*[\])]\s*[.:–-]?|\d{1,2}(?:\.\d{1,2})+\s*[.):–-]?"
    r"|\d{1,2}\s*[.):/–-]|(?:[a-zđ]|[ivx]{1,4})\s*[.)]|cột\s*\d{1,2}\s*[.:)–-]?|\d{1,2}\s+(?!n[aă]m\b|th[aá]ng\b|tu[oổ]i\b)(?=[^\W\d]{2})"
    r"|[①-⑳])(?=\s*\S)|(?:\(\s*\d{1,2}\s*\)|[–-]\s*\d{1,2})\s*$",
    re.IGNORECASE,
)
"""The number of a column in its heading."""

NUMBER_ALONE = re.compile(r"\s*[\[(]?\s*\d{1,2}\s*[\])]?\s*")
OF_THE_MEMBER = re.compile(r"\bcủa (?:đảng viên|đồng chí|bản thân|cá nhân)\b", re.IGNORECASE)


def unnumbered(text: str) -> str:
    """Heading without the number of its column and whose it is: Họ và tên of "(2) Họ và tên", nothing of "(1)"."""
    return "" if NUMBER_ALONE.fullmatch(text) else OF_THE_MEMBER.sub(" ", NUMBERED.sub(" ", text)).strip()
