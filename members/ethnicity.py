"""The peoples and religions of Vietnam as statistics list them, and how they are recognised in what people type."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from django.db import models

from binhlu_portal.text.vietnamese import search_key


class Ethnicity(NamedTuple):
    """One people: its name, its numbers in the two official lists and the other names it goes by.

    `number_1979` is that of decision 121-TCTK/PPCĐ, 02/3/1979, which Party form 4-BTCTW follows with Ê Đê before Ngái;
    `number_census` is that of the population census. What a list does not hold has None.
    """

    code: str
    label: str
    number_1979: int | None
    number_census: int | None
    aliases: tuple[str, ...] = ()


ETHNICITIES = (
    Ethnicity("kinh", "Kinh", 1, 1, ("Việt", "Việt Nam")),
    Ethnicity("tay", "Tày", 2, 2, ("Tày (Thổ)",)),
    Ethnicity("thai", "Thái", 3, 3, ("Thái trắng", "Thái đen")),
    Ethnicity("hoa", "Hoa", 4, 6, ("Hán", "Hoa (Hán)", "Xạ Phang")),
    Ethnicity("khmer", "Khmer", 5, 5, ("Khơ-me",)),
    Ethnicity("muong", "Mường", 6, 4),
    Ethnicity("nung", "Nùng", 7, 7, ("Nùng An", "Nùng Cháo", "Nùng Inh", "Nùng Lòi", "Nùng Phàn Slình", "Nùng U")),
    Ethnicity("mong", "Mông", 8, 8, ("H'Mông", "H'Mông (Mông)", "Hơ-mông", "Mèo", "Na Miẻo", "Mông lềnh")),
    Ethnicity("dao", "Dao", 9, 9, ("Mán",)),
    Ethnicity("gia_rai", "Gia Rai", 10, 10),
    Ethnicity("ngai", "Ngái", 11, 43),
    Ethnicity("e_de", "Ê Đê", 12, 11),
    Ethnicity("ba_na", "Ba Na", 13, 12),
    Ethnicity("xo_dang", "Xơ Đăng", 14, 16),
    Ethnicity("san_chay", "Sán Chay", 15, 13, ("Cao Lan", "Sán Chỉ", "Sán Chay (Cao Lan - Sán Chỉ)")),
    Ethnicity("co_ho", "Cơ Ho", 16, 15, ("K'Ho",)),
    Ethnicity("cham", "Chăm", 17, 14),
    Ethnicity("san_diu", "Sán Dìu", 18, 17),
    Ethnicity("hre", "Hrê", 19, 18),
    Ethnicity("mnong", "Mnông", 20, 20),
    Ethnicity("raglay", "Raglay", 21, 19, ("Ra-glai",)),
    Ethnicity("xtieng", "Xtiêng", 22, 22),
    Ethnicity("bru_van_kieu", "Bru - Vân Kiều", 23, 24, ("Vân Kiều",)),
    Ethnicity("tho", "Thổ", 24, 21),
    Ethnicity("giay", "Giáy", 25, 26, ("Nhắng", "Dẳng", "Dáy", "Pâu Thỉn", "Pu Nà", "Cùi Chu")),
    Ethnicity("co_tu", "Cơ Tu", 26, 25),
    Ethnicity("gie_trieng", "Gié Triêng", 27, 29),
    Ethnicity("ma", "Mạ", 28, 28),
    Ethnicity("kho_mu", "Khơ Mú", 29, 23, ("Xá Cẩu", "Mứn Xen", "Pu Thênh", "Tềnh", "Tày Hạy")),
    Ethnicity("co", "Co", 30, 30),
    Ethnicity("ta_oi", "Tà Ôi", 31, 27),
    Ethnicity("cho_ro", "Chơ Ro", 32, 31),
    Ethnicity("khang", "Kháng", 33, 37, ("Xá Súa", "Xá Dón", "Xá Dẩng", "Xá Hốc", "Xá Ái", "Xá Bung", "Quảng Lâm")),
    Ethnicity("xinh_mun", "Xinh Mun", 34, 32, ("Puộc", "Pụa")),
    Ethnicity("ha_nhi", "Hà Nhì", 35, 33, ("U Ní", "Xá U Ní")),
    Ethnicity("chu_ru", "Chu Ru", 36, 34),
    Ethnicity("lao", "Lào", 37, 35, ("Lào Bốc", "Lào Nọi", "Lào Lùm")),
    Ethnicity("la_chi", "La Chí", 38, 36, ("Cù Tê", "La Quả")),
    Ethnicity("la_ha", "La Ha", 39, 40, ("Khlá Phlạo",)),
    Ethnicity("phu_la", "Phù Lá", 40, 38, ("Bồ Khô Pạ", "Mu Di Pạ", "Xá Phó", "Phổ", "Va Xơ Lao", "Pu Dang")),
    Ethnicity("la_hu", "La Hủ", 41, 39, ("Cò Xung", "Khù Sung", "Khả Quy")),
    Ethnicity("lu", "Lự", 42, 42, ("Nhuồn Duôn",)),
    Ethnicity("lo_lo", "Lô Lô", 43, 45, ("Mun Di",)),
    Ethnicity("chut", "Chứt", 44, 44),
    Ethnicity("mang", "Mảng", 45, 46, ("Mảng Ư",)),
    Ethnicity("pa_then", "Pà Thẻn", 46, 41),
    Ethnicity("co_lao", "Cơ Lao", 47, 47),
    Ethnicity("cong", "Cống", 48, 49, ("Xắm Khống", "Mông Nhé", "Xá Xeng")),
    Ethnicity("bo_y", "Bố Y", 49, 48, ("Chủng Chá", "Trọng Gia", "Tu Dí", "Tu Dìn")),
    Ethnicity("si_la", "Si La", 50, 50, ("Cù Dề Xừ", "Khả Pẻ")),
    Ethnicity("pu_peo", "Pu Péo", 51, 51),
    Ethnicity("brau", "Brâu", 52, 53),
    Ethnicity("o_du", "Ơ Đu", 53, 54),
    Ethnicity("ro_mam", "Rơ Măm", 54, 52),
    Ethnicity("other", "Dân tộc khác", None, None, ("Khác",)),
    Ethnicity("foreign", "Quốc tịch gốc nước ngoài", 55, 55, ("Người nước ngoài",)),
)

ETHNICITY_CHOICES = [(ethnicity.code, ethnicity.label) for ethnicity in ETHNICITIES]

MINORITIES = frozenset(ethnicity.code for ethnicity in ETHNICITIES) - {"kinh", "foreign"}
"""Dân tộc thiểu số: everybody of Vietnam but the Kinh."""


class Religion(models.TextChoices):
    """No religion, or one of the sixteen recognised: those of 1019/QĐ-TCTK, 12/11/2008, and two recognised later."""

    NONE = "none", "Không"
    BUDDHISM = "buddhism", "Phật giáo"
    CATHOLICISM = "catholicism", "Công giáo"
    HOA_HAO = "hoa_hao", "Phật giáo Hòa Hảo"
    CAO_DAI = "cao_dai", "Cao Đài"
    PROTESTANTISM = "protestantism", "Tin Lành"
    ISLAM = "islam", "Hồi giáo"
    MINH_SU = "minh_su", "Minh Sư đạo"
    MINH_LY = "minh_ly", "Minh Lý đạo"
    PURE_LAND = "pure_land", "Tịnh độ cư sĩ Phật hội Việt Nam"
    TU_AN_HIEU_NGHIA = "tu_an_hieu_nghia", "Đạo Tứ Ân Hiếu Nghĩa"
    BUU_SON_KY_HUONG = "buu_son_ky_huong", "Bửu Sơn Kỳ Hương"
    BAHAI = "bahai", "Ba Ha'i"
    BRAHMANISM = "brahmanism", "Bà La Môn"
    MORMONISM = "mormonism", "Mặc Môn"
    TA_LON = "ta_lon", "Phật giáo Hiếu Nghĩa Tà Lơn"
    ADVENTISM = "adventism", "Cơ đốc Phục lâm"
    OTHER = "other", "Đạo khác"


RELIGION_GROUPS = (
    Religion.BUDDHISM,
    Religion.CATHOLICISM,
    Religion.HOA_HAO,
    Religion.CAO_DAI,
    Religion.PROTESTANTISM,
    Religion.ISLAM,
    Religion.OTHER,
)
"""The seven rows of religions in Party form 4-BTCTW (11-HD/BTCTW, 13/12/2021), in their order."""

RELIGION_ALIASES = {
    Religion.NONE: ("Không có", "Không theo đạo", "Không tôn giáo"),
    Religion.BUDDHISM: ("Phật", "Đạo Phật"),
    Religion.CATHOLICISM: ("Thiên Chúa", "Thiên Chúa giáo", "Đạo Thiên Chúa", "Đạo Công giáo"),
    Religion.HOA_HAO: ("Hòa Hảo", "Đạo Hòa Hảo"),
    Religion.CAO_DAI: ("Đạo Cao Đài",),
    Religion.PROTESTANTISM: ("Đạo Tin Lành",),
    Religion.ISLAM: ("Hồi", "Đạo Hồi"),
    Religion.TU_AN_HIEU_NGHIA: ("Tứ Ân Hiếu Nghĩa",),
    Religion.OTHER: ("Khác", "Tôn giáo khác"),
}


def religion_group(religion):
    """Return the row of `RELIGION_GROUPS` in which a religion is counted, None for no religion."""
    religion = Religion(religion)
    if religion is Religion.NONE:
        return None
    return religion if religion in RELIGION_GROUPS else Religion.OTHER


BRANCH = re.compile(
    r"(?:do|den|trang|hoa|xanh|vang|tien|quan chet|quan trang|ao dai|dau bang|thanh y|lo gang|khau|tuyen|leng|sua|si)"
)
"""What the branches of a people are called by behind its name: Dao đỏ, Mông hoa, Hà Nhì đen."""

BRACKETED = re.compile(r"^([^()]+?) ?\(([^()]+)\)$")


def find_ethnicity(text):
    """Return the code of the people named in `text`, however it is spelt or marked; None when it is not known.

    "Người Mông", "Dân tộc Thái" and a branch, "Dao đỏ", are that people; two names, "Mông (H'Mông)", if both are.
    """
    words = re.sub(r"^(?:nguoi|dan toc|d\.?t\.?|dtoc)[ :.]+(?!khac|nuoc ngoai)", "", search_key(text))
    known = _ETHNICITY_CODES.get(_name_key(text)) or _ETHNICITY_CODES.get(_name_key(words))
    if known:
        return known
    if named := BRACKETED.match(words):
        one, other = map(find_ethnicity, named.groups())
        return one if one and (one == other or (other is None and BRANCH.fullmatch(named[2]))) else None
    for parts in (1, 2):
        name, branch = words.split()[:-parts], " ".join(words.split()[-parts:])
        if name and BRANCH.fullmatch(branch) and (known := _ETHNICITY_CODES.get(_name_key(" ".join(name)))):
            return known
    return None


def alike(text):
    """Return the labels of the peoples that a name may mean which is not known: Kháng and Khơ Mú of Xá."""
    name = _name_key(text)
    begun = [code for key, code in _ETHNICITY_CODES.items() if len(name) > 1 and key.startswith(name)]
    codes = begun or [_ETHNICITY_CODES[key] for key in get_close_matches(name, _ETHNICITY_CODES, 3)]
    return [_LABELS[code] for code in dict.fromkeys(codes)]


def find_religion(text):
    """Return the religion named in `text`, however it is spelt or marked; None when it is not known."""
    return _RELIGION_CODES.get(_name_key(text))


def _name_key(text):
    """Return the bare letters of a name: H’Mông, HMông and h mong are one."""
    return re.sub(r"[^a-z0-9]", "", search_key(text))


_ETHNICITY_CODES = {
    _name_key(name): ethnicity.code for ethnicity in ETHNICITIES for name in (ethnicity.label, *ethnicity.aliases)
}
_LABELS = dict(ETHNICITY_CHOICES)
_RELIGION_CODES = {
    _name_key(name): religion for religion in Religion for name in (religion.label, *RELIGION_ALIASES.get(religion, ()))
}
