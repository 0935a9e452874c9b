"""Level parsers: schooling, training, work and posts as lists write them, in short forms and with words around."""

import re
from datetime import date
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members import choices
from members.choices import Education, Occupation, Post, Qualification, Theory

from .text_keys import key

CLASSES = {
    10: {1: Education.LITERATE, 4: Education.PRIMARY, 7: Education.LOWER_SECONDARY, 10: Education.UPPER_SECONDARY},
    12: {1: Education.LITERATE, 5: Education.PRIMARY, 9: Education.LOWER_SECONDARY, 12: Education.UPPER_SECONDARY},
}
"""The level reached with each class, in the system of ten classes (until 1989) and in that of twelve."""

GRADE = re.compile(r"(?:lop )?(?P<reached>\d{1,2})\s*/\s*(?P<of>1[02])(?P<rest>.*)")
CLASS = re.compile(r"(?:lop )?(?P<reached>\d{1,2})")

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
POSTS = {
    Post.SECRETARY: ("BT", "bí thư chi bộ", "BT chi bộ", "BTCB", "bí thư CB"),
    Post.DEPUTY_SECRETARY: ("PBT", "phó bí thư chi bộ", "PBT chi bộ", "PBTCB", "phó BT", "phó bí thư CB"),
    Post.COMMITTEE_MEMBER: ("chi ủy viên", "CUV", "chi ủy", "ủy viên chi ủy", "UV chi ủy", "UV", "ủy viên"),
    Post.AGENCY_HEAD: ("thủ trưởng", "thủ trưởng cơ quan", "thủ trưởng đơn vị"),
    Post.VILLAGE_HEAD: ("trưởng thôn",),
    Post.FRONT_HEAD: ("trưởng ban CTMT", "trưởng ban công tác mặt trận bản", "TBCTMT", "trưởng ban mặt trận"),
}
NO_POST = frozenset({"dang vien", "dv", "khong", "dang vien chinh thuc", "dang vien du bi"})
AND = re.compile(r"\s*(?:[,;\n+/&]|\bkiêm\b|\bvà\b|\s-\s)\s*", re.IGNORECASE)

HOW_EDUCATION = "Ghi lớp và hệ, ví dụ: 12/12, 7/10 BTVH, hoặc cấp học: Tiểu học, THCS, THPT."


def _by_word(choices, more):
    """Return {words: code} of a list of codes: labels, codes themselves and the other words for them."""
    return {key(word): code for code in choices for word in (code.label, code.value, *more.get(code, ()))}


EDUCATION_WORDS = _by_word(Education, EDUCATIONS)
QUALIFICATION_WORDS = _by_word(Qualification, QUALIFICATIONS)
THEORY_CODES = _by_word(Theory, THEORIES)
OCCUPATION_WORDS = _by_word(Occupation, OCCUPATIONS)
POST_WORDS = _by_word(POSTS, POSTS)


def read_education(value: Any, day: date) -> dict[str, Any]:
    """Parse schooling: the level, with class and system where they are given.

    A spreadsheet makes a date of "12/12" and "7/10"; there the larger system tells which number is the class.
    """
    text = _grade_of(value) if isinstance(value, date) else as_text(value)
    words = re.sub(r"^(?:da )?(?:tot nghiep|tn) ", "", key(text))
    graded = GRADE.fullmatch(re.sub(r"\s+", " ", text.lower().replace("lớp", "lop").strip()))
    if graded:
        level = _reached(int(graded["reached"]), int(graded["of"]))
        if level:
            return {"state.education": level, "state.education_grade": text}
    elif words in EDUCATION_WORDS:
        return {"state.education": EDUCATION_WORDS[words]}
    elif CLASS.fullmatch(words):
        levels = {_reached(int(CLASS.fullmatch(words)["reached"]), system) for system in CLASSES} - {None}
        if len(levels) == 1:
            return {"state.education": levels.pop()}
    raise ValueError(HOW_EDUCATION)


def read_qualification(value: Any, day: date) -> dict[str, Any]:
    """Parse qualification: the highest professional level, and the field of study where one follows: "ĐH Luật"."""
    text, rest = as_text(value), []
    words = key(text).split()
    while words:
        code = QUALIFICATION_WORDS.get(" ".join(words))
        if code:
            speciality = _last_words(text, len(rest))
            found = {"state.qualification": code}
            return found | {"state.speciality": speciality} if speciality else found
        rest.append(words.pop())
    raise ValueError("Ghi: " + _labels(Qualification) + ".")


def read_theory(value: Any, day: date) -> dict[str, Any]:
    """Parse political theory: "TC", "Cao cấp LLCT", "Trung cấp LLCT-HC"."""
    code = THEORY_CODES.get(key(THEORY_WORDS.sub(" ", key(as_text(value)))))
    if code is None:
        raise ValueError("Ghi: " + _labels(Theory) + ".")
    return {"state.theory": code}


def read_occupation(value: Any, day: date) -> dict[str, Any]:
    """Parse occupation, the kind of work."""
    code = OCCUPATION_WORDS.get(key(as_text(value)))
    if code is None:
        raise ValueError(f"Ghi một mục trong danh mục nghề nghiệp, ví dụ: {Occupation.FARMER.label}.")
    return {"state.occupation": code}


def read_posts(value: Any, day: date) -> dict[str, Any]:
    """Parse posts, the one in the Party and that outside it; "Bí thư kiêm Trưởng bản" is both.

    A secretary is a member of the committee as well: the highest post says both.
    """
    found = {}
    for part in filter(None, map(key, AND.split(str(value)))):
        if part in NO_POST:
            continue
        code = POST_WORDS.get(part)
        if code is None:
            raise ValueError("Ghi: " + "; ".join(post.label for post in POSTS) + "; chức vụ khác ghi ở cột công việc.")
        name = "position.open_post" if code in choices.OPEN_POSTS else "position.post"
        if name in found and code in choices.OPEN_POSTS:
            raise ValueError(f"Ghi một chức vụ: {found[name].label} hoặc {code.label}.")
        found[name] = min(found.get(name, code), code, key=list(Post).index)
    return found


def _labels(choices):
    return "; ".join(choices.labels)


def _reached(reached, system):
    """Return the level of someone who has reached a class, or None where there is no such class."""
    if not 1 <= reached <= system:
        return None
    return CLASSES[system][max(end for end in CLASSES[system] if end <= reached)]


def _grade_of(day):
    """Return the class and system that a spreadsheet has taken for a day of the year."""
    reached, system = (day.day, day.month) if day.month in CLASSES and day.day <= day.month else (day.month, day.day)
    return f"{reached}/{system}"


def _last_words(text, count):
    """Return the last `count` words of `text`, counted as `key` counts them."""
    words = text.split()
    start = len(words)
    while count > 0 and start:
        start -= 1
        count -= len(key(words[start]).split())
    return " ".join(words[start:]).strip(" ,;:()-–")
