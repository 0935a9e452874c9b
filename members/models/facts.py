"""Dated facts about a member that lists and statistics count."""

from django.db import models

from binhlu_portal.periods import Decided, Period

from .. import codes
from .member import Member, MemberFactQuerySet, MemberPeriodQuerySet


class Exemption(Period, Decided):
    """Exempt from Party work and meetings (Điều lệ Đảng, Article 7).

    For age or health the cell decides; for other reasons the Standing Committee does, on the cell's proposal
    (38-HD/BTCTW, 29/9/2025).
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="exemptions", verbose_name="đảng viên")
    kind = models.CharField("lý do miễn", max_length=12, choices=codes.ExemptionKind)

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "miễn công tác và sinh hoạt"
        verbose_name_plural = "miễn công tác và sinh hoạt"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"


class FeeReduction(Period, Decided):
    """Freed from the Party fee, or paying less; each time for twelve months at most (01-QĐ/TW, 03/02/2026)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="fee_reductions", verbose_name="đảng viên")
    kind = models.CharField("miễn, giảm đảng phí", max_length=12, choices=codes.FeeRelief)

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "miễn, giảm đảng phí"
        verbose_name_plural = "miễn, giảm đảng phí"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"


class Training(models.Model):
    """A member's turn in one course."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="trainings", verbose_name="đảng viên")
    program = models.CharField("chương trình", max_length=30, choices=codes.Program)
    course = models.CharField("tên lớp", max_length=200)
    level = models.CharField("cấp mở lớp", max_length=10, choices=codes.CourseLevel)
    began_on = models.DateField("ngày khai giảng")
    finished_on = models.DateField("ngày bế giảng", null=True, blank=True)

    objects = MemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "đào tạo, bồi dưỡng"
        verbose_name_plural = "đào tạo, bồi dưỡng"
        ordering = ["began_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "course", "began_on"],
                name="members_training_once",
                violation_error_message="Đảng viên đã được ghi vào lớp này.",
            )
        ]
        indexes = [models.Index(fields=["began_on"], name="training_day")]

    def __str__(self):
        return f"{self.member}: {self.course}"


class Planning(Decided):
    """A member approved as a coming holder of a post in one term (quy hoạch cán bộ). One row is one turn."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="plannings", verbose_name="đảng viên")
    post = models.CharField("chức danh quy hoạch", max_length=30, choices=codes.PlanningPost)
    term = models.CharField("nhiệm kỳ", max_length=9, help_text="Ví dụ: 2025-2030.")
    approved_on = models.DateField("ngày phê duyệt")

    objects = MemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "quy hoạch"
        verbose_name_plural = "quy hoạch"
        ordering = ["approved_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "post", "term"],
                name="members_planning_once",
                violation_error_message="Đảng viên đã được quy hoạch chức danh này trong nhiệm kỳ.",
            )
        ]
        indexes = [models.Index(fields=["approved_on"], name="planning_day")]

    def __str__(self):
        return f"{self.member}: {self.get_post_display()} {self.term}"


class Discipline(Decided):
    """A disciplinary measure. Striking off and leaving at one's own wish are not discipline: they end a spell."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="disciplines", verbose_name="đảng viên")
    form = models.CharField("hình thức", max_length=12, choices=codes.DisciplineForm)
    level = models.CharField("cấp quyết định", max_length=12, choices=codes.DecidingLevel)
    violation = models.CharField("nội dung vi phạm", max_length=30, choices=codes.Violation)
    decided_on = models.DateField("ngày quyết định kỷ luật")
    committee_member = models.BooleanField("là cấp ủy viên", default=False)

    objects = MemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "decided_on"],
                name="members_discipline_once",
                violation_error_message="Quyết định kỷ luật này đã được ghi.",
            )
        ]
        indexes = [models.Index(fields=["decided_on"], name="discipline_day")]

    def __str__(self):
        return f"{self.member}: {self.get_form_display()}"


class Badge(Decided):
    """Huy hiệu Đảng, given at 30, 40, 45 … 90 years in the Party."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="badges", verbose_name="đảng viên")
    years = models.PositiveSmallIntegerField(
        "năm tuổi Đảng", choices=[(years, f"{years} năm") for years in codes.BADGES]
    )
    number = models.CharField("số huy hiệu", max_length=20, blank=True)
    awarded_on = models.DateField("ngày trao tặng")
    posthumous = models.BooleanField("truy tặng", default=False)

    objects = MemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "Huy hiệu Đảng"
        verbose_name_plural = "Huy hiệu Đảng"
        ordering = ["awarded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "years"],
                name="members_badge_once",
                violation_error_message="Đảng viên đã được tặng Huy hiệu này.",
            )
        ]

    def __str__(self):
        return f"{self.member}: {self.get_years_display()}"
