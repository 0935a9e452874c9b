"""Provinces of Vietnam, those of today and those before the mergers of 2025, and places as people type them."""

import re
from typing import Any

from binhlu_portal.text.typed_text import as_text
from binhlu_portal.text.vietnamese import search_key

NAMES = """
An Giang; Bà Rịa - Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình
Phước; Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia
Lai; Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hồ Chí Minh; Huế; Hưng Yên;
Khánh Hòa; Kiên Giang; Kon Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình;
Ninh Thuận; Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây
Ninh; Thái Bình; Thái Nguyên; Thanh Hóa; Thừa Thiên Huế; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh
Phúc; Yên Bái
"""

PROVINCES = frozenset(search_key(name) for name in NAMES.replace("\n", " ").strip().split("; "))
TITLE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+")
UNSAID = frozenset({"khong", "viet nam"})
"""Parts of a place that say nothing: that there is no such part, and the country of nearly all."""

COUNTRIES = frozenset(
    search_key(name)
    for name in (
        *("Lào", "CHDCND Lào", "Trung Quốc", "CHND Trung Hoa", "Campuchia", "Thái Lan", "Myanmar", "Liên Xô"),
        *("Nga", "Liên bang Nga", "Ukraina", "Đức", "CHDC Đức", "Ba Lan", "Séc", "Cộng hòa Séc", "Tiệp Khắc"),
        *("Hungary", "Bulgaria", "Pháp", "Anh", "Mỹ", "Hoa Kỳ", "Canada", "Úc", "Nhật Bản", "Hàn Quốc", "Đài Loan"),
        *("Malaysia", "Singapore", "Cuba"),
    )
)
"""Where members were born or live abroad, as cards have it."""


def is_country(text: str) -> bool:
    """Whether a text names a country other than Vietnam."""
    return search_key(text).strip() in COUNTRIES


def province_of(text: str) -> str:
    """Return the province that a text names, with bare letters; nothing where it names none."""
    bare = TITLE.sub("", search_key(text).strip())
    return bare if bare in PROVINCES else ""


def read_place(value: Any, day: Any = None) -> str:
    """Read a place: of its parts those that say something, as it stands where all do."""
    text = as_text(value)
    parts = [part.strip() for part in text.split(",")]
    said = [part for part in parts if search_key(part).strip(" .") not in UNSAID]
    return text if not said or len(said) == len(parts) else ", ".join(said)
