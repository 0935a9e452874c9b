"""Legacy Vietnamese fonts from before Unicode, TCVN3 (ABC, `.VnTime`) and VNI: their text turned into what it showed.

Both write Vietnamese letters with the codes of other signs: `NguyÔn V¨n Hïng` in TCVN3, `Nguyeãn Vaên Huøng` in VNI.
What was read from a file does not tell the font, so texts that belong together, a column, are tried in each way, and
the way that gives most well-formed Vietnamese syllables is taken; Unicode wins when nothing speaks against it. One word
alone says too little.

In TCVN3 the letter ư is U+00AD, a soft hyphen that most cleaning takes for nothing: convert first, clean afterwards.
Fonts of capitals only (`.VnTimeH`) hold small letters that merely look large. Without the font this cannot be known:
such text comes back in small letters.
"""

import re
import unicodedata
from collections import Counter

from .normal_forms import composed, decomposed

LATIN1_END = "ÿ"
"""The last sign either font can hold; text with a letter beyond it is Unicode."""

LONGEST_SYLLABLE = 16
"""Signs of a word that can be a syllable: "nghiêng" with its marks apart has nine."""

AT_MOST = 400
"""How many texts of a column are tried; more do not make it surer."""

ENOUGH = 3
"""By how many points a way must be ahead; one word that reads better in it makes two."""

TCVN3_SIGNS = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\N{SOFT HYPHEN}õøö÷ùúýûüþ¡¢£¤¥¦§"
TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ"
TCVN3 = str.maketrans(TCVN3_SIGNS, TCVN3_LETTERS)
"""The 67 small letters and 7 capitals of the ABC fonts (TCVN 5712:1993, set 3)."""

VNI_SIGNS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
"""Letters that VNI writes with one sign; some are others than they look."""

VNI_PAIRS = {
    "aeouyôö": {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"},
    "aeo": {
        "â": "\u0302",
        "á": "\u0302\u0301",
        "à": "\u0302\u0300",
        "å": "\u0302\u0309",
        "ã": "\u0302\u0303",
        "ä": "\u0302\u0323",
    },
    "a": {
        "ê": "\u0306",
        "é": "\u0306\u0301",
        "è": "\u0306\u0300",
        "ú": "\u0306\u0309",
        "ü": "\u0306\u0303",
        "ë": "\u0306\u0323",
    },
}
"""After which letters which sign is a mark of VNI, and which marks it stands for."""


def _vni():
    """Return {signs: letter} of VNI, pairs and single signs, small and capital."""
    found = dict(VNI_SIGNS)
    for letters, marks in VNI_PAIRS.items():
        for letter in letters:
            for sign, mark in marks.items():
                found[letter + sign] = composed(VNI_SIGNS.get(letter, letter) + mark)
    capital = {signs.upper(): letter.upper() for signs, letter in found.items()}
    mixed = {signs[0].upper() + signs[1:]: letter.upper() for signs, letter in found.items()}
    return found | mixed | capital


VNI = _vni()
VNI_SIGN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

BREAK = re.compile(r"[\s,.;:/()0-9'’\"–-]+")
SYLLABLE = re.compile(
    "(?:ngh?|gh?|kh|ph|th|tr|ch|nh|qu|gi|[bcdđhklmnprstvx])?"
    "(?:uyê|uya|iê|yê|uô|ươ|uâ|uê|uơ|uy|oa|oă|oe|oo|ia|ua|ưa|[aăâeêioôơuưy])"
    "(?:[iouy]|ch|ng|nh|[cmnpt])?"
)
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
STOPPED = ("c", "p", "t", "ch")
"""Syllables that end so bear no tone but sắc and nặng."""


def from_tcvn3(text: str) -> str:
    """TCVN3 (ABC) text as Unicode."""
    return text.translate(TCVN3)


def from_vni(text: str) -> str:
    """VNI text as Unicode."""
    return VNI_SIGN.sub(lambda match: VNI[match.group()], text)


WAYS = (lambda text: text, from_tcvn3, from_vni)
"""How text may be meant: as it stands, or in one of the old fonts."""


def to_unicode(columns: list[list[str]]) -> list[list[str]]:
    """Font detection: `columns`, lists of texts, with those in a legacy font turned into Unicode.

    Each column is judged by its own texts. Where they leave it open, the whole file decides, provided that nothing in
    it is surely Unicode. A text that reads better as it stands is left alone in any column, and where some texts of a
    column are surely Unicode, so is one that reads as well. A text that is no Vietnamese as it stands, pasted from an
    old file among others, is read by itself when a font makes nothing but Vietnamese words of it.
    """
    counts = [_points(column) for column in columns]
    whole = Counter()
    for points in counts:
        whole.update(points)
    sure = any(_is_unicode(text) for column in columns for text in column)
    default = 0 if sure else _best(whole, 0)
    return [_converted(column, _best(points, default)) for column, points in zip(columns, counts, strict=True)]


def readability(text: str) -> int:
    """Encoding score: Vietnamese syllables in `text`, less other words, read in the best way; chooses among decodings.

    Bytes of the old fonts are read as Latin-1; read as Windows-1258 they make other letters.
    """
    return max(_syllables(read(text)) for read in WAYS)


def _converted(column, way):
    mixed = way and any(map(_is_unicode, column))
    return [_pasted(_in_way(text, way, mixed) if way else text) for text in column]


def _pasted(text):
    """Return one text in an old font among Unicode: no Vietnamese as it stands, and nothing but that in a font."""
    if text.isascii() or " " not in text.strip() or _is_unicode(text) or _is_vietnamese(text):
        return text
    return next((other for other in (read(text) for read in WAYS[1:]) if _is_vietnamese(other)), text)


def _is_vietnamese(text):
    """Whether all words of `text` are Vietnamese syllables, in ASCII or not."""
    words = list(filter(None, BREAK.split(text)))
    return all(word.isascii() or is_syllable(word) for word in words) and all(map(str.isalpha, "".join(words)))


def _in_way(text, way, mixed):
    """Return `text` read in `way`, unless it is Unicode for sure or may well be."""
    if text.isascii() or _is_unicode(text):
        return text
    other = WAYS[way](text)
    return other if _syllables(other) >= _syllables(text) + mixed else text


def _points(column):
    """Return how many well-formed syllables each way makes of the texts of `column` that tell."""
    points = Counter()
    for text in [text for text in column if not text.isascii()][:AT_MOST]:
        if _is_unicode(text):
            points[0] += _syllables(text)
        else:
            points.update({way: _syllables(read(text)) for way, read in enumerate(WAYS)})
    return points


def _best(points, default):
    """Return the way with most points, or `default` when it leads that by too little."""
    best = max(range(len(WAYS)), key=lambda way: points[way])
    return best if points[best] - points[default] >= ENOUGH else default


def _is_unicode(text):
    """Whether `text` holds a letter, or a mark, that no old font has."""
    return any(sign > LATIN1_END and unicodedata.category(sign)[0] in "LM" for sign in text)


def _syllables(text):
    """Return how many words of `text` with a letter beyond ASCII are Vietnamese syllables, less those that are none."""
    words = [word for word in BREAK.split(text) if not word.isascii()]
    return sum(1 if is_syllable(word) else -1 for word in words)


def is_syllable(word: str) -> bool:
    """Syllable test: whether `word` is built like a Vietnamese one, in small letters, capitals or a capital initial."""
    if len(word) > LONGEST_SYLLABLE or not (word.islower() or word.isupper() or word.istitle()):
        return False
    letters = decomposed(composed(word).lower())
    tones = [sign for sign in letters if ord(sign) in TONES]
    bare = composed(letters.translate(TONES))
    if len(tones) > 1 or not SYLLABLE.fullmatch(bare):
        return False
    return not (bare.endswith(STOPPED) and bool(tones) and tones[0] not in "\u0301\u0323")
