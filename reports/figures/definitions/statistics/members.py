"""Form 3-BTCTW: the members of the as-of day; and of form 1-BTCTW what the ledger does not tell."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThan

from binhlu_portal.dates.partial_dates import born_by
from members.choices import Education, EndReason, Occupation, Qualification, Theory
from members.models import Admission
from members.probation import MONTHS
from reports.figures.definitions.age_bands import aged
from reports.figures.definitions.members import AGE, LEVEL
from reports.figures.populations import DEPARTURES, MEMBERS
from reports.figures.registry import STATISTICS, Figure, add

from . import date_numbers
from .shared_rows import EDUCATIONS, ENTERPRISES, OCCUPATIONS, QUALIFICATIONS, TITLES

FORM = "Biểu số 3-BTCTW"
JOINED = {
    "1945": ("Trước 19/8/1945", None, date(1945, 8, 19)),
    "1954": ("Từ 19/8/1945 đến 20/7/1954", date(1945, 8, 19), date(1954, 7, 21)),
    "1975": ("Từ 21/7/1954 đến 30/4/1975", date(1954, 7, 21), date(1975, 5, 1)),
    "since_1975": ("Từ 01/5/1975 đến nay", date(1975, 5, 1), None),
}
"""When people joined the Party: the period, its first day, the first day after it."""


def member(code, label, where, *rests_on, reading=""):
    """Return a figure over the members of the as-of day that rests on the registers `rests_on`."""
    registers = tuple(f"unrecorded.{register}" for register in rests_on)
    return Figure(
        f"members.{code}", label, FORM, MEMBERS, where, of="members.total", reading=reading, rests_on=registers
    )


def joined(first, after):
    """Return the condition that the day of joining lies between two days, where these are given."""
    condition = Q(member__joined_on__isnull=False)
    if first:
        condition &= Q(member__joined_on__gte=first)
    return condition & Q(member__joined_on__lt=after) if after else condition


def _going_on(moment):
    """Return the condition that the probation of a member was going on when the stay ended, as far as is recorded."""
    years = moment.in_force.value(MONTHS) // 12
    joined = date_numbers.known_in_part("member__joined_on") + years * 10000
    lately = Q(member__joined_on__isnull=False) & Q(GreaterThan(joined, date_numbers.whole("ended_on")))
    admitted = Admission.objects.filter(
        member=OuterRef("member"), ceremony_on__lte=OuterRef("ended_on"), official_on__isnull=True
    )
    return lately | Q(Exists(admitted))


STRUCK_OFF = Q(end_reason=EndReason.STRUCK_OFF)
NO_OFFICIAL_DAY = Q(member__official_on__isnull=True)


def struck_off_on_probation(moment):
    """Return the condition that somebody was struck off before the official day, or while probation was going on."""
    later = GreaterThan(date_numbers.known_in_part("member__official_on"), date_numbers.whole("ended_on"))
    return STRUCK_OFF & (~NO_OFFICIAL_DAY & Q(later) | NO_OFFICIAL_DAY & _going_on(moment))


def struck_off_unknown(moment):
    """Return the condition that nothing says whether somebody struck off was still on probation."""
    return STRUCK_OFF & NO_OFFICIAL_DAY & ~_going_on(moment)


RETIRED = Q(state__occupation__in=[Occupation.RETIRED, Occupation.STOPPED])
COUNTED_FROM_FIRST_DAY = "Người chỉ biết năm hoặc tháng vào Đảng tính từ ngày đầu của năm, tháng đó."

add(
    *(
        member(
            f"occupation.{code}", f"Nghề nghiệp: {label}", Q(state__occupation__in=codes), "occupation", reading=LEVEL
        )
        for code, (label, codes) in OCCUPATIONS.items()
    ),
    member(
        "enterprises", "Làm việc trong doanh nghiệp", Q(state__occupation__in=ENTERPRISES), "occupation", reading=LEVEL
    ),
    member(
        "retired.exempt",
        "Đã nghỉ, được miễn công tác và sinh hoạt đảng",
        RETIRED & Q(exemption__isnull=False),
        "occupation",
        "exemptions",
        reading=LEVEL,
    ),
    member("age.51_55", "Từ 51-55 tuổi", aged(51, 55), "born_on", reading=AGE),
    member("age.56_60", "Từ 56-60 tuổi", aged(56, 60), "born_on", reading=AGE),
    *(
        member(
            f"joined.{code}",
            f"Vào Đảng: {label[0].lower()}{label[1:]}",
            joined(*period),
            "joined_on",
            reading=COUNTED_FROM_FIRST_DAY,
        )
        for code, (label, *period) in JOINED.items()
    ),
    *(
        member(
            f"education.{code}",
            f"Học vấn: {label[0].lower()}{label[1:]}",
            Q(state__education=level),
            "education",
            reading=LEVEL,
        )
        for code, (label, level) in EDUCATIONS.items()
        if code == "literate"
    ),
    *(
        member(
            f"qualification.{code}",
            f"Chuyên môn: {label.lower()}",
            Q(state__qualification__in=levels),
            "qualification",
            reading=LEVEL,
        )
        for code, (label, levels) in QUALIFICATIONS.items()
        if code == "doctor"
    ),
    *(
        member(
            f"title.{code}",
            f"Chức danh khoa học: {label}",
            Q(state__academic_title=code),
            "academic_title",
            reading=LEVEL,
        )
        for code, label in TITLES.items()
    ),
    member(
        "education.illiterate",
        "Học vấn: chưa biết chữ quốc ngữ",
        Q(state__education=Education.ILLITERATE),
        "education",
        reading=LEVEL,
    ),
    member(
        "qualification.none",
        "Chuyên môn: chưa qua đào tạo",
        Q(state__qualification=Qualification.NONE),
        "qualification",
        reading=LEVEL,
    ),
    member("theory.none", "Lý luận chính trị: chưa qua", Q(state__theory=Theory.NONE), "theory", reading=LEVEL),
    member(
        "age.under_18",
        "Dưới 18 tuổi",
        lambda moment: Q(member__born_on__gt=born_by(moment.as_of, 18)),
        "born_on",
        reading=AGE,
    ),
    Figure(
        "members.struck_off.probationary",
        "Đảng viên dự bị bị xóa tên",
        "Biểu số 1-BTCTW",
        DEPARTURES,
        struck_off_on_probation,
        of="members.struck_off",
        reading="Tính theo ngày ra khỏi Đảng; chưa được công nhận chính thức vào ngày đó.",
        rests_on=("unrecorded.departures", "unrecorded.official_of_struck_off"),
    ),
    to=STATISTICS,
)
