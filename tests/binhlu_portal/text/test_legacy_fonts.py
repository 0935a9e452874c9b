"""Text from old fonts becomes what it showed, and Unicode stays what it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.text.legacy_fonts import (
    TCVN3_LETTERS,
    TCVN3_SIGNS,
    VNI,
    from_tcvn3,
    from_vni,
    is_syllable,
    readability,
    to_unicode,
)

NAMES = ["Nguyễn Văn Hùng", "Lò Thị Mai", "Giàng A Páo", "Đặng Mường Khương", "Vàng Thị Sử", "Quách Uyên Thuỷ"]


def one(*texts):
    """Return texts of one column, turned into Unicode."""
    return to_unicode([list(texts)])[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NguyÔn V¨n Hïng", "Nguyễn Văn Hùng"),
        ("Lß ThÞ Mai", "Lò Thị Mai"),
        ("§¶ng viªn", "Đảng viên"),
        ("M\xadêng Kh\xad¬ng", "Mường Khương"),
        ("NguyÔn ThÞ H\xad¬ng", "Nguyễn Thị Hương"),
        ("Hä vµ tªn", "Họ và tên"),
    ],
)
def test_tcvn3_with_its_soft_hyphen(written, meant):
    assert from_tcvn3(written) == meant
    assert one(written) == [meant]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("chaøo caùc baïn", "chào các bạn"),
        ("Nguyeãn Vaên Huøng", "Nguyễn Văn Hùng"),
        ("Traàn Thò Phöông", "Trần Thị Phương"),
        ("Ñaûng boä xaõ", "Đảng bộ xã"),
        ("ÑAÛNG UÛY", "ĐẢNG ỦY"),
        ("Lyù Muyø Naêm", "Lý Muỳ Năm"),
    ],
)
def test_vni_in_small_letters_and_capitals(written, meant):
    assert from_vni(written) == meant
    assert one(written) == [meant]


def test_every_letter_of_the_old_fonts_is_known():
    letters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    assert set(letters) <= set(from_tcvn3("".join(map(chr, range(0xA1, 0x100)))))
    marks = "ùøûõïâáàåãäêéèúüëñôöíìæóòî"
    pairs = "".join(first + mark for first in "aeouyôö" for mark in marks) + marks
    assert set(letters) <= set(from_vni(pairs))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_left_alone(form):
    texts = [unicodedata.normalize(form, name) for name in NAMES]
    assert one(*texts) == texts
    assert [one(text) for text in texts] == [[text] for text in texts]


@pytest.mark.parametrize("text", ["Giàng A Páo", "Lò Mí Ná", "Mông", "Thái", "Công", "NÔNG", "Tó", "café", "Số 5", "¼"])
def test_a_short_word_is_never_damaged(text):
    assert one(text) == [text]


def test_a_column_decides_for_its_short_words():
    assert one("Tó", "NguyÔn V¨n Hïng", "Lß ThÞ Mai") == ["Tú", "Nguyễn Văn Hùng", "Lò Thị Mai"]


def test_the_file_decides_for_a_column_that_leaves_it_open_unless_some_of_it_is_unicode():
    old = ["NguyÔn V¨n Hïng", "Lß ThÞ Mai"]
    assert to_unicode([old, ["Tó"]])[1] == ["Tú"]
    assert to_unicode([old, ["Tó"], ["Tiểu học"]])[1] == ["Tó"]


def test_unicode_in_a_column_of_an_old_font_stays():
    assert one("NguyÔn V¨n Hïng", "Lß ThÞ Mai", "Đặng Thị Hoà", "Nông") == [
        "Nguyễn Văn Hùng",
        "Lò Thị Mai",
        "Đặng Thị Hoà",
        "Nông",
    ]


def test_a_sign_in_a_unicode_text_is_no_letter_of_an_old_font():
    assert one("NguyÔn V¨n Hïng", "Lß ThÞ Mai", "Điều chỉnh ©")[2] == "Điều chỉnh ©"


def test_fonts_of_capitals_come_back_in_small_letters():
    assert one("®¶ng bé x· b×nh l\xad") == ["đảng bộ xã bình lư"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("1;Lß ThÞ Mai;NguyÔn V¨n Hïng".encode("latin-1"), "latin-1"),
        ("1;Traàn Thò Phöông;Nguyeãn Vaên Huøng".encode("latin-1"), "latin-1"),
        ("1;Lo\u0300 Thi\u0323 Mai;Nguyê\u0303n Văn Hu\u0300ng".encode("cp1258"), "cp1258"),
    ],
)
def test_bytes_are_decoded_in_the_way_that_reads_best(content, encoding):
    assert max(["cp1258", "latin-1"], key=lambda each: readability(content.decode(each))) == encoding


@pytest.mark.parametrize("word", ["nguyễn", "Khoàng", "QUYẾT", "giếng", "gì", "thuỷ", "hoà", "ướt", "Đức"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["V¨n", "hòát", "xyz", "các̀", "bàp", "NGuyễn", "ThÞ", "strấng"])
def test_no_syllables(word):
    assert not is_syllable(word)


@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_text_keeps_its_place_and_what_is_ascii_or_unicode(texts):
    found = one(*texts)
    assert len(found) == len(texts)
    assert all(after == before for before, after in zip(texts, found, strict=True) if before.isascii())


VNI_SIGNS = {letter: signs for signs, letter in VNI.items()}
WRITE = {
    "TCVN3": lambda text: text.translate(str.maketrans(TCVN3_LETTERS, TCVN3_SIGNS)),
    "VNI": lambda text: "".join(VNI_SIGNS.get(letter, letter) for letter in text),
}
PASTED = ["Sùng Thị Dế", "Nà Đon", "Vàng Văn Mạnh", "Đặng Thị Hường", "Lò Thị Thắm", "Bản Nậm Pê"]


@pytest.mark.parametrize("text", PASTED)
@pytest.mark.parametrize("font", WRITE)
def test_one_text_pasted_among_unicode_is_turned_by_itself(text, font):
    column = ["Lò Văn Thử", "Giàng A Páo", "Nguyễn Thị Hoà", WRITE[font](text)]
    assert one(*column) == [*column[:3], text]


@pytest.mark.parametrize("text", ["Hrê", "Brâu", "Müller", "Café Sài Gòn", "Tổ 3", "Bô xít", "Ngõ 12/5", "Hà Nhì"])
def test_what_is_no_old_font_stays_among_unicode(text):
    assert one("Lò Văn Thử", text, "Giàng A Páo")[1] == text
