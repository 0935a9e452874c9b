"""Checks of deadlines: the vote after probation, the way to a new cell, the ends of exemptions and fee reductions."""

from django.db.models import F, Q
from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, Level, check
from binhlu_portal.dates.arithmetic import days, months_later
from binhlu_portal.db.statements import lapse, of_parameters
from binhlu_portal.records.tables.columns import ListColumn
from binhlu_portal.text.vietnamese import day
from members import probation
from members.admissions import pipeline
from members.choices import StartReason
from members.columns import MAKE_OFFICIAL
from organizations.in_force import InForce
from organizations.rights import Right

from .dates import CHARTER
from .fix_urls import card, record, step
from .populations import (
    ADMISSION_PIPELINE,
    CURRENT_MEMBERS,
    EXEMPTIONS,
    FEE_REDUCTIONS,
    MEASURES_IN_FORCE,
    NOWHERE,
    SUSPENSIONS,
)

TRANSFER = "{charter_guidance}"

ARRIVAL_DAYS = "transfers.arrival_days"
"""Working days within which a member presents himself to the new cell."""

FROM_ELSEWHERE = (StartReason.TRANSFERRED_IN, StartReason.TRANSFERRED_IN_FAR)
"""Arrivals from committees that we do not keep."""

REMIND = "reminders.days"
"""How many days before its day a deadline is shown; the office sets it."""


def time_to_arrive(moment):
    """Return how long the way to a new cell may take: five working days are a week."""
    return days(moment.in_force.value(ARRIVAL_DAYS) * 7 // 5)


def soon(moment):
    """Return the last of the days whose deadlines are shown."""
    return moment.as_of + days(moment.in_force.value(REMIND))


@of_parameters
def last_overdue(on, rulebook):
    """Return the last day of a ceremony after which the time for the vote is over on a day."""
    in_force = InForce(on, rulebook)
    ceremony = months_later(on, -in_force.value(probation.MONTHS)) - days(in_force.value(probation.VOTE_DAYS))
    while probation.vote_deadline(ceremony, in_force) >= on:
        ceremony -= days(1)
    return ceremony


def overdue(moment):
    """Return the condition that the cell should have voted on the end of probation."""
    return Q(stage=pipeline.PROBATION.code, ceremony_on__lte=last_overdue(moment.as_of, moment.rulebook))


def ending(moment):
    """Return the condition that the probation is over or soon will be, and there still is time for the vote."""
    admitted = months_later(soon(moment), -moment.in_force.value(probation.MONTHS))
    there_is_time = Q(ceremony_on__lte=admitted, ceremony_on__gt=last_overdue(moment.as_of, moment.rulebook))
    return Q(stage=pipeline.PROBATION.code) & there_is_time


def arrived_late(moment):
    """Return the condition that a member came within the period, and too long after the decision to transfer."""
    came = Q(start_reason__in=FROM_ELSEWHERE, started_on__range=(moment.since, moment.as_of))
    return came & Q(started_on__gt=F("decision_date") + lapse(time_to_arrive(moment)))


check(
    Check(
        "chua-co-noi-sinh-hoat",
        Level.WARNING,
        "Đảng viên thôi chi bộ cũ quá {transfers.arrival_days}, chưa có chi bộ mới",
        "Ghi chi bộ đã tiếp nhận, hoặc ghi chuyển đi. Ngày lễ không trừ nên hạn đúng có thể muộn hơn.",
        TRANSFER,
        NOWHERE,
        lambda moment: Q(ended_on__lt=moment.as_of - time_to_arrive(moment)),
        card("chuyen-den"),
        Right.DECIDE,
    ),
    Check(
        "chuyen-den-cham",
        Level.NOTE,
        "Đảng viên chuyển đến quá {transfers.arrival_days} sau ngày quyết định",
        "Đảng viên hoặc nơi giới thiệu giải trình vì sao nộp giấy muộn; ngày ghi sai thì sửa. Ngày lễ không trừ.",
        TRANSFER,
        CURRENT_MEMBERS,
        arrived_late,
        record("sinh-hoat-dang"),
        Right.DECIDE,
        (
            ListColumn("Ngày quyết định", "decision_date", day, short=True),
            ListColumn("Đến chi bộ", "started_on", day, short=True),
        ),
    ),
    Check(
        "du-bi-qua-han",
        Level.WARNING,
        "Đảng viên dự bị quá hạn chi bộ họp xét",
        "Hết {admissions.probation_months} dự bị, chi bộ họp xét trong {admissions.vote_days}. Ngày lễ không trừ nên "
        "hạn đúng có thể muộn hơn.",
        CHARTER,
        ADMISSION_PIPELINE,
        overdue,
        step("chinh-thuc"),
        Right.DECIDE,
        bulk=MAKE_OFFICIAL,
    ),
    Check(
        "du-bi-sap-het",
        Level.NOTE,
        "Đảng viên dự bị sắp hết hoặc vừa hết {admissions.probation_months}",
        "Chuẩn bị hồ sơ công nhận chính thức; chi bộ họp xét trong {admissions.vote_days} sau khi hết "
        "{admissions.probation_months}.",
        CHARTER,
        ADMISSION_PIPELINE,
        ending,
        step("chinh-thuc"),
        Right.DECIDE,
        bulk=MAKE_OFFICIAL,
    ),
    Check(
        "nguon-ket-nap",
        Level.NOTE,
        "Quần chúng ưu tú",
        "Ghi bước tiếp theo ở bảng kết nạp.",
        CHARTER,
        ADMISSION_PIPELINE,
        Q(stage__in=[pipeline.LISTED.code, pipeline.TAUGHT.code]),
        lambda row, moment: reverse("admissions"),
    ),
    Check(
        "mien-sinh-hoat-sap-het",
        Level.NOTE,
        "Miễn sinh hoạt sắp hết hạn",
        "Hỏi đảng viên có xin miễn tiếp không; nếu không, người đó sinh hoạt lại từ ngày ấy.",
        "Điều lệ Đảng, Điều 7; {member_work}",
        EXEMPTIONS,
        lambda moment: Q(ended_on__lte=soon(moment)),
        record("mien-sinh-hoat"),
    ),
    Check(
        "giam-dang-phi-sap-het",
        Level.NOTE,
        "Miễn, giảm đảng phí sắp hết hạn",
        "Hoàn cảnh khó khăn mỗi lần không quá {fees.relief_months}: xét lại, hoặc đảng viên đóng đủ từ ngày ấy.",
        "{fees}",
        FEE_REDUCTIONS,
        lambda moment: Q(ended_on__lte=soon(moment)),
        record("mien-giam-dang-phi"),
    ),
    Check(
        "dinh-chi-sap-het",
        Level.NOTE,
        "Đình chỉ sinh hoạt đảng sắp hết hạn",
        "Báo chi bộ ngày đảng viên sinh hoạt trở lại; kéo dài thì ghi theo quyết định mới trước ngày ấy.",
        CHARTER,
        SUSPENSIONS,
        lambda moment: Q(ended_on__lte=soon(moment)),
        record("dinh-chi-sinh-hoat"),
        Right.DECIDE,
    ),
    Check(
        "ky-luat-sap-het",
        Level.NOTE,
        "Kỷ luật đảng viên sắp hết hiệu lực",
        "Báo đảng viên và chi bộ ngày hết hiệu lực; thời hạn ghi sai thì sửa ở sổ Kỷ luật đảng viên.",
        CHARTER,
        MEASURES_IN_FORCE,
        lambda moment: Q(expires_on__lte=soon(moment)),
        record("ky-luat"),
    ),
)
