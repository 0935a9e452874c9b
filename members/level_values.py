"""Levels and work of a member as people type them: one reader for each field, whatever door it comes by.

What says two fields at once ("ĐH Luật", "12/12") only a list can read, which has a cell for both.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from binhlu_portal.text.typed_text import as_text, key
from members.choices import Education, Occupation, Qualification, Theory

EDUCATIONS = {
    Education.ILLITERATE: ("mù chữ", "không biết chữ", "chưa biết chữ"),
    Education.LITERATE: ("biết đọc, biết viết", "biết chữ", "xóa mù chữ", "XMC"),
    Education.PRIMARY: ("cấp 1", "cấp I"),
    Education.LOWER_SECONDARY: ("THCS", "cấp 2", "cấp II", "PTCS"),
    Education.UPPER_SECONDARY: ("THPT", "PTTH", "cấp 3", "cấp III"),
}
QUALIFICATIONS = {
    Qualification.NONE: ("không", "chưa", "chưa có", "chưa đào tạo", "chưa qua ĐT", "không có"),
    Qualification.ELEMENTARY: ("SC", "sơ cấp", "công nhân kỹ thuật", "CNKT", "sơ cấp nghề"),
    Qualification.INTERMEDIATE: ("TC", "THCN", "trung học chuyên nghiệp", "trung cấp nghề", "TCCN"),
    Qualification.COLLEGE: ("CĐ", "cao đẳng nghề"),
    Qualification.UNIVERSITY: ("ĐH", "cử nhân", "CN", "kỹ sư", "KS"),
    Qualification.MASTER: ("ThS", "thạc sỹ", "cao học"),
    Qualification.DOCTOR: ("TS", "tiến sỹ"),
    Qualification.DOCTOR_OF_SCIENCE: ("TSKH", "tiến sỹ khoa học"),
}
THEORIES = {
    Theory.NONE: ("không", "chưa", "chưa có", "chưa học", "chưa qua đào tạo"),
    Theory.ELEMENTARY: ("SC",),
    Theory.INTERMEDIATE: ("TC",),
    Theory.ADVANCED: ("CC",),
    Theory.BACHELOR: ("CN", "ĐH", "đại học"),
}
THEORY_WORDS = re.compile(r"\b(?:ly luan|chinh tri|llct|lltc|ct|hanh chinh|hc)\b")
"""What may follow a level of political theory without changing it."""

OCCUPATIONS = {
    Occupation.COMMUNE_OFFICIAL: ("cán bộ xã", "công chức xã", "cán bộ, công chức xã", "CBCC xã"),
    Occupation.COMMUNE_PART_TIME: ("không chuyên trách xã", "cán bộ không chuyên trách xã", "KCT xã"),
    Occupation.VILLAGE_PART_TIME: ("không chuyên trách bản", "cán bộ bản", "KCT bản", "không chuyên trách thôn bản"),
    Occupation.PUBLIC_SERVICE: ("viên chức", "giáo viên", "GV", "viên chức y tế", "viên chức giáo dục"),
    Occupation.ENTERPRISE_WORKER: ("công nhân",),
    Occupation.FARMER: ("nông dân", "làm ruộng", "làm nương", "nông nghiệp", "trồng trọt", "chăn nuôi", "lâm nghiệp"),
    Occupation.ARMED_FORCES: ("quân đội", "công an", "bộ đội", "quân nhân", "sĩ quan", "bộ đội, công an"),
    Occupation.RETIRED: ("hưu trí", "hưu", "nghỉ hưu", "mất sức", "cán bộ hưu trí", "hưu trí, mất sức"),
    Occupation.OTHER: ("tự do", "lao động tự do", "nghề tự do", "khác"),
}

HOW_EDUCATION = "Ghi lớp và hệ, ví dụ: 12/12, 7/10 BTVH, hoặc cấp học: Tiểu học, THCS, THPT."


def by_word(choices: Iterable, more: Mapping) -> dict[str, str]:
    """Return {words: code} of a list of codes: labels, codes themselves and the other words for them."""
    return {key(word): code for code in choices for word in (code.label, code.value, *more.get(code, ()))}


EDUCATION_WORDS = by_word(Education, EDUCATIONS)
QUALIFICATION_WORDS = by_word(Qualification, QUALIFICATIONS)
THEORY_CODES = by_word(Theory, THEORIES)
OCCUPATION_WORDS = by_word(Occupation, OCCUPATIONS)


def without_graduated(text: str) -> str:
    """Return the bare words of schooling without those that say it was completed."""
    return re.sub(r"^(?:da )?(?:tot nghiep|tn) ", "", key(text))


def read_education(value: Any, day: date | None = None) -> str:
    """Read schooling by any of its words: THCS, cấp 2."""
    return _found(EDUCATION_WORDS, without_graduated(as_text(value)), HOW_EDUCATION)


def read_qualification(value: Any, day: date | None = None) -> str:
    """Read the highest professional level by any of its words: ĐH, kỹ sư."""
    return _found(QUALIFICATION_WORDS, key(as_text(value)), f"Ghi: {'; '.join(Qualification.labels)}.")


def read_theory(value: Any, day: date | None = None) -> str:
    """Read political theory: "TC", "Cao cấp LLCT", "Trung cấp LLCT-HC"."""
    words = key(THEORY_WORDS.sub(" ", key(as_text(value))))
    return _found(THEORY_CODES, words, f"Ghi: {'; '.join(Theory.labels)}.")


def read_occupation(value: Any, day: date | None = None) -> str:
    """Read occupation, the kind of work."""
    told = f"Ghi một mục trong danh mục nghề nghiệp, ví dụ: {Occupation.FARMER.label}."
    return _found(OCCUPATION_WORDS, key(as_text(value)), told)


def _found(codes, words, otherwise):
    """Return the code that words mean. Raises ValueError with a sentence where they mean none."""
    if words not in codes:
        raise ValueError(otherwise)
    return codes[words]
