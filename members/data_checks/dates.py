"""Checks of dates of the way into the Party that cannot be, compared as far as they are known."""

from django.db.models import CharField, IntegerField, Q, Value
from django.db.models.functions import Cast, Concat, Left, Length, Replace, Substr
from django.db.models.lookups import LessThan

from binhlu_portal.data_checks.rules import Check, Level, check
from binhlu_portal.records.tables.columns import ListColumn
from members.admissions.actions import OLDEST, YOUNGEST
from members.probation import MONTHS
from organizations.rights import Right

from .fix_urls import card
from .populations import CURRENT_MEMBERS

CHARTER = "Điều lệ Đảng, Điều 4, Điều 5; {charter_guidance}"

MONTH = 7
"""The length of a partial date that is known to the month: the age at admission is counted by month."""

BORN, JOINED, DECIDED, OFFICIAL = (f"member__{name}" for name in ("born_on", "joined_on", "decided_on", "official_on"))


def years_after(path, years):
    """Return the partial date `years` after the one at `path`, as text."""
    year = Cast(Cast(Substr(path, 1, 4), IntegerField()) + years, CharField())
    return Concat(year, Substr(path, 5), output_field=CharField())


def before(one, other):
    """Return the condition that one partial date is surely before another: as far as both are known."""
    return Q(LessThan(Left(one, Length(other)), Left(other, Length(one))))


def too_young(moment):
    """Return the condition of an admission in a month before that of the birthday from which on one is admitted."""
    return before(Left(JOINED, MONTH), Left(years_after(BORN, moment.in_force.value(YOUNGEST)), MONTH))


def too_old(moment):
    """Return the condition of an admission in a month after that of the last birthday."""
    return before(Left(years_after(BORN, moment.in_force.value(OLDEST)), MONTH), Left(JOINED, MONTH))


def not_after_probation(moment):
    """Return the condition that a member is official on another day than that on which probation ended."""
    years = moment.in_force.value(MONTHS) // 12
    end = Replace(years_after(JOINED, years), Value("-02-29"), Value("-03-01"))
    return before(OFFICIAL, end) | before(end, OFFICIAL)


JOINED_LATER = before(Cast("started_on", CharField()), JOINED)
"""In the cell before the day of entry into the Party."""

DECIDED_LATER = before(JOINED, DECIDED)
"""Admitted by a decision that was signed after the ceremony."""

ENTRY = (ListColumn("Vào Đảng", JOINED, short=True), ListColumn("Chính thức", OFFICIAL, short=True))
SIGNED = (ListColumn("Ký quyết định", DECIDED, short=True), ENTRY[0])
INTO_THE_PARTY = card("sua-vao-dang")

check(
    Check(
        "ket-nap-duoi-18",
        Level.ERROR,
        "Đảng viên vào Đảng khi chưa đủ {admissions.youngest}",
        "Ngày sinh hoặc ngày vào Đảng ghi sai: xem hồ sơ rồi sửa.",
        CHARTER,
        CURRENT_MEMBERS,
        too_young,
        INTO_THE_PARTY,
        Right.DECIDE,
        ENTRY,
    ),
    Check(
        "ket-nap-tren-60",
        Level.WARNING,
        "Đảng viên vào Đảng khi quá {admissions.oldest}",
        "Chỉ kết nạp khi cấp ủy cấp tỉnh đồng ý: xem lại ngày sinh, ngày vào Đảng.",
        CHARTER,
        CURRENT_MEMBERS,
        too_old,
        INTO_THE_PARTY,
        Right.DECIDE,
        ENTRY,
    ),
    Check(
        "chinh-thuc-12-thang",
        Level.WARNING,
        "Ngày chính thức không đúng {admissions.probation_months} sau ngày vào Đảng",
        "Ngày chính thức là ngày hết {admissions.probation_months} dự bị, dù chi bộ họp muộn: xem quyết định rồi sửa.",
        CHARTER,
        CURRENT_MEMBERS,
        not_after_probation,
        INTO_THE_PARTY,
        Right.DECIDE,
        ENTRY,
    ),
    Check(
        "vao-dang-sau-sinh-hoat",
        Level.ERROR,
        "Ngày vào Đảng muộn hơn ngày đến chi bộ",
        "Một trong hai ngày ghi sai: sửa ngày vào Đảng, hoặc ngày đến chi bộ trong sổ Quá trình sinh hoạt đảng.",
        CHARTER,
        CURRENT_MEMBERS,
        JOINED_LATER,
        INTO_THE_PARTY,
        Right.DECIDE,
        (ENTRY[0],),
    ),
    Check(
        "quyet-dinh-sau-ket-nap",
        Level.ERROR,
        "Ngày ký quyết định kết nạp muộn hơn ngày vào Đảng",
        "Quyết định có trước, lễ kết nạp có sau: xem quyết định rồi sửa.",
        CHARTER,
        CURRENT_MEMBERS,
        DECIDED_LATER,
        INTO_THE_PARTY,
        Right.DECIDE,
        SIGNED,
    ),
)
