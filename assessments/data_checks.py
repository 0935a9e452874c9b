"""Checks of assessments: meetings of the month, ratings of the year and the ceiling on the top level."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, CheckPopulation, Level, check, month_of
from binhlu_portal.dates.arithmetic import days, first_of_month
from binhlu_portal.db.statements import of_parameters
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.bulk_pages import CHOSEN_UNITS, BulkPage
from binhlu_portal.records.tables.columns import ListColumn, Listing
from binhlu_portal.records.types import About
from binhlu_portal.text.vietnamese import day, number
from members.data_checks.cell_size_and_posts import CELL
from members.data_checks.fix_urls import card, fact, record
from members.data_checks.populations import CELL_BY_CODE, CURRENT_MEMBERS, UNITS_WITH_MEMBERS, of_members
from members.queries import cell_on, members_on
from organizations.rights import Right

from .choices import OF_CELLS, NilRegister, Rating
from .meetings.queries import held_by_name, meetings_held
from .models import Meeting, MemberRating, UnitRating
from .nil_returns.queries import stated, without_handbook, without_reason
from .ratings.ceiling import passes_ceiling
from .ratings.groups import (
    cells_passing_ceiling,
    given_in_cell,
    given_in_sector,
    rated_cells,
    rated_units_beneath,
)
from .ratings.sheet import reference_day

RATING = "{ratings}"


def attendance(row, moment):
    """Return the address at which the attendance of a meeting is put right."""
    return reverse("record-form", args=["sinh-hoat", row["pk"], "diem-danh"])


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


def last_whole_month(moment: Moment) -> date:
    """Return the last day of the last month that is over: until then a cell can say what has happened."""
    return first_of_month(moment.as_of) - days(1)


@of_parameters
def _if_any(first, last):
    """Return the last day of a span, or one before all others where no month of it is over."""
    return last if first <= last else date.min


def without_nil_returns(registers: Iterable[NilRegister]) -> Callable[[Moment], Q]:
    """Return the condition that a cell has not stated of one of `registers` that it says all of the months over."""

    def condition(moment):
        first, last = moment.since, last_whole_month(moment)
        there = CELL & Q(unit__started_on__lte=_if_any(first, last))
        return there & reduce(or_, (~stated(register, first, last) for register in registers))

    return condition


def unrated_unit(moment: Moment) -> Exists:
    """Return the condition that a unit has neither a rating of the year nor a reason for none."""
    return ~Exists(UnitRating.objects.filter(year=moment.year, unit=OuterRef("unit")))


def nil_return(row, moment):
    """Return the address at which a cell states what did not happen."""
    return state_nil_at(row["unit__code"], moment)


def nil_return_of_all(row, moment):
    """Return the address at which the unit of the moment states it for all cells beneath."""
    return state_nil_at(moment.unit.code, moment)


def state_nil_at(code, moment):
    """Return the address at which the unit with this code states what did not happen."""
    asked = f"don_vi={code}&tu={day(moment.since)}&den={day(last_whole_month(moment))}"
    return f"{reverse('record-add', args=['khong-phat-sinh'])}?{asked}"


def cells_rated(moment: Moment) -> QuerySet:
    """Return the cells of the rating year with the levels of the members they had at its end."""
    return rated_cells(moment).annotate(rated=given_in_cell(moment)(Rating.values))


def units_rated(moment: Moment) -> QuerySet:
    """Return the units that have the top level, with the levels of their sector beside them."""
    top = UnitRating.objects.filter(year=moment.year, level=Rating.EXCELLENT, unit=OuterRef("unit"))
    rows = rated_units_beneath(moment, "unit__lines__").filter(Exists(top))
    return rows.annotate(rated=given_in_sector(moment)(Rating.values))


def with_too_many_members(moment: Moment) -> Q:
    """Return the condition that a cell has more excellent members than the ceiling of the rating year allows."""
    return Q(unit__in=cells_passing_ceiling(moment))


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
        ListColumn("Xuất sắc", "excellent", number, numeric=True, nested=True),
        ListColumn("Tốt", "good", number, numeric=True, nested=True),
        ListColumn("Được xếp loại", "rated", number, numeric=True, nested=True),
    ),
    UNITS_WITH_MEMBERS.listing.order,
)
MEETINGS = CheckPopulation(
    "meetings",
    meetings_held,
    About.UNIT,
    "unit__code",
    Listing(
        (
            ListColumn("Chi bộ", "cell", sort="unit__code"),
            ListColumn("Ngày họp", "held_on", day, short=True),
            ListColumn("Phải dự", "expected", number, numeric=True, nested=True),
            ListColumn("Có mặt", "present", number, numeric=True, nested=True),
            ListColumn("Đảng viên hôm đó", "members", number, numeric=True, nested=True),
        ),
        ("unit__code", "held_on", "pk"),
        cell_on("held_on"),
    ),
)
HELD_BY_NAME = replace(MEETINGS, code="meetings_by_name", rows=held_by_name)
MONTH = BulkPage(
    "Ghi buổi sinh hoạt của các chi bộ đã chọn trên bảng",
    ("meetings-month",),
    chosen=CHOSEN_UNITS,
    asked_on=lambda moment: {"thang": [f"{month_of(moment)[0]:%m/%Y}"]},
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
        "Chi bộ có số đảng viên xuất sắc năm {year} vượt tỷ lệ khống chế",
        "Tỷ lệ khống chế tính theo từng nhóm: xem lại kết quả, hoặc ghi rõ chi bộ thuộc trường hợp được vượt.",
        RATING,
        CELLS_RATED,
        with_too_many_members,
        sheet,
    ),
    Check(
        "to-chuc-xuat-sac-vuot-tran",
        Level.WARNING,
        "Tổ chức đảng xuất sắc năm {year} vượt tỷ lệ khống chế của loại hình",
        "Tỷ lệ khống chế tính theo từng loại hình: xem lại kết quả xếp loại của các tổ chức cùng loại hình.",
        RATING,
        UNITS_RATED,
        in_sector_with_too_many,
        unit_sheet,
        Right.DECIDE,
    ),
    Check(
        "phai-du-qua-dang-vien",
        Level.ERROR,
        "Buổi sinh hoạt ghi số phải dự nhiều hơn số đảng viên của chi bộ",
        "Sửa số phải dự, số có mặt, ghi người khác ở mục khách dự; hoặc sửa nơi sinh hoạt của đảng viên.",
        "Đối chiếu sổ sinh hoạt chi bộ với nơi sinh hoạt đảng",
        MEETINGS,
        Q(expected__gt=F("members")),
        record("sinh-hoat"),
    ),
    Check(
        "diem-danh-nguoi-da-thoi",
        Level.WARNING,
        "Buổi điểm danh còn tính người hôm đó không phải dự: đã từ trần, ra khỏi Đảng, chuyển đi, được miễn",
        "Mở buổi đó, xem lại danh sách rồi lưu: người không còn phải dự không còn trong danh sách.",
        "Đối chiếu sổ sinh hoạt chi bộ với nơi sinh hoạt đảng",
        HELD_BY_NAME,
        Q(expected__gt=F("due")),
        attendance,
        columns=(ListColumn("Phải dự theo hồ sơ", "due", number, numeric=True, nested=True),),
    ),
    Check(
        "chua-sinh-hoat",
        Level.NOTE,
        "Chi bộ chưa ghi buổi sinh hoạt tháng {month}",
        "Chi bộ họp mỗi tháng một lần: ghi ngày họp, số phải dự, số có mặt.",
        "{cell_meetings}",
        UNITS_WITH_MEMBERS,
        without_meeting,
        lambda row, moment: f"{reverse('record-add', args=['sinh-hoat'])}?don_vi={row['unit__code']}",
        bulk=MONTH,
    ),
    Check(
        "to-chuc-chua-xep-loai",
        Level.NOTE,
        "Tổ chức đảng chưa xếp loại năm {year}, chưa ghi lý do",
        "Ghi mức xếp loại hoặc lý do không xếp loại ở bảng xếp loại của tổ chức đảng.",
        RATING,
        UNITS_WITH_MEMBERS,
        unrated_unit,
        unit_sheet,
        Right.DECIDE,
    ),
    Check(
        "chua-bao-khong-phat-sinh",
        Level.NOTE,
        "Chi bộ chưa báo có hay không phát sinh đến hết tháng trước",
        "Chọn các sổ không phát sinh thêm ngoài những gì đã ghi rồi báo: có báo thì báo cáo mới viết “không có”.",
        "Quy tắc của hệ thống: điều chưa ai ghi không được coi là không có",
        UNITS_WITH_MEMBERS,
        without_nil_returns(OF_CELLS),
        nil_return,
    ),
    Check(
        "chua-bao-so-cua-cap-uy",
        Level.NOTE,
        "Chi bộ mà cấp ủy chưa báo các sổ do cấp ủy ghi đã đủ đến hết tháng trước",
        "Cấp ủy báo một lần cho cả đảng bộ: chọn các sổ không phát sinh thêm ngoài những gì đã ghi rồi báo.",
        "Quy tắc của hệ thống: điều chưa ai ghi không được coi là không có",
        UNITS_WITH_MEMBERS,
        without_nil_returns([register for register in NilRegister if register not in OF_CELLS]),
        nil_return_of_all,
        Right.DECIDE,
    ),
    Check(
        "thieu-so-tay",
        Level.NOTE,
        "Đảng viên chưa ghi cài hay chưa cài Sổ tay đảng viên điện tử",
        "Ghi ngày cài; chưa cài thì ghi vào sổ Lý do chưa cài Sổ tay; ghi hết thì báo không phát sinh.",
        "{handbook}",
        CURRENT_MEMBERS,
        without_handbook,
        card("sua-the"),
    ),
    Check(
        "thieu-ly-do-so-tay",
        Level.NOTE,
        "Đảng viên chưa cài Sổ tay đảng viên điện tử chưa ghi lý do",
        "Ghi lý do chưa cài; đã cài thì ghi ngày cài ở thẻ, hồ sơ đảng viên.",
        "{handbook}",
        CURRENT_MEMBERS,
        without_reason,
        fact("chua-cai-so-tay"),
    ),
)
