"""Dated facts about a member that lists and statistics count."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import Decided, Period
from binhlu_portal.db.read_fields import ChoiceCharField, ReadCharField
from binhlu_portal.text.typed_text import as_text
from members import choice_words, choices
from members.probation import is_on_probation
from members.seniority import completed_on, seniority_start_of

from .member import Member, OfMember, OncePerMember
from .scope import DecidedPeriodQuerySet, MemberFactQuerySet


class Exemption(OncePerMember, Decided):
    """Exempt from Party work and meetings (Điều lệ Đảng, Article 7).

    For age or health the cell decides; for other reasons the Standing Committee does, on the cell's proposal
    (38-HD/BTCTW, 29/9/2025).
    """

    days_to_come = ("started_on", "ended_on")

    member = models.ForeignKey(Member, models.PROTECT, related_name="exemptions", verbose_name="đảng viên")
    kind = ChoiceCharField("lý do miễn", max_length=12, choices=choices.ExemptionKind, words=choice_words.EXEMPTIONS)

    of_the_cell = {"kind": {choices.ExemptionKind.AGE_HEALTH}}
    outside = (
        "Chi bộ chỉ ghi miễn sinh hoạt do tuổi cao, sức yếu của đảng viên mình; miễn vì lý do khác đề nghị Văn phòng "
        "Đảng ủy ghi."
    )
    already = "đã được miễn sinh hoạt trong thời gian này. Hãy ghi ngày kết thúc của lần trước rồi mới ghi lần này."

    objects = DecidedPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "miễn công tác và sinh hoạt"
        verbose_name_plural = "miễn công tác và sinh hoạt"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"

    def acts(self):
        """Return what is decided: of the Standing Committee, where age or health is not the reason."""
        return {"": "Miễn không vì tuổi cao, sức yếu"} if self.kind == choices.ExemptionKind.OTHER else {}


class Training(OfMember, models.Model):
    """A member's turn in one course."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="trainings", verbose_name="đảng viên")
    program = ChoiceCharField("chương trình", max_length=30, choices=choices.Program, words=choice_words.PROGRAMS)
    course = models.CharField("tên lớp", max_length=200)
    level = ChoiceCharField("cấp mở lớp", max_length=10, choices=choices.CourseLevel, words=choice_words.COURSE_LEVELS)
    began_on = models.DateField("ngày khai giảng")
    finished_on = models.DateField("ngày bế giảng", null=True, blank=True)

    since = "began_on"
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

    def clean(self):
        """Refuse a course that finishes before it begins."""
        super().clean()
        if isinstance(self.began_on, date) and self.finished_on and self.finished_on < self.began_on:
            raise ValidationError({"finished_on": "Ngày bế giảng phải sau ngày khai giảng."})


class PlanningStep(models.TextChoices):
    """What a committee decides of somebody's planning: it is approved, looked through every year, given up."""

    APPROVED = "approved", "Phê duyệt"
    REVIEWED = "reviewed", "Rà soát, tiếp tục quy hoạch"
    REMOVED = "removed", "Đưa ra khỏi quy hoạch"


PLANNING_STEPS = {PlanningStep.REVIEWED: "Rà soát", PlanningStep.REMOVED: "Đưa ra; Đưa ra khỏi"}
"""What people call the steps besides."""

TERM = re.compile(r"(?:nhiệm kỳ\s*)?([0-9]{4})\s*[-–—]\s*([0-9]{4})", re.IGNORECASE)
HOW_TO_TYPE_TERM = "Ghi nhiệm kỳ bằng năm đầu và năm cuối, ví dụ: 2025-2030."


def read_term(value: Any, day: date | None = None) -> str:
    """Read a term: 2025-2030, however its years are parted."""
    found = TERM.fullmatch(as_text(value))
    if found is None:
        raise ValueError(HOW_TO_TYPE_TERM)
    return f"{found[1]}-{found[2]}"


NOT_APPROVED = "Đảng viên chưa được phê duyệt quy hoạch chức danh này trong nhiệm kỳ: ghi lần phê duyệt trước."
REMOVED_ALREADY = "Đảng viên đã được đưa ra khỏi quy hoạch chức danh này trong nhiệm kỳ."


class Planning(OfMember, Decided):
    """A member approved as a coming holder of a post in one term (quy hoạch cán bộ). One row is one turn."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="plannings", verbose_name="đảng viên")
    step = ChoiceCharField(
        "việc quy hoạch", max_length=10, choices=PlanningStep, default=PlanningStep.APPROVED, words=PLANNING_STEPS
    )
    post = ChoiceCharField(
        "chức danh quy hoạch", max_length=30, choices=choices.PlanningPost, words=choice_words.PLANNING_POSTS
    )
    term = ReadCharField("nhiệm kỳ", max_length=9, help_text="Ví dụ: 2025-2030.", read=read_term)
    approved_on = models.DateField("ngày phê duyệt")

    since = "approved_on"
    objects = MemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "quy hoạch"
        verbose_name_plural = "quy hoạch"
        ordering = ["approved_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "post", "term"],
                condition=Q(step=PlanningStep.APPROVED),
                name="members_planning_once",
                violation_error_message="Đảng viên đã được quy hoạch chức danh này trong nhiệm kỳ.",
            ),
            models.UniqueConstraint(
                fields=["member", "post", "term", "step"],
                condition=Q(step=PlanningStep.REMOVED),
                name="members_planning_removed_once",
                violation_error_message=REMOVED_ALREADY,
            ),
            models.UniqueConstraint(
                fields=["member", "post", "term", "approved_on"],
                condition=Q(step=PlanningStep.REVIEWED),
                name="members_planning_reviewed_once",
                violation_error_message="Lần rà soát quy hoạch này đã được ghi.",
            ),
        ]
        indexes = [models.Index(fields=["approved_on"], name="planning_day")]

    def __str__(self):
        return f"{self.member}: {self.get_post_display()} {self.term}"

    def clean(self):
        """Refuse a term that is not two years in order."""
        super().clean()
        years = TERM.fullmatch(self.term)
        if not years or years[1] >= years[2] or self.term != f"{years[1]}-{years[2]}":
            raise ValidationError({"term": HOW_TO_TYPE_TERM})
        if self.member_id and isinstance(self.approved_on, date):
            self._check_order()

    def _check_order(self):
        """Refuse what comes before the approval, or after the end, of this planning."""
        others = [row for row in self.member.plannings.all() if row.pk != self.pk]
        steps = {
            step: [row.approved_on for row in others if (row.step, row.post, row.term) == (step, self.post, self.term)]
            for step in PlanningStep
        }
        approved, reviewed, removed = steps.values()
        if self.step == PlanningStep.APPROVED and min(reviewed + removed, default=date.max) < self.approved_on:
            raise ValidationError(
                {"approved_on": "Ngày phê duyệt phải trước ngày rà soát, ngày đưa ra khỏi quy hoạch."}
            )
        if self.step == PlanningStep.APPROVED:
            return
        if min(approved, default=date.max) > self.approved_on:
            raise ValidationError({"step": NOT_APPROVED})
        if min(removed, default=date.max) < self.approved_on:
            raise ValidationError({"step": REMOVED_ALREADY})
        if self.step == PlanningStep.REMOVED and max(reviewed, default=date.min) > self.approved_on:
            raise ValidationError({"approved_on": "Ngày đưa ra khỏi quy hoạch phải sau mọi ngày rà soát."})


class Badge(Decided):
    """Huy hiệu Đảng, given at 30, 40, 45 … 90 years in the Party.

    Those gravely ill may have it up to twelve months early, from 70 years on up to 24; the dead up to twelve. A
    badge may have been given before the member came here.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="badges", verbose_name="đảng viên")
    years = models.PositiveSmallIntegerField(
        "năm tuổi Đảng", choices=[(years, f"{years} năm") for years in choices.BADGES]
    )
    number = models.CharField("số huy hiệu", max_length=20, blank=True)
    awarded_on = models.DateField("ngày trao tặng")
    posthumous = models.BooleanField("truy tặng", default=False)

    since = "awarded_on"
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

    def clean(self):
        """Refuse a badge before its earliest day, and one for somebody who has no years in the Party."""
        super().clean()
        if not (self.member_id and self.years and isinstance(self.awarded_on, date)):
            return
        earliest = months_later(self.due_on, -self.early_months)
        if self.awarded_on < earliest:
            due, first = (f"{day:%d/%m/%Y}" for day in (self.due_on, earliest))
            sentence = f"{self.member} đủ {self.years} năm tuổi Đảng ngày {due}: không thể tặng trước ngày {first}."
            raise ValidationError({"awarded_on": sentence})

    @property
    def due_on(self):
        """The day on which the member completes the years, as they count on the day of the award.

        Only official members have years in the Party (38-HD/BTCTW, 29/9/2025).
        """
        start = seniority_start_of(self.member, self.awarded_on)
        if start is None:
            raise ValidationError({"years": f"Hồ sơ của {self.member} chưa có ngày vào Đảng: ghi ngày đó trước."})
        official_on = self.member.official_on
        if official_on is None and not is_on_probation(self.member, self.awarded_on):
            sentence = f"Hồ sơ của {self.member} chưa ghi ngày chính thức: ghi ngày đó trước."
            raise ValidationError({"years": sentence})
        if official_on is None or official_on.first_day > self.awarded_on:
            raise ValidationError({"years": f"{self.member} chưa là đảng viên chính thức: chưa có tuổi Đảng."})
        return completed_on(self.years, start.first_day)

    @property
    def early_months(self):
        """How much earlier it may be given to the gravely ill and to the dead."""
        return 24 if self.years >= choices.LATE_BADGE and not self.posthumous else 12
