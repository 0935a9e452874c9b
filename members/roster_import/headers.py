"""Column headings that offices write over their lists, and which kind of column each means (synonyms)."""

import re
from functools import lru_cache

from .column_types import COLUMN_TYPES, FEMALE, MALE, column_type_of
from .text_keys import key

HEADINGS = {
    "number": "STT; TT; Số TT; Số thứ tự",
    "unit": "Tên chi bộ; Chi bộ sinh hoạt; Tổ chức đảng; Đơn vị; Chi bộ trực thuộc; Sinh hoạt tại chi bộ",
    "full_name": "Họ tên; Họ và tên đảng viên; Họ tên đảng viên; Họ và tên đang dùng; Họ và tên đệm; Họ đệm; "
    "Họ và đệm; Tên; Tên đảng viên; Họ và tên khai sinh, tên đang dùng",
    "birth_name": "Họ và tên khai sinh; Tên khai sinh",
    "alias": "Tên gọi khác; Tên thường gọi",
    "male": "Nam",
    "female": "Nữ",
    "gender": "Giới; Nam nữ; Phái",
    "born_on": "Ngày tháng năm sinh; Năm sinh; Ngày năm sinh; Sinh ngày; Sinh; NTNS; NS",
    "hometown": "Quê; Nguyên quán; Xã phường QQ; Xã QQ; Huyện QQ; Tỉnh QQ",
    "residence": "Thường trú; Hộ khẩu thường trú; HKTT; Nơi cư trú; Nơi ở; Nơi ở hiện nay; Chỗ ở hiện nay; Địa chỉ; "
    "Địa chỉ thường trú",
    "temporary_residence": "Tạm trú",
    "phone": "Số điện thoại; SĐT; Số ĐT; Điện thoại di động; Di động",
    "citizen_id": "CCCD; Số CCCD; Căn cước; Căn cước công dân; Số căn cước; Số căn cước công dân; Số định danh; "
    "Mã định danh; Mã số định danh cá nhân; CMND; Số CMND; CMND/CCCD; Số CMND/CCCD; CCCD/CMND",
    "card_number": "Số thẻ; Số thẻ Đảng; Số thẻ ĐV; Số TĐV; Thẻ đảng viên; Thẻ Đảng",
    "card_issued_on": "Ngày cấp thẻ Đảng; Ngày cấp thẻ đảng viên",
    "profile_number": "Số LL; SLL; Số lý lịch đảng viên",
    "joined_on": "Vào Đảng; Kết nạp; Ngày kết nạp; Ngày kết nạp Đảng; Ngày vào Đảng dự bị; Ngày dự bị; Dự bị",
    "joined_at": "Nơi kết nạp; Nơi vào Đảng",
    "decided_on": "Ngày quyết định kết nạp; Ngày QĐ kết nạp; Quyết định kết nạp ngày",
    "official_on": "Chính thức; Ngày vào Đảng chính thức; Ngày vào Đảng CT; Ngày CT; Công nhận chính thức; "
    "Ngày công nhận chính thức",
    "occupation_when_admitted": "Nghề nghiệp trước khi vào Đảng; Nghề nghiệp khi được kết nạp",
    "youth_union_on": "Vào Đoàn",
    "enlisted_on": "Nhập ngũ",
    "discharged_on": "Xuất ngũ",
    "health": "Tình trạng sức khỏe",
    "disability_class": "Thương binh",
    "handbook_installed_on": "Ngày cài Sổ tay ĐVĐT; Ngày cài Sổ tay",
    "state.education": "Học vấn; Trình độ học vấn; Văn hóa; Trình độ văn hóa; TĐVH; TĐHV; VH; HV; GDPT; Trình độ GDPT; "
    "Giáo dục phổ thông; Phổ thông",
    "state.qualification": "Chuyên môn; Trình độ chuyên môn; Trình độ chuyên môn nghiệp vụ; CMNV; CM; Trình độ CMNV; "
    "Trình độ CM; TĐCM",
    "state.speciality": "Ngành đào tạo; Chuyên ngành đào tạo",
    "state.theory": "LLCT; Lý luận; Chính trị; Trình độ LLCT; Trình độ lý luận chính trị; TĐLLCT",
    "state.foreign_language": "Ngoại ngữ; Tin học; Tiếng dân tộc; Ngoại ngữ, tin học; Trình độ ngoại ngữ",
    "state.occupation": "Nghề nghiệp; Nghề nghiệp hiện nay",
    "state.job": "Công việc; Công việc hiện nay; Chức vụ chính quyền; Chức danh; Chức vụ, nơi công tác; "
    "Chức vụ, đơn vị công tác; Chức vụ công tác; Nơi công tác; Đơn vị công tác; Nghề nghiệp, chức vụ; "
    "Nghề nghiệp, nơi công tác",
    "position.post": "Chức vụ Đảng; Chức vụ trong Đảng; Chức vụ chi bộ; CV Đảng",
    "position.decision_number": "Số quyết định chuẩn y; Số QĐ chuẩn y; Quyết định chuẩn y",
    "position.decision_date": "Ngày quyết định chuẩn y; Ngày QĐ chuẩn y",
    "spell.started_on": "Ngày chuyển đến; Chuyển đến; Chuyển đến ngày; Ngày về chi bộ; Ngày tiếp nhận",
    "spell.came_from": "Chuyển đến từ; Từ chi bộ; Từ ĐBCS nào; Nơi sinh hoạt trước",
    "note": "GC; Chú thích",
}
"""Headings besides the names that fields have on screen; ĐT and DT are one without their marks, so neither is here."""

BRACKETS = re.compile(r"\([^)]*\)")
BETWEEN = re.compile(r"[/,;\n&+]|\bvà\b", re.IGNORECASE)

_ALL = [
    (heading, kind)
    for kind in COLUMN_TYPES
    if "+" not in kind
    for heading in (COLUMN_TYPES[kind].label, *filter(None, HEADINGS.get(kind, "").split("; ")))
]
WORDS = {key(heading): kind for heading, kind in _ALL}
PARTED = {key(heading): kind for heading, kind in _ALL if BETWEEN.search(heading)}
"""Headings of one column that look as if they named several."""

TELLING = frozenset({"cccd", "cmnd", "llct", "cmnv", "sdt"})
"""Single words that mean the same in any heading; others, as "sinh", mean too much."""

WITHIN = sorted((words for words in WORDS if " " in words or words in TELLING), key=len, reverse=True)


@lru_cache(maxsize=5_000)
def exact(text: str) -> str | None:
    """Exact match of a heading: the kind of column that `text` means, or None.

    One that names several is made of their kinds, with a plus.
    """
    bare = BRACKETS.sub(" ", text)
    if key(bare) in PARTED:
        return PARTED[key(bare)]
    parts = [WORDS.get(key(part)) for part in BETWEEN.split(bare) if key(part)]
    if parts[:2] == [MALE, FEMALE]:
        parts[:2] = ["gender"]
    if len(parts) > 1 and len(set(parts)) == len(parts) and all(part and COLUMN_TYPES[part].read for part in parts):
        return "+".join(parts)
    return WORDS.get(key(bare)) or WORDS.get(key(text))


def within(text: str) -> str | None:
    """Partial match of a heading: the kind of column that the longest known heading within `text` means, or None."""
    words = f" {key(text)} "
    return next((WORDS[heading] for heading in WITHIN if f" {heading} " in words), None)


def find(above: str, heading: str) -> tuple[str, bool]:
    """Match a heading beneath the shared heading `above`: (kind of column, whether this is sure); "" for none."""
    texts = [text for text in (f"{above} {heading}".strip(), heading, above) if text]
    for recognise, sure in ((exact, True), (within, False)):
        for text in texts:
            found = recognise(text)
            if found and column_type_of(found):
                return found, sure
    return "", False
