"""Form 2-BTCTW: new members by what they were on the day of the ceremony, and the organizations that admitted some."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from binhlu_portal.dates.validity import covers
from members.ethnicity import Religion
from members.models import Admission, MemberState
from organizations.choices import Kind
from reports.figures.definitions.admissions import READING
from reports.figures.populations import ADMISSIONS, UNITS, the_period, within
from reports.figures.registry import STATISTICS, Figure, add

from . import date_numbers
from .shared_rows import AGES, EDUCATIONS, ENTERPRISES, OCCUPATIONS, QUALIFICATIONS, TITLES

FORM = "Biểu số 2-BTCTW"
AGE = "Tuổi tròn vào ngày lễ kết nạp; người chỉ biết năm hoặc tháng sinh tính từ ngày đầu của năm, tháng đó."
LEVEL = "Theo trình độ ghi trong hồ sơ vào ngày lễ kết nạp."

LIVED = date_numbers.whole("ceremony_on") - date_numbers.known_in_part("member__born_on")
"""Ten thousand for each completed year, and something for the part of a year."""


def admission(code, label, where, attribute, reading=READING):
    """Return a figure over the admissions of the period that rests on an attribute of those admitted, too."""
    rests_on = (*ADMISSIONS.rests_on, f"unrecorded.admitted_{attribute}")
    return Figure(
        f"admissions.{code}", label, FORM, ADMISSIONS, where, of="admissions.total", reading=reading, rests_on=rests_on
    )


def aged(youngest, oldest):
    """Return the condition of completed years from `youngest` to `oldest` on the day of the ceremony."""
    known = Q(member__born_on__isnull=False) & Q(GreaterThanOrEqual(LIVED, youngest * 10000))
    return known if oldest is None else known & Q(LessThanOrEqual(LIVED, oldest * 10000 + 9999))


def state(**levels):
    """Return the condition of `levels` that the member had on the day of the ceremony."""
    held = MemberState.objects.filter(covers(OuterRef("ceremony_on")), member=OuterRef("member"), **levels)
    return Q(Exists(held))


def admitting(code, label, kind):
    """Return the figure of the organizations of `kind` beneath which somebody was admitted in the period."""

    def condition(moment):
        found = Admission.objects.visible_to(moment.user).filter(
            within(moment, "ceremony_on"),
            covers(F("ceremony_on"), "unit__lines__"),
            unit__lines__ancestor=OuterRef("unit"),
        )
        return Q(kind=kind) & Q(Exists(found))

    return Figure(
        f"units.admitting.{code}",
        label,
        FORM,
        UNITS,
        condition,
        of=f"units.grassroots.{code}",
        reading="Tổ chức đảng có đến ngày số liệu, có lễ kết nạp trong kỳ ở chi bộ thuộc tổ chức đó.",
        when=the_period,
        rests_on=ADMISSIONS.rests_on,
    )


add(
    admission("religious", "Kết nạp: người theo tôn giáo", ~Q(member__religion__in=["", Religion.NONE]), "religion"),
    *(
        admission(f"occupation.{code}", f"Kết nạp: {label}", Q(occupation__in=codes), "occupation")
        for code, (label, codes) in OCCUPATIONS.items()
    ),
    admission("enterprises", "Kết nạp: làm việc trong doanh nghiệp", Q(occupation__in=ENTERPRISES), "occupation"),
    *(
        admission(f"age.{code}", f"Kết nạp: {label[0].lower()}{label[1:]}", aged(*years), "born_on", AGE)
        for code, (label, *years) in AGES.items()
    ),
    *(
        admission(
            f"education.{code}", f"Kết nạp: học vấn {label[0].lower()}{label[1:]}", Q(education=level), "education"
        )
        for code, (label, level) in EDUCATIONS.items()
    ),
    *(
        admission(
            f"qualification.{code}",
            f"Kết nạp: chuyên môn {label.lower()}",
            state(qualification__in=levels),
            "qualification",
            LEVEL,
        )
        for code, (label, levels) in QUALIFICATIONS.items()
    ),
    *(
        admission(f"title.{code}", f"Kết nạp: {label}", state(academic_title=code), "title", LEVEL)
        for code, label in TITLES.items()
    ),
    admitting("party_organizations", "Đảng bộ cơ sở có kết nạp đảng viên", Kind.PARTY_ORGANIZATION),
    admitting("cells", "Chi bộ cơ sở có kết nạp đảng viên", Kind.GRASSROOTS_CELL),
    to=STATISTICS,
)
