"""Words of headings: without the numbers of their columns ((2) Họ và tên, Họ và tên - 2), and short forms in full."""

import re

from binhlu_portal.text.normal_forms import composed

NUMBERED = re.compile(
    r"^\s*(?:[\[(]\s*(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s*[\])]\s*[.:–-]?|\d{1,2}(?:\.\d{1,2})+\s*[.):–-]?"
    r"|\d{1,2}\s*[.):/–-]|(?:[a-zđ]|[ivx]{1,4})\s*[.)]|cột\s*\d{1,2}\s*[.:)–-]?|\d{1,2}\s+(?!n[aă]m\b|th[aá]ng\b|tu[oổ]i\b)(?=[^\W\d]{2})"
    r"|[①-⑳])(?=\s*\S)|(?:\(\s*\d{1,2}\s*\)|[–-]\s*\d{1,2})\s*$",
    re.IGNORECASE,
)
"""The number of a column in its heading."""

NUMBER_ALONE = re.compile(r"\s*[\[(]?\s*\d{1,2}\s*[\])]?\s*")
OF_THE_MEMBER = re.compile(r"\bcủa (?:đảng viên|đồng chí|bản thân|cá nhân)\b", re.IGNORECASE)

SHORT_FORMS = {
    "ĐV": "đảng viên",
    "QĐ": "quyết định",
    "XL": "xếp loại",
    "SH": "sinh hoạt",
    "SHCB": "sinh hoạt chi bộ",
    "SHĐ": "sinh hoạt đảng",
    "HHĐ": "huy hiệu đảng",
    "ĐP": "đảng phí",
    "KL": "kỷ luật",
    "KN": "kết nạp",
}
"""How offices shorten words of headings; what they shorten to several meanings (CB, NS) is not among them."""

SHORT = re.compile(rf"\b(?:{'|'.join(SHORT_FORMS)})\b", re.IGNORECASE)


def unnumbered(text: str) -> str:
    """Heading without the number of its column and whose it is: Họ và tên of "(2) Họ và tên", nothing of "(1)"."""
    return "" if NUMBER_ALONE.fullmatch(text) else OF_THE_MEMBER.sub(" ", NUMBERED.sub(" ", text)).strip()


def in_full(text: str) -> str:
    """Return a heading with its short forms written in full: "Số ĐV" as "Số đảng viên"."""
    return SHORT.sub(lambda found: SHORT_FORMS[found.group().upper()], composed(text))
