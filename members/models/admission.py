"""The way into the Party, and the yearly targets."""

from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from binhlu_portal.dates.validity import Decided
from members import choices
from organizations.models import Unit
from organizations.scope import ScopedQuerySet

from .member import Member


class Admission(Decided):
    """One person's way from candidate to official member, with the attributes that are counted at admission.

    `ceremony_on` is the day of entry into the Party (ngày vào Đảng) and starts the twelve months of probation; the
    decision inherited from `Decided` is the decision to admit (Điều lệ Đảng, Articles 4 and 5; 294-QĐ/TW, 26/5/2025).
    The vote comes after probation, so the decision on official membership is never older than the official day.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="admissions", verbose_name="người vào Đảng")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="admissions", verbose_name="chi bộ")
    listed_on = models.DateField("ngày đưa vào danh sách theo dõi", null=True, blank=True)
    course_on = models.DateField("ngày học lớp nhận thức về Đảng", null=True, blank=True)
    ceremony_on = models.DateField("ngày lễ kết nạp", null=True, blank=True)
    official_on = models.DateField("ngày công nhận chính thức", null=True, blank=True)
    official_decision = models.CharField("số quyết định công nhận chính thức", max_length=40, blank=True)
    official_decided_on = models.DateField("ngày quyết định công nhận chính thức", null=True, blank=True)
    closed_on = models.DateField("ngày đưa khỏi danh sách theo dõi", null=True, blank=True)
    again = models.BooleanField("kết nạp lại", default=False)
    consent = models.CharField(
        "văn bản đồng ý kết nạp lại",
        max_length=100,
        blank=True,
        help_text="Cấp ủy cấp tỉnh đồng ý: số, ngày văn bản. Chỉ ghi khi kết nạp lại.",
    )
    youth_union = models.BooleanField("đoàn viên thanh niên", default=False)
    rural = models.BooleanField("khu vực nông thôn", default=False)
    occupation = models.CharField("nghề nghiệp khi kết nạp", max_length=40, choices=choices.Occupation, blank=True)
    education = models.CharField("học vấn khi kết nạp", max_length=20, choices=choices.Education, blank=True)

    since = ("listed_on", "course_on", "ceremony_on", "closed_on")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kết nạp đảng viên"
        verbose_name_plural = "kết nạp đảng viên"
        ordering = ["ceremony_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ceremony_on__isnull=True)
                | Q(decision_date__isnull=False, decision_date__lte=F("ceremony_on"), closed_on__isnull=True),
                name="members_admission_decided_first",
                violation_error_message="Lễ kết nạp phải sau ngày ký quyết định kết nạp.",
            ),
            models.CheckConstraint(
                condition=Q(official_on__isnull=True) | Q(ceremony_on__isnull=False, official_on__gt=F("ceremony_on")),
                name="members_admission_probation_first",
                violation_error_message="Ngày chính thức phải sau lễ kết nạp.",
            ),
            models.CheckConstraint(
                condition=Q(official_decided_on__isnull=True)
                | Q(official_on__isnull=False, official_decided_on__gte=F("official_on")),
                name="members_admission_official_by_decision",
                violation_error_message="Quyết định công nhận chính thức không ký trước ngày chính thức: chi bộ chỉ "
                "họp xét khi đã hết thời gian dự bị.",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ceremony_on__isnull=True, closed_on__isnull=True),
                name="members_admission_one_candidacy",
                violation_error_message="Người này đang trong danh sách quần chúng ưu tú.",
            ),
            models.UniqueConstraint(
                fields=["member", "ceremony_on"],
                name="members_admission_once_a_day",
                violation_error_message="Lễ kết nạp này đã được ghi.",
            ),
        ]
        indexes = [models.Index(fields=["ceremony_on"], name="admission_day")]

    def __str__(self):
        return f"Kết nạp {self.member}"

    def clean(self):
        """Refuse to list as a candidate who is a member of the Party."""
        super().clean()
        if self._state.adding and self.member_id and not (self.ceremony_on or self.closed_on):
            last = max(self.member.spells.all(), key=attrgetter("started_on"), default=None)
            if last and last.end_reason not in choices.OUT_OF_THE_PARTY:
                raise ValidationError({"member": f"{self.member} đã là đảng viên."})


class AdmissionTarget(models.Model):
    """How many members a unit is asked to admit in a year."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="admission_targets", verbose_name="tổ chức đảng")
    year = models.PositiveSmallIntegerField("năm")
    target = models.PositiveSmallIntegerField("chỉ tiêu kết nạp")

    since = "year"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu kết nạp"
        verbose_name_plural = "chỉ tiêu kết nạp"
        ordering = ["year", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="members_admissiontarget_once",
                violation_error_message="Chỉ tiêu năm này đã được giao.",
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.year}: {self.target}"
