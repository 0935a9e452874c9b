"""Headings that speak of somebody else than the member, or of what was once."""

import re

from .text_keys import marked_words

SOMEBODY = re.compile(
    r"\b(?:vợ|chồng|cha|mẹ|bố|con|thân nhân|gia đình|anh chị|anh em|chị em|chủ hộ)\b"
    r"|\bngười (?!giới thiệu|dân tộc|có công)|\bcủa (?!đảng viên|đồng chí|bản thân|cá nhân|đảng\b)"
    r"|\b(?:giúp đỡ|phụ trách|theo dõi|hướng dẫn)\b"
)
"""Words by which a heading speaks of somebody else than the member."""

UNMARKED = re.compile(
    r"\b(?:vo|chong|cha|me|con|than nhan|gia dinh|anh chi|anh em|chi em|chu ho|bo me|ten bo|bo de)\b"
    r"|\bnguoi (?!gioi thieu|dan toc|co cong)|\bcua (?!dang vien|dong chi|ban than|ca nhan|dang\b)"
    r"|\b(?:giup do|phu trach|theo doi|huong dan)\b"
)
"""The same, typed without marks."""

PAST = re.compile(r"\bcũ\b|\btrước\b|\btrước đây\b")
PAST_UNMARKED = re.compile(r"\bcu\b(?! tru)|\btruoc\b")


def is_no_members(text: str) -> bool:
    """Whether a heading speaks of somebody else than the member, or of what was once."""
    words = " ".join(marked_words(text))
    past = PAST_UNMARKED if words.isascii() else PAST
    return speaks_of_another(text) or bool(past.search(words))


def speaks_of_another(text: str) -> bool:
    """Whether a heading speaks of somebody else than the member."""
    words = " ".join(marked_words(text))
    return bool((UNMARKED if words.isascii() else SOMEBODY).search(words))
