"""Checks of expulsions: what older days left in one register only; `members.discipline` writes both together."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, Level, check
from members.choices import DisciplineMeasure, EndReason
from members.models import Discipline, Spell
from organizations.rights import Right

from .fix_urls import record
from .populations import EXPELLED, EXPULSIONS

CHARTER = "Điều lệ Đảng, Điều 35; {charter_guidance}"

MEASURE = Discipline.objects.filter(
    member=OuterRef("member"), form=DisciplineMeasure.EXPULSION, decided_on=OuterRef("ended_on")
)
ENDING = Spell.objects.filter(member=OuterRef("member"), end_reason=EndReason.EXPELLED, ended_on=OuterRef("decided_on"))


def measure_form(row, moment):
    """Return the address at which the measure against the member of a row is recorded."""
    return f"{reverse('record-add', args=['ky-luat'])}?dang_vien={row['member__pk']}"


check(
    Check(
        "khai-tru-thieu-ky-luat",
        Level.ERROR,
        "Đảng viên ra khỏi Đảng do khai trừ, sổ Kỷ luật chưa ghi",
        "Ghi kỷ luật khai trừ cùng ngày với ngày ra khỏi Đảng, có số quyết định.",
        CHARTER,
        EXPELLED,
        Q(~Exists(MEASURE)),
        measure_form,
        Right.DECIDE,
    ),
    Check(
        "khai-tru-con-sinh-hoat",
        Level.ERROR,
        "Kỷ luật khai trừ đã ghi, đảng viên chưa được ghi ra khỏi Đảng cùng ngày",
        "Xóa bản ghi kỷ luật rồi ghi lại: hệ thống ghi luôn việc ra khỏi Đảng.",
        CHARTER,
        EXPULSIONS,
        Q(~Exists(ENDING)),
        record("ky-luat"),
        Right.DECIDE,
    ),
)
