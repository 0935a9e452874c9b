"""On what the Party fee of a member is reckoned, what the member pays less of it, and why."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import Decided, Period
from binhlu_portal.db.read_fields import ChoiceCharField
from members import choice_words, choices
from members.seniority import completed_on, seniority_start_of
from organizations.in_force import InForce
from organizations.rights import Right

from .member import Member, OncePerMember
from .scope import MemberPeriodQuerySet

RELIEF_MONTHS = "fees.relief_months"
"""For how long a hardship is relieved each time."""

FREE_YEARS = "fees.free_years"
"""Years in the Party from which a member pays no fee."""


class FeeBasisQuerySet(MemberPeriodQuerySet):
    """Bases of fees: who may change them sees them, and nobody else; a leader reads what others earn nowhere."""

    def visible_to(self, user, right=Right.SEE):
        """Return the rows of the people whose records `user` keeps: their own cell, and the office."""
        return self.editable_by(user)


class FeeBasis(OncePerMember):
    """On what the Party fee of a member is reckoned, for a while: a share of an income, or an amount for everybody.

    What somebody earns is kept no longer than it is needed: `members.chores` erases it, and the history never
    learns it (`binhlu_portal.audit.history_triggers`). An income that is not known is no nought.
    """

    days_to_come = ("started_on", "ended_on")

    member = models.ForeignKey(Member, models.PROTECT, related_name="fee_bases", verbose_name="đảng viên")
    group = models.CharField("nhóm đóng đảng phí", max_length=10, choices=choices.FeeGroup)
    income = models.PositiveIntegerField(
        "mức thu nhập tháng (đồng)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "Mức thu nhập phải lớn hơn 0: chưa biết thì chưa ghi căn cứ.")],
        help_text="Tiền lương đóng bảo hiểm xã hội, trợ cấp hoặc lương hưu của một tháng; nhóm khác để trống.",
    )
    already = "đã có căn cứ đóng đảng phí trong thời gian này. Hãy sửa căn cứ đó."

    objects = FeeBasisQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "căn cứ đóng đảng phí"
        verbose_name_plural = "căn cứ đóng đảng phí"
        ordering = ["member", "started_on"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(income__isnull=True) | Q(group__in=sorted(choices.INCOME_GROUPS)),
                name="members_feebasis_income_of_group",
                violation_error_message="Nhóm này không đóng theo thu nhập: để trống mức thu nhập.",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_group_display()}"

    def clean(self):
        """Ask for the income where the fee is a share of it; of a basis that has ended it may be erased."""
        super().clean()
        if self.group in choices.INCOME_GROUPS and self.income is None and self.is_open:
            raise ValidationError({"income": f"{self.get_group_display()}: ghi mức của một tháng, tính bằng đồng."})
        if self.group and self.group not in choices.INCOME_GROUPS and self.income is not None:
            sentence = f"{self.get_group_display()}: không đóng theo thu nhập, để trống mục này."
            raise ValidationError({"income": sentence})


class FeeReduction(OncePerMember, Decided):
    """Freed from the Party fee, or paying less (01-QĐ/TW, 03/02/2026).

    Most grounds free a member of the whole fee for as long as they last; a hardship is relieved wholly or in part, for
    some months each time. Rows written before grounds were asked for have none.
    """

    days_to_come = ("started_on", "ended_on")

    member = models.ForeignKey(Member, models.PROTECT, related_name="fee_reductions", verbose_name="đảng viên")
    kind = ChoiceCharField(
        "miễn, giảm đảng phí", max_length=12, choices=choices.FeeRelief, words=choice_words.FEE_RELIEFS
    )
    ground = ChoiceCharField(
        "căn cứ miễn, giảm", max_length=20, choices=choices.FeeGround, words=choice_words.FEE_GROUNDS
    )
    act = "Miễn, giảm đảng phí"
    already = (
        "đã được miễn, giảm đảng phí trong thời gian này. Hãy sửa ngày kết thúc của lần trước rồi mới ghi lần này."
    )

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "miễn, giảm đảng phí"
        verbose_name_plural = "miễn, giảm đảng phí"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"

    def clean(self):
        """Hold kind, length and years in the Party against the ground."""
        super().clean()
        if isinstance(self.started_on, date):
            if self.ground == choices.FeeGround.HARDSHIP:
                self._check_length()
            elif self.ground and self.kind != choices.FeeRelief.EXEMPT:
                raise ValidationError({"kind": f"{self.get_ground_display()}: được miễn, không phải giảm đảng phí."})
            if self.ground == choices.FeeGround.YEARS and self.member_id:
                self._check_years()

    def _check_length(self):
        months = InForce(self.started_on).value(RELIEF_MONTHS)
        latest = months_later(self.started_on, months)
        if self.ended_on > latest:
            sentence = (
                f"{self.get_kind_display()} vì hoàn cảnh khó khăn: mỗi lần không quá {months} tháng. "
                f"Ghi ngày này muộn nhất là {latest:%d/%m/%Y}."
            )
            raise ValidationError({"ended_on": sentence})

    def _check_years(self):
        """Refuse the years in the Party as the ground of someone who is known not to have them."""
        start = seniority_start_of(self.member, self.started_on)
        years = InForce(self.started_on).value(FREE_YEARS)
        if start is None:
            raise ValidationError({"ground": f"Hồ sơ của {self.member} chưa có ngày vào Đảng: ghi ngày đó trước."})
        full = completed_on(years, start.first_day)
        if full > self.started_on:
            sentence = f"{self.member} đủ {years} năm tuổi Đảng ngày {full:%d/%m/%Y}: chưa được miễn theo căn cứ này."
            raise ValidationError({"ground": sentence})
