"""Names of units: what offices call a kind and a sector in them, and how a name is written in full."""

import re

from binhlu_portal.text.vietnamese import search_key
from organizations.choices import CELLS, Kind, Sector

from .text_keys import key, marked_words

SECTORS = {
    Sector.VILLAGE: "bản; thôn; khối; khu phố; tổ dân phố; TDP; xóm; ấp; buôn; tiểu khu; khu",
    Sector.SCHOOL: "trường; mầm non; tiểu học; THCS; THPT; TH; PTDTBT; PTDTNT; trường học",
    Sector.HEALTH_STATION: "trạm y tế; trạm y tế xã",
    Sector.POLICE: "công an",
    Sector.MILITARY: "quân sự; quân đội; ban chỉ huy quân sự; ban CHQS; CHQS",
    Sector.PARTY_AGENCY: "cơ quan Đảng; các cơ quan Đảng; khối Đảng; văn phòng Đảng ủy; ban xây dựng Đảng; mặt trận; "
    "MTTQ; mặt trận Tổ quốc; đoàn thể; Đảng - đoàn thể",
    Sector.STATE_AGENCY: "UBND; HĐND; ủy ban nhân dân; hội đồng nhân dân; văn phòng HĐND; chính quyền; phòng kinh tế; "
    "phòng văn hóa; phòng văn hóa - xã hội",
    Sector.PUBLIC_SERVICE: "trung tâm; bệnh viện; trạm khuyến nông; trung tâm y tế; trung tâm phục vụ hành chính công",
    Sector.COOPERATIVE: "hợp tác xã; HTX",
}
"""What names of units say of their sectors besides what the sectors are called."""

OF_THE_COMMITTEE = frozenset({Sector.VILLAGE, Sector.SCHOOL, Sector.HEALTH_STATION})
"""Sectors whose cells stand directly beneath a committee."""

PREFIX = re.compile(r"^\s*(?:chi bộ|chi bo|cb|đảng bộ|dang bo)\b(?:\s*(?:cơ sở|co so)\b)?[\s.:–-]*", re.IGNORECASE)
ONE_OF_SEVERAL = re.compile(r"(?:chi bo|cb) (?:so )?[0-9]+(?: .*)?")
"""Chi bộ 1 - UBND xã: a cell of a party organization."""

FULL = {"cb": "Chi bộ", "chi bo": "Chi bộ", "dang bo": "Đảng bộ"}
WORD = re.compile(r"[^\W\d_]+")


def sector_said(name: str) -> Sector | None:
    """Return the sector that a name says: by the words that come first in it, of these the longest.

    Trung Tâm is a place in "Trường Tiểu học Trung Tâm". None for none, and where several are said after other words.
    """
    bare = PREFIX.sub("", name)
    if ONE_OF_SEVERAL.fullmatch(key(name)):
        return None
    found = []
    for sector in Sector:
        for words in filter(None, (sector.label, *SECTORS.get(sector, "").split("; "))):
            at = _place(bare, words)
            if at == 0 or (at and sector != Sector.VILLAGE):
                found.append((at, -len(key(words)), sector))
    found.sort()
    several = len({sector for *_, sector in found}) > 1
    return found[0][-1] if found and not (several and found[0][0]) else None


def kind_said(name: str, sector: Sector | None) -> Kind:
    """Return the kind that a name says, else the usual one of its sector."""
    words = key(name)
    if words.startswith("dang bo bo phan"):
        return Kind.DEPARTMENTAL
    if words.startswith("dang bo"):
        return Kind.PARTY_ORGANIZATION
    own = sector in OF_THE_COMMITTEE and not words.startswith("chi bo co so")
    return Kind.SUBORDINATE_CELL if own else Kind.GRASSROOTS_CELL


OF_KINDS = (
    "Trung học phổ thông; Trung học cơ sở; dân tộc bán trú; dân tộc nội trú; Mặt trận Tổ quốc; Ủy ban nhân dân; "
    "Hợp tác xã; Doanh nghiệp; Phổ thông; Tiểu học; Mầm non; Mẫu giáo; Y tế; Công an; Quân sự; Biên phòng; Kiểm lâm; "
    "Bưu điện; Văn phòng; Cơ quan; Khuyến nông; thị trấn; phường; xã; số; và; các"
)
"""Words of kinds of organizations as they are written, the longer first: Trạm Y tế xã, Trường Tiểu học số 2."""

COMMON_WORDS = {search_key(words): words for words in OF_KINDS.split("; ")}
COMMON = re.compile(rf"(?<!\S)(?:{OF_KINDS.replace('; ', '|')})(?!\S)", re.IGNORECASE)


def name_of_unit(text: str, kind: Kind) -> str:
    """Return a name written in full: Chi bộ bản Nà Hoa of "CB bản Nà Hoa", of "BẢN NÀ HOA" and of "bản Nà Hoa"."""
    named = PREFIX.match(text)
    words = key(named.group()) if named else ""
    front = next((full for short, full in FULL.items() if words.startswith(short)), "")
    front = front or ("Chi bộ" if kind in CELLS else "Đảng bộ")
    front += " cơ sở" if words.endswith("co so") else ""
    bare = " ".join(text[named.end() if named else 0 :].split())
    if bare.islower() or (bare.isupper() and not bare.isascii()):
        bare = WORD.sub(_capitalized, bare)
    if all(word[:1].isupper() or word[:1].isdecimal() for word in bare.split()):
        bare = COMMON.sub(lambda found: COMMON_WORDS[search_key(found.group())], bare)
    return f"{front} {bare}".strip()


def _capitalized(word):
    """Return a word with a capital initial; one without vowels is an abbreviation."""
    text = word.group()
    return text.capitalize() if set(search_key(text)) & set("aeiouy") else text.upper()


def _place(name, words):
    """Return after how many words a name says `words`, None where it does not; bản is not ban in a name with marks."""
    bare, wanted = key(name).split(), key(words).split()
    at = next((at for at in range(len(bare)) if bare[at : at + len(wanted)] == wanted), None)
    typed, marked = marked_words(name), marked_words(words)
    if at is None or name.isascii() or len(typed) != len(bare):
        return at
    return at if typed[at : at + len(marked)] == marked else None
