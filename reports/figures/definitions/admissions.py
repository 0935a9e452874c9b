"""New members, by the day of the ceremony and with the attributes held then."""

from django.db.models import Q

from members.choices import CIVIL_SERVANTS, Gender
from members.ethnicity import MINORITIES
from reports.figures.populations import (
    ADMISSION_TARGETS,
    ADMISSIONS,
    ADMISSIONS_OF_TWELVE_MONTHS,
    ADMISSIONS_OF_YEAR,
)
from reports.figures.registry import Figure, add

READING = "Tính theo ngày lễ kết nạp (ngày vào Đảng), gồm cả kết nạp lại; đặc điểm tại thời điểm kết nạp."


def admission(code, label, where=None, of="admissions.total", **more):
    """Return a figure over the admissions of the period."""
    return Figure(f"admissions.{code}", label, "III.2.4", ADMISSIONS, where or Q(), of=of, reading=READING, **more)


add(
    admission("total", "Đảng viên mới kết nạp", of=""),
    admission("female", "Kết nạp: nữ", Q(member__gender=Gender.FEMALE)),
    admission("youth_union", "Kết nạp: đoàn viên thanh niên", Q(youth_union=True)),
    admission("rural", "Kết nạp: khu vực nông thôn", Q(rural=True)),
    admission(
        "civil_servants",
        "Kết nạp: công chức, viên chức",
        Q(occupation__in=sorted(CIVIL_SERVANTS)),
        rests_on=(*ADMISSIONS.rests_on, "unrecorded.admitted_occupation"),
    ),
    admission("ethnic_minority", "Kết nạp: dân tộc thiểu số", Q(member__ethnicity__in=sorted(MINORITIES))),
    admission("again", "Trong đó: kết nạp lại", Q(again=True)),
    admission("share", "Tỷ lệ kết nạp trên tổng số đảng viên", of="members.total"),
    Figure(
        "admissions.twelve_months",
        "Kết nạp trong 12 tháng trên tổng số đảng viên",
        "III.2.4",
        ADMISSIONS_OF_TWELVE_MONTHS,
        of="members.total",
        reading="Tính trong 12 tháng đến ngày số liệu, theo ngày lễ kết nạp, vì mục tiêu được đặt cho mỗi năm; "
        "không so số của một kỳ ngắn hơn với mục tiêu của cả năm.",
    ),
    Figure(
        "admissions.target",
        "Chỉ tiêu kết nạp được giao trong năm",
        "III.2.4",
        ADMISSION_TARGETS,
        measure="target",
        reading="Chỉ tiêu giao cho các tổ chức đảng đang hoạt động, của năm có ngày số liệu.",
    ),
    Figure(
        "admissions.year",
        "Kết nạp trong năm so với chỉ tiêu được giao",
        "III.2.4",
        ADMISSIONS_OF_YEAR,
        of="admissions.target",
        reading="Tính từ 01/01 của năm có ngày số liệu, theo ngày lễ kết nạp, vì chỉ tiêu được giao cho cả năm.",
    ),
)
