"""Checks of what the charter asks of a cell: how many members, a committee, a secretary, who sits in it."""

from django.db.models import Exists, F, OuterRef, Q

from binhlu_portal.data_checks.rules import Check, Level, check
from binhlu_portal.dates.validity import covers
from binhlu_portal.records.tables.columns import ListColumn
from members.choices import Post
from members.columns import COMMITTEES
from members.models import Position, Spell
from members.positions.queries import not_written
from members.queries import on_probation
from organizations.choices import CELLS, Kind, Sector
from organizations.models import UnitPeriod
from organizations.rights import Right

from .fix_urls import page, people, posts, record
from .populations import OVERSEERS, POSTS, UNITS_WITH_MEMBERS, having

FEWEST = "cells.fewest"
"""Official members that a cell needs (Điều lệ Đảng, Articles 21 and 24)."""

WITH_COMMITTEE = "cells.with_committee"
"""Official members from which on a cell elects a committee."""

MOST = "cells.most"
"""Members from which on a grassroots cell becomes a party organization (Điều lệ Đảng, Article 21)."""

CELL = Q(kind__in=CELLS)


def held(moment, post):
    """Return the posts of this kind that somebody holds on the day in the unit of a row."""
    return Position.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post=post)


def without_committee(moment):
    """Return the condition that a cell that elects a committee has nobody in it beside the secretary and the deputy."""
    official = Q(member__official_on__lte=moment.as_of)
    large = having(moment, moment.in_force.value(WITH_COMMITTEE), official)
    return CELL & large & ~Exists(held(moment, Post.COMMITTEE_MEMBER))


def too_small(moment):
    """Return the condition that a cell has too few members who are official, or of whom only that is not written."""
    return CELL & ~having(moment, moment.in_force.value(FEWEST), ~on_probation(moment))


def without_secretary(moment):
    """Return the condition that nobody is secretary."""
    return ~Exists(held(moment, Post.SECRETARY))


def without_head(post, *, of_village):
    """Return the condition that nobody has written down who holds `post` in a village, or in an agency with a unit.

    A cell of a party organization has no agency of its own.
    """

    def condition(moment):
        above = UnitPeriod.objects.filter(covers(moment.as_of), unit=OuterRef("parent"), kind=Kind.COMMUNE)
        which = Q(sector=Sector.VILLAGE) if of_village else ~Q(sector=Sector.VILLAGE)
        return which & Exists(above) & not_written(post, moment)

    return condition


def unwritten_head(code, label, post, *, of_village):
    """Return the check of units where the head of the village, its front or the agency is not written down."""
    return Check(
        code,
        Level.WARNING,
        f"Nơi chưa ghi {label}",
        "Ghi người giữ chức vụ, cả người ngoài Đảng; đang khuyết thì ghi vào sổ khuyết chức vụ.",
        "Biểu 5B",
        UNITS_WITH_MEMBERS,
        without_head(post, of_village=of_village),
        posts,
        Right.DECIDE,
    )


def other_head(moment):
    """Return the condition that somebody else than the secretary is head of the agency."""
    secretary = Q(member__positions__post=Post.SECRETARY, member__positions__unit=F("unit"))
    both = held(moment, Post.AGENCY_HEAD).filter(secretary & covers(moment.as_of, "member__positions__"))
    return Exists(held(moment, Post.AGENCY_HEAD)) & Exists(held(moment, Post.SECRETARY)) & ~Exists(both)


def outside(moment):
    """Return the condition that the holder of a post belongs to a cell, but to none beneath the unit of the post."""
    return Exists(stays(moment)) & ~Exists(
        stays(moment).filter(covers(moment.as_of, "unit__lines__"), unit__lines__ancestor=OuterRef("unit"))
    )


def gone(moment):
    """Return the condition that the holder of a post belongs to no cell."""
    return ~Exists(stays(moment))


def below_committees(moment):
    """Return the condition that who looks after a unit sits on no committee above it any more."""
    return ~Exists(Position.objects.seats_above(OuterRef("member"), OuterRef("unit"), moment.as_of))


def stays(moment):
    """Return where the member of a row belongs on the day."""
    return Spell.objects.filter(covers(moment.as_of), member=OuterRef("member"))


check(
    Check(
        "chua-co-bi-thu",
        Level.WARNING,
        "Chi bộ, đảng bộ khuyết bí thư hoặc chưa ghi ai là bí thư",
        "Ghi người được bầu hoặc chỉ định làm bí thư; đang khuyết thì ghi vào sổ khuyết chức vụ.",
        "{charter_guidance}",
        UNITS_WITH_MEMBERS,
        without_secretary,
        posts,
        Right.DECIDE,
        bulk=COMMITTEES,
    ),
    unwritten_head("chua-ghi-truong-ban", "trưởng bản", Post.VILLAGE_HEAD, of_village=True),
    unwritten_head("chua-ghi-truong-ban-mat-tran", "trưởng ban công tác Mặt trận", Post.FRONT_HEAD, of_village=True),
    unwritten_head("chua-ghi-thu-truong", "thủ trưởng cơ quan, đơn vị", Post.AGENCY_HEAD, of_village=False),
    Check(
        "duoi-3-chinh-thuc",
        Level.WARNING,
        "Chi bộ có dưới {cells.fewest} chính thức",
        "Giới thiệu đảng viên sang sinh hoạt ở chi bộ khác, hoặc báo cáo cấp trên.",
        "Điều lệ Đảng, Điều 21, Điều 24",
        UNITS_WITH_MEMBERS,
        too_small,
        people,
    ),
    Check(
        "chua-co-chi-uy",
        Level.WARNING,
        "Chi bộ từ {cells.with_committee} chính thức chưa ghi chi ủy viên",
        "Chi bộ bầu chi ủy; ghi các chi ủy viên vào sổ chức vụ.",
        "{charter_guidance}",
        UNITS_WITH_MEMBERS,
        without_committee,
        posts,
        Right.DECIDE,
        bulk=COMMITTEES,
    ),
    Check(
        "tu-30-dang-vien",
        Level.NOTE,
        "Chi bộ có từ {cells.most}",
        "Chi bộ cơ sở: lập đảng bộ cơ sở, trừ khi cấp trên đồng ý bằng văn bản. Chi bộ trực thuộc: chia tổ đảng.",
        "Điều lệ Đảng, Điều 21, Điều 24",
        UNITS_WITH_MEMBERS,
        lambda moment: CELL & having(moment, moment.in_force.value(MOST)),
        people,
    ),
    Check(
        "thu-truong-khong-la-bi-thu",
        Level.NOTE,
        "Thủ trưởng cơ quan, đơn vị không đồng thời là bí thư",
        "Xem lại chức vụ; nếu đúng như vậy thì nêu rõ lý do khi báo cáo (Biểu 5B).",
        "Nghị quyết Đại hội Đảng bộ xã nhiệm kỳ 2025-2030",
        UNITS_WITH_MEMBERS,
        other_head,
        page,
    ),
    Check(
        "cap-uy-du-bi",
        Level.ERROR,
        "Đảng viên dự bị giữ chức vụ cấp ủy",
        "Ghi thôi giữ chức vụ; nếu người đó đã là chính thức thì ghi hoặc sửa ngày chính thức.",
        "Điều lệ Đảng, Điều 3",
        POSTS,
        on_probation,
        record("chuc-vu"),
        Right.DECIDE,
        (ListColumn("Chính thức", "member__official_on", short=True),),
    ),
    Check(
        "chuc-vu-da-thoi",
        Level.ERROR,
        "Cấp ủy viên không còn sinh hoạt ở chi bộ nào",
        "Ghi ngày thôi giữ chức vụ, hoặc sửa nơi sinh hoạt của người đó.",
        "Điều lệ Đảng, Điều 13",
        POSTS,
        gone,
        record("chuc-vu"),
        Right.DECIDE,
    ),
    Check(
        "phu-trach-khong-con-cap-uy",
        Level.WARNING,
        "Người phụ trách chi bộ, đảng bộ không còn ở cấp ủy cấp trên",
        "Ghi thôi phụ trách và phân công cấp ủy viên khác; còn ở cấp ủy thì ghi chức vụ cấp ủy của người đó.",
        "Phân công của cấp ủy cấp trên",
        OVERSEERS,
        below_committees,
        record("chuc-vu"),
        Right.DECIDE,
    ),
    Check(
        "chuc-vu-noi-khac",
        Level.WARNING,
        "Cấp ủy viên sinh hoạt ở ngoài tổ chức đảng mình giữ chức vụ",
        "Xem lại nơi sinh hoạt và chức vụ; đúng như vậy khi cấp trên chỉ định thì giữ nguyên.",
        "Điều lệ Đảng, Điều 13",
        POSTS,
        outside,
        record("chuc-vu"),
        Right.DECIDE,
    ),
)
