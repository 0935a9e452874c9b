"""Reports of change: what a cell knows of somebody and the office of the committee is to write down."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Model, Q
from django.urls import reverse

from binhlu_portal.audit.display import in_words
from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.dates.typed_dates import read_date
from binhlu_portal.db.read_fields import ReadCharField
from binhlu_portal.text.vietnamese import name_key
from members import card_values, choices
from organizations.mixins import OfUnit
from organizations.models import Unit
from organizations.scope import ScopedQuerySet

from .member import Member


class ChangeKind(models.TextChoices):
    """What a cell reports; what it decides itself it writes down at once, and reports nothing."""

    DIED = "died", "Từ trần"
    RESIGNED = "resigned", "Xin ra khỏi Đảng"
    MOVED_WITHIN = "moved_within", "Chuyển sang chi bộ khác"
    MOVED_OUT = "moved_out", "Chuyển ra ngoài đảng bộ"
    NEWCOMER = "newcomer", "Người mới chuyển đến"
    EXEMPTION = "exemption", "Đề nghị miễn công tác, sinh hoạt"
    BADGE = "badge", "Đề nghị tặng Huy hiệu Đảng"
    POST_TAKEN = "post_taken", "Giữ chức vụ"
    POST_LEFT = "post_left", "Thôi giữ chức vụ"
    ENTRY = "entry", "Ngày vào Đảng, chính thức ghi sai"


class ChangeReportState(models.TextChoices):
    """How far a report is: the office has it, the cell is asked, or it is closed."""

    WAITING = "waiting", "Chờ Văn phòng"
    ASKED = "asked", "Văn phòng hỏi lại"
    DONE = "done", "Đã lưu hồ sơ"
    DECLINED = "declined", "Không ghi"
    WITHDRAWN = "withdrawn", "Chi bộ rút"


OPEN_STATES = (ChangeReportState.WAITING, ChangeReportState.ASKED)
"""The states of reports that are not closed."""

LEAVING = frozenset({ChangeKind.DIED, ChangeKind.RESIGNED, ChangeKind.MOVED_WITHIN, ChangeKind.MOVED_OUT})
"""What ends somebody's stay in the cell: while one of them is told, no other of them can be."""

OF_WHO_STAYS = LEAVING | {ChangeKind.EXEMPTION, ChangeKind.POST_TAKEN, ChangeKind.POST_LEFT}
"""What can be told of nobody who has left, by a report that is open."""

CARRIED = ("day", "place", "years", "post", "note")
"""What a report tells of a change, beside whose it is and what."""

MAY_LIE_AHEAD = frozenset({ChangeKind.EXEMPTION})
"""What a cell asks for may hold from a day to come; everything else has happened."""


class ChangeReportQuerySet(ScopedQuerySet):
    """Reports of change: a cell reads and writes its own, the committees above those of their cells."""

    def open(self) -> Self:
        """Return those that are not closed."""
        return self.filter(state__in=OPEN_STATES)

    def open_one(self, kind: str, member: Member | None, unit: Unit, newcomer: str) -> Model | None:
        """Return the one that is open of this kind about a member, else about who bears the name in the unit.

        Of a member it may be one by which the member leaves, which rules the kind out.
        """
        kinds = {kind} | (LEAVING if member and kind in OF_WHO_STAYS else set())
        found = self.open().filter(kind__in=kinds, **({"member": member} if member else {"unit": unit}))
        name = name_key(newcomer)
        return next((report for report in found if member or name_key(report.newcomer) == name), None)


class ChangeReport(OfUnit, models.Model):
    """A report of a cell about one of its members, or about somebody of whom nothing is written down yet.

    It is no fact: figures count what the office writes down. The history says who reported, asked and answered, and
    that a report was closed in the same act in which the change was written.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="change_reports", verbose_name="chi bộ")
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="change_reports", null=True, blank=True, verbose_name="đảng viên"
    )
    newcomer = ReadCharField("họ tên người chưa có hồ sơ", max_length=120, blank=True, read=card_values.read_full_name)
    search_name = models.CharField(max_length=400, editable=False, blank=True)
    kind = models.CharField("việc", max_length=12, choices=ChangeKind)
    day = PartialDateField("ngày có thay đổi", null=True, blank=True, read=read_date)
    place = models.CharField("nơi đến, nơi đi", max_length=200, blank=True)
    years = models.PositiveSmallIntegerField(
        "Huy hiệu", choices=[(years, f"{years} năm tuổi Đảng") for years in choices.BADGES], null=True, blank=True
    )
    post = models.CharField(
        "chức vụ",
        max_length=20,
        choices=[(post.value, post.label) for post in choices.Post if post != choices.Post.OVERSEER],
        blank=True,
    )
    note = models.CharField("nói rõ thêm", max_length=300, blank=True)
    reported_on = models.DateField("ngày báo")
    state = models.CharField("tình trạng", max_length=10, choices=ChangeReportState, default=ChangeReportState.WAITING)
    question = models.CharField("Văn phòng hỏi, trả lời", max_length=300, blank=True)
    answer = models.CharField("chi bộ trả lời", max_length=300, blank=True)
    closed_on = models.DateField("ngày xong", null=True, blank=True)

    since = "reported_on"
    days_to_come = ("day",)
    objects = ChangeReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo thay đổi"
        verbose_name_plural = "báo thay đổi"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.NEWCOMER, member__isnull=True) & ~Q(newcomer="")
                | ~Q(kind=ChangeKind.NEWCOMER) & Q(member__isnull=False, newcomer=""),
                name="members_changereport_of_one",
                violation_error_message="Báo về một đảng viên; người mới chuyển đến thì ghi họ tên.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_on__isnull=True)
                | ~Q(state__in=OPEN_STATES) & Q(closed_on__isnull=False, closed_on__gte=F("reported_on")),
                name="members_changereport_closed_on_a_day",
                violation_error_message="Báo đã xong có ngày xong, không trước ngày báo; báo còn chờ thì chưa có.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ChangeReportState.ASKED, ChangeReportState.DECLINED)) | ~Q(question=""),
                name="members_changereport_says_what",
                violation_error_message="Ghi rõ Văn phòng hỏi gì, hoặc vì sao không ghi.",
            ),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(state__in=OPEN_STATES, member__isnull=False),
                name="members_changereport_once",
                violation_error_message="Việc này của người này đã được báo và đang chờ.",
            ),
            models.UniqueConstraint(
                fields=["unit", "newcomer"],
                condition=Q(state__in=OPEN_STATES, member__isnull=True),
                name="members_changereport_newcomer_once",
                violation_error_message="Người này đã được báo và đang chờ.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"

    def save(self, *, update_fields=None, **kwargs):
        """Keep the column by which somebody without a record is found in step with the name."""
        self.search_name = name_key(self.newcomer)
        if update_fields is not None:
            update_fields = {*update_fields, "search_name"}
        super().save(update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        """Return the page of the report."""
        return reverse("record", args=["bao-thay-doi", self.pk])

    def clean(self):
        """Refuse a change that has not happened by the day of the report."""
        super().clean()
        if self.day and self.kind not in MAY_LIE_AHEAD and self.day.first_day > self.reported_on:
            raise ValidationError({"day": f"Ngày này sau ngày báo {self.reported_on:%d/%m/%Y}: xem lại."})

    @property
    def person(self) -> str:
        """Whom it is about."""
        return str(self.member) if self.member_id else self.newcomer

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.state in OPEN_STATES

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the cell told of the change, in words: (label, value)."""
        fields = (self._meta.get_field(name) for name in CARRIED)
        said = ((field, field.value_from_object(self)) for field in fields)
        return [(str(field.verbose_name), in_words(field, value)) for field, value in said if value not in (None, "")]

    @property
    def known_day(self) -> date | None:
        """The day of the change, None where it is not known to the day."""
        return self.day.first_day if self.day and self.day.precision == "day" else None
