"""Reporting periods and what units confirm for them."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from binhlu_portal.moment.moment import Moment
from organizations.models import Ancestry, Unit
from organizations.rights import Right
from organizations.scope import Day, Reader, ScopedQuerySet, outer, reaches_unit

USUAL_OUTLINE = "nq21"
"""The outline that a report follows unless another is chosen: that on Nghị quyết 21-NQ/TW."""


class ReportingPeriodQuerySet(ScopedQuerySet):
    """Reporting periods: read by everyone beneath the committee that opened them, kept by the committee itself."""

    since = "opened_on"

    def reach(self, user: Reader, right: Right, day: Day) -> Q:
        """Condition that a unit in the scope to read lay beneath the committee, as it opened the period or later."""
        beneath = Ancestry.objects.filter(ancestor=OuterRef("unit"), ended_on__gt=outer(day))
        return Q(Exists(beneath.filter(reaches_unit(user, right, "unit", outer(day)))))

    def within(self, units: QuerySet) -> Self:
        """Return the periods of committees that stand, or once stood, above one of `units`."""
        return self.filter(Exists(Ancestry.objects.filter(ancestor=OuterRef("unit"), unit__in=units)))

    def kept_within(self, units: QuerySet) -> Self:
        """Return the periods that one of `units` opened itself."""
        return self.filter(unit__in=units)

    def open(self) -> Self:
        """Return the periods for which units may still confirm."""
        return self.filter(closed_on__isnull=True)


class ReportingPeriod(models.Model):
    """A committee asks its units to confirm their records as of a day; the report is made from what they confirmed.

    `since` and `year` complete the moment of its figures; `forms` are the annexes, reports and blanks to be made, by
    their codes; `outline` is the code of the outline that the report follows. `authority`, `post` and `signer` sign the
    report and the annexes, `office_…` the forms of statistics, whose numbers end in `form_suffix`; what is empty
    follows the kind of committee. While a period is closed the records of its days are locked (`reports.triggers`); one
    that was opened again says why in `reopened_for` until it is closed anew.
    """

    days_to_come = ("as_of", "since", "due_on")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reporting_periods", verbose_name="cấp ủy mở kỳ")
    as_of = models.DateField("đến ngày")
    since = models.DateField("từ ngày")
    year = models.PositiveSmallIntegerField("năm xếp loại")
    due_on = models.DateField("hạn xác nhận")
    opened_on = models.DateField("ngày mở kỳ")
    closed_on = models.DateField("ngày khóa kỳ", null=True, blank=True)
    forms = models.CharField(
        "biểu, báo cáo phải lập", max_length=200, blank=True, help_text="Ký hiệu các biểu, cách nhau dấu cách."
    )
    outline = models.CharField("đề cương báo cáo", max_length=20, default=USUAL_OUTLINE)
    reopened_for = models.CharField("lý do mở lại", max_length=300, blank=True)
    authority = models.CharField(
        "thể thức ký",
        max_length=80,
        blank=True,
        help_text="Ví dụ: T/M BAN THƯỜNG VỤ. Để trống thì ghi theo loại cấp ủy.",
    )
    post = models.CharField(
        "chức vụ người ký",
        max_length=80,
        blank=True,
        help_text="Ví dụ: PHÓ BÍ THƯ. Để trống thì ghi theo loại cấp ủy.",
    )
    signer = models.CharField(
        "họ tên người ký",
        max_length=80,
        blank=True,
        help_text="In dưới báo cáo và biểu phụ lục; để trống thì chừa chỗ.",
    )
    office_post = models.CharField(
        "chức vụ người ký biểu thống kê",
        max_length=80,
        blank=True,
        help_text="Biểu thống kê do ban tham mưu ký. Để trống thì ghi Trưởng ban.",
    )
    office_signer = models.CharField("họ tên người ký biểu thống kê", max_length=80, blank=True)
    form_suffix = models.CharField(
        "ký hiệu sau số biểu thống kê",
        max_length=20,
        blank=True,
        help_text="Ví dụ: BTCTW để in Biểu số 1-BTCTW. Để trống thì ghi BTCTW.",
    )
    explains = models.BooleanField("in chú thích cách tính số liệu trong báo cáo", default=False)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lte=F("as_of")),
                name="reports_reportingperiod_since_first",
                violation_error_message="Ngày bắt đầu tính phải không muộn hơn ngày số liệu.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(closed_on__isnull=True, reopened_for=""),
                name="reports_reportingperiod_one_open",
                violation_error_message="Đang có một kỳ báo cáo chưa kết thúc: kết thúc kỳ đó trước.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(reopened_for=""),
                name="reports_reportingperiod_closed_or_reopened",
                violation_error_message="Kỳ đã khóa không còn lý do mở lại.",
            ),
        ]
        indexes = [models.Index(fields=["as_of"], condition=Q(closed_on__isnull=False), name="period_closed")]

    def __str__(self):
        return f"Kỳ báo cáo đến ngày {self.as_of:%d/%m/%Y}"

    def moment(self, user: Reader, unit: Unit | None = None) -> Moment:
        """Return the moment of the figures of `unit`, or of the committee itself, for the reader `user`."""
        asked = {"as_of": self.as_of, "since": self.since, "year": self.year}
        return Moment.of(unit or self.unit, user, today=self.as_of, **asked)

    def is_late(self, at: datetime) -> bool:
        """Whether `at` comes after the day on which units were due to confirm."""
        return timezone.localtime(at).date() > self.due_on

    @property
    def form_codes(self) -> list[str]:
        """The codes of the annexes to be made."""
        return self.forms.split()

    @property
    def is_open(self) -> bool:
        """Whether units may still confirm."""
        return self.closed_on is None


class ConfirmationQuerySet(ScopedQuerySet):
    """What units have confirmed, tries that were returned and what was confirmed again included."""

    since = "at"

    def standing(self) -> Self:
        """Return the confirmations that hold: all but the returned ones and those that were confirmed again."""
        return self.exclude(answer__in=GONE)

    def tries(self) -> Self:
        """Return the confirmations of which a unit is told: all but those in whose place it confirmed again."""
        return self.exclude(answer=Answer.REPLACED)


class Answer(models.TextChoices):
    """What became of a confirmation: what the committee's office says to it, or that the unit confirmed again."""

    ACCEPTED = "accepted", "Đã nhận"
    RETURNED = "returned", "Trả lại"
    REPLACED = "replaced", "Đã xác nhận lại"


GONE = (Answer.RETURNED, Answer.REPLACED)
"""The answers after which a confirmation holds no more."""


class Confirmation(models.Model):
    """A unit's secretary stands for the records of the unit as of the day of a reporting period.

    The office accepts it or returns it with a reason; a returned one stays as a try, and the unit confirms again. It is
    bound to what was shown: the `values` by the codes of their figures, a `digest` of the rows behind them, and the
    newest `entry` of the history. What changes of the unit afterwards is told, and is confirmed anew.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="confirmations", verbose_name="kỳ báo cáo")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="confirmations", verbose_name="tổ chức đảng")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="confirmations", verbose_name="người xác nhận"
    )
    at = models.DateTimeField("xác nhận lúc")
    answer = models.CharField("trả lời của văn phòng", max_length=8, choices=Answer, blank=True)
    answer_reason = models.CharField("lý do trả lại", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    values = models.JSONField("số đã xác nhận", default=dict, editable=False)
    digest = models.CharField("dấu của các dòng đã xác nhận", max_length=64, blank=True, editable=False)
    entry = models.PositiveIntegerField("thay đổi mới nhất lúc xác nhận", null=True, editable=False)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận số liệu"
        verbose_name_plural = "xác nhận số liệu"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"],
                condition=~Q(answer__in=GONE),
                name="reports_confirmation_once",
                violation_error_message="Đơn vị đã xác nhận số liệu của kỳ này.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="reports_confirmation_answered_by_someone",
                violation_error_message="Trả lời một xác nhận phải ghi người trả lời và lúc trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.RETURNED) & ~Q(answer_reason="")
                | ~Q(answer=Answer.RETURNED) & Q(answer_reason=""),
                name="reports_confirmation_returned_for_reason",
                violation_error_message="Trả lại phải có lý do; nhận thì không.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {self.period}"


class OfPeriodQuerySet(ScopedQuerySet):
    """What belongs to a reporting period as a whole: read and kept with the committee that opened it."""

    unit = "period__unit"
    since = "period__opened_on"
