"""The sheet by which a superior's office updates the national database of members: its columns, and how it cuts places.

`superior_sheet.txt` says since when its columns are known and how surely. What is written is read as any list of an
office (`roster_import/headers.py`), so its headings stand there and nowhere else.
"""

from pathlib import Path

from .places import is_country, province_of

HEADINGS: tuple[tuple[str, str], ...] = tuple(
    tuple(line.split(" | "))
    for line in Path(__file__).with_suffix(".txt").read_text().splitlines()
    if line and not line.startswith("#")
)
"""The columns in their order: (kind as lists call it, heading)."""

OF_THE_SUPERIOR = (
    *HEADINGS,
    ("unit", "Tổ chức đảng đang sinh hoạt; Tổ chức đảng đang sinh hoạt chính thức"),
    ("", "Loại đảng viên; Phân loại đối tượng"),
)
"""What headings of the superior mean: those of the sheet, and those that the database is said to have on screen."""

COUNTRY = "Việt Nam"

DETAIL, PROVINCE, NATION = "@detail", "@province", "@country"
"""Endings of the kinds that hold a part of a place, in the order in which a place is written."""

HERE, DIED, MOVED, GONE, EXEMPT = (
    "Đang sinh hoạt Đảng",
    "Đã từ trần",
    "Đã chuyển sinh hoạt",
    "Đã ra khỏi Đảng",
    "Miễn sinh hoạt Đảng",
)
"""What the sheet says of how somebody stands."""

PRESENT = (HERE, EXEMPT, "Đang sinh hoạt", "Đang hoạt động", "Hoạt động", "Miễn sinh hoạt", "Miễn công tác, sinh hoạt")
"""What such sheets say of whoever is still there."""


def parts_of_place(text: str) -> dict[str, str]:
    """Return a place in three columns; the country is said where the province is one of Vietnam, or it stands last."""
    before, _, last = text.rpartition(", ")
    if is_country(last):
        detail, _, province = before.rpartition(", ")
        return {DETAIL: detail, PROVINCE: province, NATION: last}
    if not province_of(last):
        return {DETAIL: text, PROVINCE: "", NATION: ""}
    return {DETAIL: before, PROVINCE: last, NATION: COUNTRY}
