"""Level parsers: schooling, training, work and posts as lists write them, in short forms and with words around."""

import re
from datetime import date
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members import choices, level_values
from members.choices import Education, Post, Qualification
from members.level_values import EDUCATION_WORDS, HOW_EDUCATION, QUALIFICATION_WORDS, by_word

from . import cells
from .text_keys import key

CLASSES = {
    10: {1: Education.LITERATE, 4: Education.PRIMARY, 7: Education.LOWER_SECONDARY, 10: Education.UPPER_SECONDARY},
    12: {1: Education.LITERATE, 5: Education.PRIMARY, 9: Education.LOWER_SECONDARY, 12: Education.UPPER_SECONDARY},
}
"""The level reached with each class, in the system of ten classes (until 1989) and in that of twelve."""

GRADE = re.compile(r"(?:lop )?(?P<reached>\d{1,2})\s*/\s*(?P<of>1[02])(?P<rest>.*)")
CLASS = re.compile(r"(?:lop )?(?P<reached>\d{1,2})")

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


POST_WORDS = by_word(POSTS, POSTS)


def read_education(value: Any, day: date) -> dict[str, Any]:
    """Parse schooling: the level, with class and system where they are given.

    A spreadsheet makes a date of "12/12" and "7/10"; there the larger system tells which number is the class.
    """
    text = _grade_of(value) if isinstance(value, date) else as_text(value)
    words = level_values.without_graduated(text)
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


PEDAGOGIC = re.compile(r"\b(ĐH|CĐ|TC|DH|CD)SP\b", re.IGNORECASE)
"""Levels of schools of teachers in one word: ĐHSP."""

PROFESSIONS = {"bac si": Qualification.UNIVERSITY, "y si": Qualification.INTERMEDIATE}
"""Who practises as these has learnt so much; what else follows may say more."""

MORE_THAN_THAT = re.compile(
    r"\b(?:ck|cki|ckii|ck1|ck2|chuyen khoa|noi tru|thac s[iy]|ths|tien s[iy]|ts|cao dang|dai hoc|cd|dh)\b"
)


def read_qualification(value: Any, day: date) -> dict[str, Any]:
    """Parse qualification: the highest professional level, and the field of study where one follows: "ĐH Luật"."""
    text, rest = PEDAGOGIC.sub(r"\1 Sư phạm", as_text(value)), []
    bare = re.sub(r"\bsy\b", "si", key(text))
    of_profession = next((code for name, code in PROFESSIONS.items() if re.match(rf"{name}\b", bare)), None)
    if of_profession and not MORE_THAN_THAT.search(bare):
        return {"state.qualification": of_profession, "state.speciality": text}
    words = key(text).split()
    while words:
        code = QUALIFICATION_WORDS.get(" ".join(words))
        if code:
            speciality = _last_words(text, len(rest))
            found = {"state.qualification": code}
            return found | {"state.speciality": speciality} if speciality else found
        rest.append(words.pop())
    raise ValueError("Ghi: " + "; ".join(Qualification.labels) + ".")


def read_theory(value: Any, day: date) -> dict[str, Any]:
    """Parse political theory: "TC", "Cao cấp LLCT", "Trung cấp LLCT-HC"."""
    return {"state.theory": level_values.read_theory(value, day)}


def read_occupation(value: Any, day: date) -> dict[str, Any]:
    """Parse occupation, the kind of work."""
    return {"state.occupation": level_values.read_occupation(value, day)}


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


def read_job(value: Any, day: date) -> dict[str, Any]:
    """Parse work as it is written; whoever heads a village, its Front or an agency holds that post as well.

    Those posts are counted, and lists write them among the work of people.
    """
    found = cells.read_text("state.job", value, day)
    held = {POST_WORDS.get(part) for part in map(key, AND.split(str(value)))} & choices.OPEN_POSTS
    return found | {"position.open_post": held.pop()} if len(held) == 1 else found


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
