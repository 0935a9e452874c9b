"""The members of the as-of day: number, levels, age, ethnicity, religion, exemption, fee."""

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.dates.validity import covers
from members.choices import (
    WORKING,
    Education,
    EndReason,
    ExemptionKind,
    FeeRelief,
    Gender,
    Occupation,
    Qualification,
    Theory,
)
from members.ethnicity import MINORITIES, Religion
from members.queries import on_probation
from organizations.choices import GRASSROOTS, Kind, Sector
from organizations.models import UnitPeriod
from reports.figures.definitions.age_bands import AGE_BANDS, aged
from reports.figures.fact_populations import RECEIVED
from reports.figures.populations import DEPARTURES, MEMBERS, RECORDS
from reports.figures.registry import ChangeFigure, Figure, add

SECTION = "III.2.1"
AGE = "Tuổi tròn tính đến ngày số liệu; người chỉ biết năm hoặc tháng sinh tính từ ngày đầu của năm, tháng đó."
LEVEL = "Theo trình độ ghi gần nhất, không sau ngày số liệu."


def member(code, label, where, *rests_on, section=SECTION, of="members.total", **more):
    """Return a figure over the members of the as-of day that rests on the registers `rests_on`, or on the card."""
    registers = tuple(f"unrecorded.{register}" for register in rests_on) or (RECORDS,)
    return Figure(f"members.{code}", label, section, MEMBERS, where, of=of, rests_on=registers, **more)


def leveled(name, level, label, where):
    """Return a figure over a level that members have on the as-of day; whoever has none written down is in no level."""
    return member(f"{name}.{level}", label, where, name, reading=LEVEL)


def of_sector(sector):
    """Return the condition that the cell of a member is of `sector` on the as-of day."""

    def condition(moment):
        return Q(Exists(UnitPeriod.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), sector=sector)))

    return condition


def of_received(*kinds):
    """Return the condition that a cell came as, or beneath, a unit of `kinds` directly beneath a commune committee."""
    day = OuterRef("started_on")
    above = UnitPeriod.objects.filter(
        covers(day), covers(day, "unit__beneath__"), unit__beneath__unit=OuterRef("unit"), kind__in=kinds
    )
    return Q(Exists(above.direct(day)))


add(
    member("total", "Tổng số đảng viên", Q(), of="", reading="Mỗi người đang sinh hoạt ở một chi bộ tính một lần."),
    ChangeFigure("members.increase", "Đảng viên tăng so với đầu kỳ", SECTION, stock="members.total"),
    member(
        "probationary",
        "Đảng viên dự bị",
        on_probation,
        "official_on",
        reading="Chưa đến ngày chính thức, hoặc chưa có ngày đó và còn trong thời gian dự bị.",
    ),
    *(
        leveled("education", level, f"Học vấn: {label}", Q(state__education=level))
        for level, label in (
            (Education.PRIMARY, "tiểu học"),
            (Education.LOWER_SECONDARY, "THCS"),
            (Education.UPPER_SECONDARY, "THPT"),
        )
    ),
    *(
        leveled("qualification", level, f"Chuyên môn: {label}", Q(state__qualification=level))
        for level, label in (
            (Qualification.ELEMENTARY, "sơ cấp"),
            (Qualification.INTERMEDIATE, "trung cấp"),
            (Qualification.COLLEGE, "cao đẳng"),
            (Qualification.UNIVERSITY, "đại học"),
            (Qualification.MASTER, "thạc sĩ"),
        )
    ),
    *(
        leveled("theory", code, f"Lý luận chính trị: {label}", Q(state__theory__in=levels))
        for code, label, levels in (
            ("elementary", "sơ cấp", [Theory.ELEMENTARY]),
            ("intermediate", "trung cấp", [Theory.INTERMEDIATE]),
            ("advanced", "cử nhân, cao cấp", [Theory.ADVANCED, Theory.BACHELOR]),
        )
    ),
    *(
        member(str(sector), f"Đảng viên ở tổ chức đảng {label}", of_sector(sector), section="III.1.1")
        for sector, label in ((Sector.POLICE, "công an xã"), (Sector.MILITARY, "quân sự xã"))
    ),
    *(
        Figure(
            f"members.received.{code}", f"Đảng viên tiếp nhận cùng {label}", "III.1.1", RECEIVED, of_received(*kinds)
        )
        for code, label, kinds in (
            ("grassroots", "tổ chức cơ sở đảng", sorted(GRASSROOTS)),
            ("cells", "chi bộ trực thuộc", [Kind.SUBORDINATE_CELL]),
        )
    ),
    member("female", "Đảng viên nữ", Q(member__gender=Gender.FEMALE)),
    member("male", "Đảng viên nam", Q(member__gender=Gender.MALE)),
    member("working", "Đang làm việc, công tác", Q(state__occupation__in=sorted(WORKING)), "occupation", reading=LEVEL),
    member(
        "retired",
        "Nghỉ hưu, nghỉ công tác",
        Q(state__occupation__in=[Occupation.RETIRED, Occupation.STOPPED]),
        "occupation",
        reading=LEVEL,
    ),
    *(
        member(
            f"age.{youngest}_{oldest}", f"Từ {youngest}-{oldest} tuổi", aged(youngest, oldest), "born_on", reading=AGE
        )
        for youngest, oldest in AGE_BANDS
    ),
    member("age.over_60", "Trên 60 tuổi", aged(61), "born_on", reading=AGE),
    member("ethnic_minority", "Đảng viên dân tộc thiểu số", Q(member__ethnicity__in=sorted(MINORITIES))),
    member("kinh", "Đảng viên dân tộc Kinh", Q(member__ethnicity="kinh")),
    member("religious", "Đảng viên theo tôn giáo", ~Q(member__religion__in=["", Religion.NONE]), "religion"),
    member(
        "exempt.age_health",
        "Miễn sinh hoạt do tuổi cao, sức yếu",
        Q(exemption__kind=ExemptionKind.AGE_HEALTH),
        "exemptions",
        section="III.2.3",
    ),
    member(
        "exempt.other",
        "Miễn sinh hoạt không vì lý do tuổi cao, sức yếu",
        Q(exemption__kind=ExemptionKind.OTHER),
        "exemptions",
        section="III.2.3",
    ),
    *(
        Figure(
            f"members.{code}",
            label,
            "III.2.3",
            DEPARTURES,
            Q(end_reason=reason),
            reading="Tính theo ngày ra khỏi Đảng.",
        )
        for code, label, reason in (
            ("struck_off", "Đảng viên bị xóa tên", EndReason.STRUCK_OFF),
            ("expelled", "Đảng viên bị khai trừ", EndReason.EXPELLED),
            ("resigned", "Đảng viên xin ra khỏi Đảng", EndReason.RESIGNED),
        )
    ),
    member(
        "fee.exempt",
        "Đảng viên được miễn đảng phí",
        Q(fee__kind=FeeRelief.EXEMPT),
        "fee_relief",
        "free_of_fee",
        section="III.1.4",
    ),
    member(
        "fee.reduced",
        "Đảng viên được giảm đảng phí",
        Q(fee__kind__isnull=False) & ~Q(fee__kind=FeeRelief.EXEMPT),
        "fee_relief",
        section="III.1.4",
    ),
)
