"""Forms 9C- and 12C-BTCTW: who leads the commune, and who is approved to lead it, by what they are."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from binhlu_portal.dates.validity import covers
from members.choices import COMMITTEE_POSTS, AcademicTitle, Gender, PlanningPost, Post, Qualification, Theory
from members.ethnicity import MINORITIES
from members.models import Position
from members.unrecorded import without_level
from reports.figures.definitions.age_bands import aged
from reports.figures.definitions.members import AGE, LEVEL
from reports.figures.populations import PLANNINGS
from reports.figures.registry import STATISTICS, Figure, add

from . import date_numbers
from .populations import OFFICIALS, committee_post

LEADERS, PLANNED = "Biểu số 9C-BTCTW", "Biểu số 12C-BTCTW"
POSTS = {
    "executive": ("Ủy viên Ban Chấp hành Đảng bộ xã", COMMITTEE_POSTS),
    "secretary": ("Bí thư Đảng ủy xã", (Post.SECRETARY,)),
    "deputy": ("Phó bí thư Đảng ủy xã", (Post.DEPUTY_SECRETARY,)),
}
"""The posts of form 9C-BTCTW that the register of posts knows."""

WOMEN, MINORITY = Q(member__gender=Gender.FEMALE), Q(member__ethnicity__in=sorted(MINORITIES))
PERSONS = {"female": ("nữ", WOMEN), "ethnic_minority": ("dân tộc thiểu số", MINORITY)}
AGES = {
    "age.40": ("đến 40 tuổi", 0, 40),
    "age.41_50": ("trên 40 đến 50 tuổi", 41, 50),
    "age.over_50": ("trên 50 tuổi", 51, None),
}
LEVELS = {
    "qualification.college": ("cao đẳng", "qualification", (Qualification.COLLEGE,)),
    "qualification.university": ("đại học", "qualification", (Qualification.UNIVERSITY,)),
    "qualification.postgraduate": (
        "trên đại học",
        "qualification",
        (Qualification.MASTER, Qualification.DOCTOR, Qualification.DOCTOR_OF_SCIENCE),
    ),
    "title.associate_professor": ("Phó Giáo sư", "academic_title", (AcademicTitle.ASSOCIATE_PROFESSOR,)),
    "title.professor": ("Giáo sư", "academic_title", (AcademicTitle.PROFESSOR,)),
    "theory.elementary": ("sơ cấp lý luận chính trị", "theory", (Theory.ELEMENTARY,)),
    "theory.intermediate": ("trung cấp lý luận chính trị", "theory", (Theory.INTERMEDIATE,)),
    "theory.advanced": ("cao cấp, cử nhân lý luận chính trị", "theory", (Theory.ADVANCED, Theory.BACHELOR)),
}
"""The rows of both forms by the end of their codes."""

UNKNOWN = {
    "born_on": "ngày sinh",
    "qualification": "chuyên môn",
    "academic_title": "học hàm",
    "theory": "lý luận chính trị",
}
"""What a register may not tell of those in a post, or approved for one."""

LIVED = date_numbers.whole("approved_on") - date_numbers.known_in_part("member__born_on")
"""Ten thousand for each completed year on the day of approval, and something for the part of a year."""

ON_APPROVAL = "Tuổi và trình độ vào ngày phê duyệt; tính lượt theo ngày phê duyệt."


def holding(posts):
    """Return the condition that an official holds one of `posts`; all hold one of the posts of a committee."""
    return lambda moment: Q() if posts == COMMITTEE_POSTS else Q(committee_post(moment, posts))


def both(first, second):
    """Return the condition that two others hold, each a `Q` or a function of the moment."""
    return lambda moment: _at(first, moment) & _at(second, moment)


def _at(where, moment):
    return where(moment) if callable(where) else where


def aged_when_approved(youngest, oldest):
    """Return the condition of completed years from `youngest` to `oldest` on the day of approval."""
    known = Q(member__born_on__isnull=False) & Q(GreaterThanOrEqual(LIVED, youngest * 10000))
    return known if oldest is None else known & Q(LessThanOrEqual(LIVED, oldest * 10000 + 9999))


def official(post, code, label, where, rests_on, reading=""):
    """Return the figure of those in a post of whom something is true; what is not known of them is `rests_on`."""
    name, posts = POSTS[post]
    return Figure(
        f"officials.{post}.{code}",
        f"{name}: {label}",
        LEADERS,
        OFFICIALS,
        both(holding(posts), where),
        of=f"officials.{post}",
        reading=reading,
        rests_on=(*OFFICIALS.rests_on, *rests_on),
    )


def planned(post, code, label, where, rests_on):
    """Return the figure of the turns in which somebody was approved for a post of whom something is true."""
    return Figure(
        f"planning.{post}.{code}",
        f"Quy hoạch {post.label}: {label}",
        PLANNED,
        PLANNINGS,
        Q(post=post) & where,
        of=f"planning.{post}",
        reading=ON_APPROVAL,
        rests_on=(*PLANNINGS.rests_on, *rests_on),
    )


def without_committee(moment):
    """Return the condition that nobody has written down who is on a commune committee."""
    held = Position.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post__in=sorted(COMMITTEE_POSTS))
    return ~Q(Exists(held))


def unknown(field):
    """Return the condition that something is not known of an official, or of somebody approved for a post."""
    return Q(member__born_on__isnull=True) if field == "born_on" else without_level(field)


add(
    *(
        Figure(
            f"officials.{post}",
            name,
            LEADERS,
            OFFICIALS,
            holding(posts),
            reading="Đảng viên trong đảng bộ giữ chức vụ vào ngày số liệu.",
        )
        for post, (name, posts) in POSTS.items()
    ),
    *(official(post, code, *about, ()) for post in POSTS for code, about in PERSONS.items()),
    *(
        official(post, code, label, aged(*years), ("unrecorded.official_born_on",), AGE)
        for post in POSTS
        for code, (label, *years) in AGES.items()
    ),
    *(
        official(post, code, label, Q(**{f"state__{field}__in": levels}), (f"unrecorded.official_{field}",), LEVEL)
        for post in POSTS
        for code, (label, field, levels) in LEVELS.items()
    ),
    *(planned(post, code, *about, ()) for post in PlanningPost for code, about in PERSONS.items()),
    *(
        planned(post, code, label, aged_when_approved(*years), ("unrecorded.planned_born_on",))
        for post in PlanningPost
        for code, (label, *years) in AGES.items()
    ),
    *(
        planned(post, code, label, Q(**{f"state__{field}__in": levels}), (f"unrecorded.planned_{field}",))
        for post in PlanningPost
        for code, (label, field, levels) in LEVELS.items()
        if code != "theory.elementary"
    ),
    to=STATISTICS,
)
