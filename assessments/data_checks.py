"""Checks of assessments: meetings of the month, ratings of the year and the ceiling on the top level."""

from collections.abc import Sequence

from django.db.models import Exists, Expression, OuterRef, Q, QuerySet
from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, CheckPopulation, Level, check, month_of
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.expressions import counted
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing
from binhlu_portal.records.types import About
from members.data_checks.cell_size_and_posts import CELL
from members.data_checks.populations import CELL_BY_CODE, UNITS_WITH_MEMBERS, of_members
from members.models import Spell
from members.queries import members_on
from organizations.models import UnitPeriod
from organizations.rights import Right

from .choices import Rating
from .models import Meeting, MemberRating, UnitRating
from .ratings.ceiling import CountOfLevels, passes_ceiling
from .ratings.sheet import reference_day

RATING = "Quy định 366-QĐ/TW ngày 30/8/2025"


def last_day(moment):
    """Return the day whose members and units the rating year is about."""
    return reference_day(moment.year, moment.as_of)


def of_year(moment):
    """Return the stays of the members of the rating year."""
    return members_on(moment, last_day(moment))


def unrated(moment):
    """Return the condition that a member has neither a rating nor a reason for none."""
    return ~Exists(MemberRating.objects.filter(year=moment.year, member=OuterRef("member")))


def without_meeting(moment):
    """Return the condition that a cell has no meeting written down in the month."""
    return CELL & ~Exists(Meeting.objects.filter(unit=OuterRef("unit"), held_on__range=month_of(moment)))


def given_in_cell(moment: Moment) -> CountOfLevels:
    """Return what counts, of some levels, the members of a cell at the end of the rating year that have one."""

    def given(levels: Sequence[str]) -> Expression:
        rated = {"member__ratings__year": moment.year, "member__ratings__level__in": levels}
        return counted(Spell.objects.filter(covers(last_day(moment)), unit=OuterRef("unit"), **rated))

    return given


def given_in_sector(moment: Moment) -> CountOfLevels:
    """Return what counts, of some levels, the units of the sector of a unit, beside it in the tree, that have one."""

    def given(levels: Sequence[str]) -> Expression:
        rated = {"unit__ratings__year": moment.year, "unit__ratings__level__in": levels}
        beside = UnitPeriod.objects.filter(covers(moment.as_of), parent=OuterRef("parent"), **rated)
        return counted(beside.filter(sector=OuterRef("sector")))

    return given


def with_levels(rows: QuerySet, given: CountOfLevels) -> QuerySet:
    """Return `rows` with how many ratings are excellent, good, given at all, as `given` counts them."""
    return rows.annotate(excellent=given([Rating.EXCELLENT]), good=given([Rating.GOOD]), rated=given(Rating.values))


def cells_rated(moment: Moment) -> QuerySet:
    """Return the units with the levels of the members they had at the end of the rating year."""
    return with_levels(UNITS_WITH_MEMBERS.rows(moment), given_in_cell(moment))


def units_rated(moment: Moment) -> QuerySet:
    """Return the units that have the top level, with the levels of their sector beside them."""
    top = UnitRating.objects.filter(year=moment.year, level=Rating.EXCELLENT, unit=OuterRef("unit"))
    return with_levels(UNITS_WITH_MEMBERS.rows(moment).filter(Exists(top)), given_in_sector(moment))


def with_too_many_members(moment: Moment) -> Q:
    """Return the condition that a cell has more excellent members than the ceiling of the rating year allows."""
    return CELL & passes_ceiling(last_day(moment), given_in_cell(moment))


def in_sector_with_too_many(moment: Moment) -> Q:
    """Return the condition that the sector of a unit has more excellent units than the ceiling allows."""
    return passes_ceiling(last_day(moment), given_in_sector(moment))


def sheet(row, moment):
    """Return the address of the sheet of the members of a cell."""
    return f"{reverse('rating-grid', args=[row['unit__code']])}?nam={moment.year}"


def unit_sheet(row, moment):
    """Return the address of the sheet of the units."""
    return f"{reverse('rating-units')}?don_vi={moment.unit.code}&nam={moment.year}"


MEMBERS_OF_YEAR = of_members("members_of_year", of_year, place=CELL_BY_CODE)
LEVELS = Listing(
    (
        *UNITS_WITH_MEMBERS.listing.columns[:2],
        ListColumn("Xuất sắc", "excellent", short=True),
        ListColumn("Tốt", "good", short=True),
        ListColumn("Được xếp loại", "rated", short=True),
    ),
    UNITS_WITH_MEMBERS.listing.order,
)
CELLS_RATED = CheckPopulation("cells_rated", cells_rated, About.UNIT, "unit__code", LEVELS)
UNITS_RATED = CheckPopulation("units_rated", units_rated, About.UNIT, "unit__code", LEVELS)

check(
    Check(
        "chua-xep-loai",
        Level.WARNING,
        "Đảng viên chưa xếp loại năm {year}, chưa ghi lý do",
        "Ghi mức xếp loại hoặc lý do không xếp loại ở bảng xếp loại của chi bộ.",
        RATING,
        MEMBERS_OF_YEAR,
        unrated,
        sheet,
    ),
    Check(
        "dang-vien-xuat-sac-vuot-tran",
        Level.NOTE,
        "Chi bộ có số đảng viên xuất sắc năm {year} vượt mức trần",
        "Mức trần 20% tính theo từng nhóm: xem lại kết quả, hoặc ghi rõ chi bộ thuộc trường hợp được vượt.",
        RATING,
        CELLS_RATED,
        with_too_many_members,
        sheet,
    ),
    Check(
        "to-chuc-xuat-sac-vuot-tran",
        Level.WARNING,
        "Tổ chức đảng xuất sắc năm {year} vượt mức trần của loại hình",
        "Mức trần 20% tính theo từng loại hình: xem lại kết quả xếp loại của các tổ chức cùng loại hình.",
        RATING,
        UNITS_RATED,
        in_sector_with_too_many,
        unit_sheet,
        Right.DECIDE,
    ),
    Check(
        "chua-sinh-hoat",
        Level.NOTE,
        "Chi bộ chưa ghi buổi sinh hoạt tháng {month}",
        "Chi bộ họp mỗi tháng một lần: ghi ngày họp, số phải dự, số có mặt.",
        "Hướng dẫn 42-HD/BTCTW ngày 28/10/2025",
        UNITS_WITH_MEMBERS,
        without_meeting,
        lambda row, moment: f"{reverse('record-add', args=['sinh-hoat'])}?don_vi={row['unit__code']}",
    ),
)
