"""Column headings that offices write over their lists, and which kind of column each means (synonyms).

A heading is found whole, with its marks ("Năm" is not "Nam") and with what its brackets add. What speaks of somebody
else than the member, of something that is no more, or of what the portal does not take is known as well: it means
`IGNORED`, and nothing that stands beneath it changes that.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from binhlu_portal.text.normal_forms import decomposed
from members.superior_sheet import OF_THE_SUPERIOR

from .column_types import COLUMN_TYPES, DATES, FEMALE, IGNORED, MALE, PART, column_type_of, one_value
from .heading_words import in_full, unnumbered
from .registers import REGISTERS, SHARED, headings_of_registers, own_kind, register_of
from .somebody_else import is_no_members
from .stay_headings import STAY_HEADINGS, WORK, told_gone
from .text_keys import key, marked_words

HEADINGS = {
    "number": "STT; TT; Số TT; Số thứ tự",
    "unit": "Tên chi bộ; Chi bộ sinh hoạt; Tổ chức đảng; Đơn vị; Chi bộ trực thuộc; Sinh hoạt tại chi bộ; "
    "Chi bộ nơi công tác; Chi bộ công tác; Chi bộ nơi làm việc; Chi bộ đang sinh hoạt",
    "full_name": "Họ tên; Họ và tên đảng viên; Họ tên đảng viên; Họ và tên đang dùng; Tên đảng viên; "
    "Họ và tên khai sinh, tên đang dùng; Họ, tên đệm và tên; Họ, chữ đệm và tên; Họ, đệm, tên",
    "full_name@family": "Họ; Họ và tên đệm; Họ tên đệm; Họ đệm; Họ và đệm; Họ lót; Họ và chữ đệm; Họ chữ đệm; "
    "Họ và tên lót; Họ tên lót; Họ và chữ lót; Họ và lót",
    "full_name@middle": "Đệm; Tên đệm; Chữ đệm; Chữ lót; Tên lót",
    "full_name@given": "Tên; Tên riêng; Tên chính",
    "birth_name": "Họ và tên khai sinh; Họ tên khai sinh; Tên khai sinh",
    "alias": "Tên gọi khác; Tên thường gọi",
    "male": "Nam",
    "female": "Nữ",
    "gender": "Giới; Nam nữ; Phái; GT",
    "born_on": "Ngày tháng năm sinh; Năm sinh; Ngày năm sinh; Sinh ngày; Sinh; NTNS; NS",
    "born_on@part": "Tháng sinh; Ngày tháng sinh",
    "hometown": "Quê; Nguyên quán; Xã phường QQ; Xã QQ; Huyện QQ; Tỉnh QQ",
    "residence": "Thường trú; Hộ khẩu thường trú; HKTT; Nơi cư trú; Nơi ở; Nơi ở hiện nay; Chỗ ở hiện nay; Địa chỉ; "
    "Địa chỉ thường trú",
    "temporary_residence": "Tạm trú",
    "phone": "Số điện thoại; SĐT; Số ĐT; Điện thoại di động; Di động",
    "citizen_id": "CCCD; Số CCCD; Căn cước; Căn cước công dân; Số căn cước; Số căn cước công dân; Số định danh; "
    "Mã định danh; Mã số định danh cá nhân; CMND; Số CMND; CMND/CCCD; Số CMND/CCCD; CCCD/CMND",
    "card_number": "Số thẻ; Số thẻ Đảng; Số thẻ ĐV; Số TĐV; Thẻ đảng viên; Thẻ Đảng",
    "old_card_number": "Số thẻ Đảng cũ; Số thẻ đảng viên cũ; Thẻ cũ",
    "card_issued_on": "Ngày cấp thẻ Đảng; Ngày cấp thẻ đảng viên",
    "profile_number": "Số LL; SLL; Số lý lịch đảng viên",
    "joined_on": "Vào Đảng; Kết nạp; Ngày kết nạp; Ngày kết nạp Đảng; Ngày vào Đảng dự bị; Ngày dự bị; Dự bị; DB; KN; "
    "Ngày KN; Ngày KN Đảng; Ngày tháng năm kết nạp; Ngày vào ĐCSVN; Ngày VĐ; Lễ kết nạp; "
    "Ngày lễ kết nạp; Ngày tổ chức lễ kết nạp; Ngày kết nạp dự bị",
    "joined_at": "Nơi kết nạp; Nơi vào Đảng",
    "decided_on": "Ngày quyết định kết nạp; Ngày QĐ kết nạp; Quyết định kết nạp ngày",
    "official_on": "Chính thức; Ngày vào Đảng chính thức; Ngày vào Đảng CT; Ngày CT; Công nhận chính thức; "
    "Ngày công nhận chính thức; Ngày chuyển chính thức; Ngày vào chính thức; Chuyển chính thức; CT",
    "occupation_when_admitted": "Nghề nghiệp trước khi vào Đảng; Nghề nghiệp khi được kết nạp",
    "introducers": "Họ tên người giới thiệu; Họ và tên người giới thiệu; Người giới thiệu vào Đảng",
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
    "Chức vụ, đơn vị công tác; Chức vụ công tác; Nghề nghiệp, chức vụ; "
    "Nghề nghiệp, nơi công tác",
    **STAY_HEADINGS,
    "note": "GC; Chú thích",
    IGNORED: "Năm; Tháng; Ngày; Tuổi; Tuổi đời; Tuổi Đảng; Số tuổi Đảng; Khen thưởng; "
    f"{WORK}; Ngày cấp; Nơi cấp; Ký tên; Ký nhận; Chữ ký; Đảng phí; Mức đóng; Lương; Hệ số; Email; Ảnh",
}
"""Headings besides the names that fields have on screen; ĐT and DT are one without their marks, so neither is here."""

BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
BEFORE_BRACKETS = re.compile(r"\s*\n\s*(?=[(\[])")
BETWEEN = re.compile(r"[/,;\n&+]|\bvà\b", re.IGNORECASE)
HINT = re.compile(
    r"(?:(?:chu|viet) )?(?:in )?hoa|dong|chu thuong|(?:ghi|viet|theo|danh dau|dau|neu|tinh den|den ngay)\b.*|x|moi"
    r"|.*\byy(?:yy)?\b|ngay thang nam|(?:gom )?[0-9]+ (?:chu |ky )?so|(?:khong )?bat buoc"
    r"|(?:(?:thon|ban|xom|to|xa|phuong|huyen|quan|tinh|thanh pho) ?)+|hien (?:nay|tai)|dang dung|"
)
"""What brackets may say without changing what a heading means."""

REFINED = {
    ("joined_on", "official_on"),
    ("residence", "temporary_residence"),
    ("full_name", "alias"),
    ("born_on", MALE),
    ("born_on", FEMALE),
    ("gender", MALE),
    ("gender", FEMALE),
}
"""Kinds of a heading and of its brackets where the brackets say which it is."""

NOT_TAKEN = re.compile(
    r"\b(?:bhyt|bhxh|bao hiem|ngan hang|tai khoan|huy hieu|khen thuong|ky luat|email|het han|noi cap|ngay cap|tuoi|"
    r"de nghi|de xuat|tu nhan|tu xep loai|tu danh gia|"
    r"dang phi|muc dong|so tien|thue|luong|chuyen di|tu tran|ky ten|chu ky|xep loai|danh gia|phan loai)\b"
)
"""Words of what the portal does not take from lists."""

PARTS_OF_A_DATE = frozenset({"ngày", "tháng", "năm", "ngay", "thang", "ngày tháng", "ngay thang"})
"""What stands over the parts of one date; without its mark, Năm cannot be told from Nam."""

TELLING = frozenset({"cccd", "cmnd", "llct", "cmnv", "sdt"})
"""Single words that mean the same in any heading; others, as "sinh", mean too much."""


def every_heading() -> Iterator[tuple[str, str]]:
    """Yield (heading, kind) of all that is known: of the card, of each register, and of what registers share."""
    for kind in (IGNORED, *COLUMN_TYPES):
        if "+" not in kind and "=" not in kind and register_of(kind) is None:
            yield from ((COLUMN_TYPES[kind].label, kind),) if kind and PART not in kind else ()
            yield from ((heading, kind) for heading in HEADINGS.get(kind, "").split("; ") if heading)
    for kind, headings in (*OF_THE_SUPERIOR, *headings_of_registers()):
        yield from ((heading, kind) for heading in headings.split("; ") if heading)


@cache
def marked() -> dict[str, dict[tuple[str, ...], str]]:
    """Return the headings as they are marked, {marked words: kind}, by their bare words."""
    found = defaultdict(dict)
    headings = [*every_heading()]
    for heading, kind in headings + [(in_full(heading), kind) for heading, kind in headings]:
        found[key(heading)].setdefault(marked_words(heading), kind)
    return found


@cache
def _parted():
    """Return the headings of one column that look as if they named several."""
    return frozenset(key(in_full(heading)) for heading, _ in every_heading() if BETWEEN.search(heading))


@cache
def _within():
    """Return [(bare words, kind)] of the headings of the card that mean the same within others, the longest first."""
    words = {key(heading): kind for heading, kind in every_heading() if "?" not in kind and register_of(kind) is None}
    found = [(text, kind) for text, kind in words.items() if kind and PART not in kind]
    return sorted((each for each in found if " " in each[0] or each[0] in TELLING), key=lambda each: -len(each[0]))


@lru_cache(maxsize=5_000)
def exact(text: str) -> str | None:
    """Exact match of a heading: the kind of column that `text` means, or None.

    One that names several is made of their kinds, with a plus.
    """
    return next((kind for kind, _ in _numbered(text)), None) or _meaning(text)[0]


def find(above: str, heading: str) -> tuple[str, bool]:
    """Match a heading beneath the shared heading `above`: (kind of column, whether this is sure).

    `IGNORED` is sure where the heading is known and the portal takes nothing from it, unsure where it says nothing.
    What is the same over columns of many registers is of the one that the shared heading names.
    """
    kind, sure = next(_numbered(above, heading), None) or _find(above, heading)
    register = register_of(exact(above) or "") if kind.startswith(SHARED) else None
    own = own_kind(register.name, kind.partition(".")[2]) if register else ""
    return (own or kind, sure)


def _numbered(*texts):
    """Yield (kind, whether this is sure) of a heading that tells of one of several records: "Xếp loại năm 2025"."""
    whole = " ".join(texts)
    for register in REGISTERS.values():
        numbers = register.numbers_in(whole)
        if len(numbers) == 1 and not is_no_members(whole):
            kind, sure = _find(*["", *map(register.without_number, texts)][-2:])
            if own := register.numbered_kind(kind, whole):
                yield f"{own}#{numbers[0]}", sure


def _find(above, heading):
    """Match a heading beneath a shared one, as `find` does for one without a number."""
    texts = [text for text in (f"{above} {heading}".strip(), heading, above) if text]
    if above and exact(texts[0]) in (None, IGNORED) and (one := one_value(exact(above) or "", heading)):
        return one, True
    if any(is_no_members(text) and exact(text) in (None, IGNORED) for text in texts):
        return IGNORED, True
    if above and exact(above) == "introducers":
        return ("introducers", True) if exact(heading) == "full_name" else (IGNORED, True)
    if above and " ".join(marked_words(heading)) in PARTS_OF_A_DATE and exact(above) in DATES:
        return f"{exact(above)}{PART}", True
    for text in texts:
        found, sure = _meaning(text)
        if found is None or not (found == IGNORED or found.startswith(SHARED) or column_type_of(found)):
            continue
        if text == texts[0] or not (found.startswith(SHARED) or register_of(found)):
            return found, sure
        if text == heading:
            return _beneath(above, found, sure)
    if texts and (gone := told_gone(texts[0])):
        return gone, False
    if register_of(exact(above) or ""):
        return IGNORED, False  # it may be a part of what is read above
    if any(NOT_TAKEN.search(key(text)) for text in texts):
        return IGNORED, True
    return next((found for found in map(within, texts) if found), IGNORED), False


def _beneath(above, found, sure):
    """Return what the heading of a register means beneath another: nothing where that is about something else.

    What stands above alone says nothing of a heading that is not known: "Công chức" beneath "Xếp loại".
    """
    known = exact(above)
    if known == IGNORED:
        return IGNORED, True
    if known is None and above and NOT_TAKEN.search(key(above)):
        return IGNORED, False
    return found, sure


def within(text: str) -> str | None:
    """Partial match of a heading: the kind of column that the longest known heading within `text` means, or None."""
    words = f" {key(text)} "
    return next((kind for heading, kind in _within() if f" {heading} " in words), None)


@lru_cache(maxsize=5_000)
def _meaning(text):
    """Return (kind of a whole heading or None, whether this is sure): its brackets may say more of it."""
    text = BEFORE_BRACKETS.sub(" ", unnumbered(text))
    found = _known(text.translate(str.maketrans("()[]", "    ")))
    if found is not None:
        return found, True
    if is_no_members(text):
        return IGNORED, True
    bare, inner = BRACKETS.sub(" ", text), " ".join(BRACKETS.findall(text))
    found = _known(bare)
    if not inner or found is None:
        return found, True
    if " ".join(marked_words(inner)) in PARTS_OF_A_DATE and found in DATES:
        return f"{found}{PART}", True
    said = _known(inner)
    if (found, said) in REFINED:
        return said, True
    return found, said == found or HINT.fullmatch(key(inner)) is not None


def _known(text):
    """Return the kind of column of a heading without brackets, or of several parted by signs."""
    if key(in_full(text)) in _parted():
        return _word(text)
    parts = [_word(part) for part in BETWEEN.split(text) if key(part)]
    if parts[:2] == [MALE, FEMALE]:
        parts[:2] = ["gender"]
    if len(parts) > 1 and len(set(parts)) == len(parts) and all(map(_may_share, parts)):
        return "+".join(parts)
    return _word(text)


def _may_share(kind):
    """Whether values of a kind may share their cells with others."""
    return kind in COLUMN_TYPES and COLUMN_TYPES[kind].read is not None and not COLUMN_TYPES[kind].whole


def _word(text):
    """Return the kind of a heading of the table, as it stands or in full."""
    found = _as_typed(text)
    return _as_typed(in_full(text)) if found is None else found


def _as_typed(text):
    """Return the kind of a heading of the table; a word with marks must bear those that the table has."""
    typed, known = marked_words(text), marked().get(key(text), {})
    if typed in known:
        return known[typed]
    return next((kind for words, kind in known.items() if _alike(typed, words)), None)


def _alike(typed, known):
    """Whether words typed with marks bear those of the known ones, on whichever of two vowels the tone stands."""
    return all(
        mine.isascii() or sorted(decomposed(mine)) == sorted(decomposed(theirs))
        for mine, theirs in zip(typed, known, strict=False)
    )
