"""Forms of coming, moving and going: each about one person (`instance`), by the actions of `members.membership`.

`suits(last)` says whether a form is offered to someone whose last stay is `last` (None without any).
"""

from django import forms

from binhlu_portal.records.forms.base import DecidedForm
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.records.forms.questions import AskingForm
from members.change_reports.settlement import SettlingForm
from members.choices import PUT_OUT, DecidingLevel, DisciplineMeasure, EndReason, StartReason, Violation
from members.discipline import actions as discipline
from members.models.change_report import ChangeKind
from organizations.choices import CELLS
from organizations.forms import UnitField
from organizations.rights import Right

from . import actions as membership
from .later_records import recorded_later

FIRST_DAY_AWAY = "Ngày đầu tiên không còn ở đây. Ghi 31/12/2025 hoặc 31122025."
MOVED = (ChangeKind.MOVED_WITHIN, ChangeKind.MOVED_OUT)
"""What cells report of somebody who moves: whether the new place is one of ours, they may not know."""

MEASURE = ("level", "violation", "committee_member")
"""The fields of an expulsion that say what it is as discipline."""


def is_here(last):
    """Whether the last stay still goes on."""
    return last is not None and last.is_open


def has_left(last):
    """Whether the person has left the Party alive."""
    return last is not None and last.end_reason in membership.ENDINGS - {EndReason.DIED}


class MembershipForm(SettlingForm, DecidedForm):
    """Something that a committee decides about where a person belongs."""

    right = Right.DECIDE


class LeavingForm(AskingForm, MembershipForm):
    """Ends the stay of a member; what is recorded of later days is asked about."""

    def unusual(self, given):
        """Return what is recorded of the member in the cell from the day on."""
        return recorded_later(self.instance, given["day"])


class TransferWithinForm(LeavingForm):
    """To another cell that we keep."""

    title = "Chuyển sang chi bộ khác"
    settles = MOVED
    order = ("to", "day")
    to = UnitField(label="Chuyển đến chi bộ", kinds=CELLS)
    day = PastDayField(
        label="Ngày chuyển", help_text="Từ ngày này sinh hoạt ở chi bộ mới. Ghi 31/12/2025 hoặc 31122025."
    )

    is_available_for = staticmethod(is_here)

    def perform(self, **given):
        """Transfer the member."""
        return membership.transfer(member=self.instance, **given)


class TransferOutForm(LeavingForm):
    """To a committee that we do not keep."""

    title = "Chuyển sinh hoạt đảng ra ngoài đảng bộ"
    settles = MOVED
    order = ("day", "far", "went_to")
    day = PastDayField(label="Ngày chuyển", help_text=FIRST_DAY_AWAY)
    far = forms.BooleanField(label="Chuyển đi tỉnh khác", required=False)
    went_to = forms.CharField(label="Đến tổ chức đảng", max_length=200)

    is_available_for = staticmethod(is_here)

    def perform(self, **given):
        """Send the member there."""
        return membership.transfer_out(member=self.instance, **given)


class TransferInForm(MembershipForm):
    """Back from a committee that we do not keep."""

    title = "Chuyển đến"
    order = ("unit", "day", "far", "came_from")
    unit = UnitField(label="Về chi bộ", kinds=CELLS)
    day = PastDayField(label="Ngày chuyển đến")
    far = forms.BooleanField(label="Chuyển đến từ tỉnh khác", required=False)
    came_from = forms.CharField(label="Từ tổ chức đảng", required=False, max_length=200)

    @staticmethod
    def is_available_for(last):
        """Whether the person went away and is still in the Party."""
        return last is not None and not last.is_open and last.end_reason not in membership.ENDINGS

    def perform(self, **given):
        """Receive the member."""
        return membership.transfer_in(member=self.instance, **given)


class EndMembershipForm(LeavingForm):
    """Out of the Party; an expulsion is recorded as discipline too, so it asks who decided it and what for."""

    title = "Ra khỏi Đảng, từ trần"
    settles = (ChangeKind.DIED, ChangeKind.RESIGNED)
    order = ("why", "day", "level", "violation", "committee_member")
    why = forms.ChoiceField(
        label="Lý do",
        choices=[
            ("", "Chọn …"),
            *((reason.value, reason.label) for reason in EndReason if reason in membership.ENDINGS),
        ],
    )
    day = PastDayField(label="Ngày từ trần, ra khỏi Đảng", help_text=FIRST_DAY_AWAY)
    level = forms.ChoiceField(
        label="Cấp quyết định khai trừ", required=False, choices=[("", "Chọn …"), *DecidingLevel.choices]
    )
    violation = forms.ChoiceField(
        label="Nội dung vi phạm", required=False, choices=[("", "Chọn …"), *Violation.choices]
    )
    committee_member = forms.BooleanField(label="Là cấp ủy viên", required=False)

    is_available_for = staticmethod(is_here)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in MEASURE:
            self.fields[name].help_text = "Chỉ ghi khi khai trừ: việc này cũng được ghi vào sổ Kỷ luật đảng viên."

    def clean(self):
        """Ask what an expulsion is for, and who decided it."""
        given = super().clean()
        why = given.get("why")
        for name in MEASURE[:-1] if why == EndReason.EXPELLED else ():
            if not given.get(name):
                self.add_error(name, "Khai trừ là kỷ luật: chọn mục này.")
        return given

    def perform(self, *, why, level, violation, committee_member, **given):
        """End the membership."""
        if why != EndReason.EXPELLED:
            return membership.end_membership(member=self.instance, reason=why, **given)
        measure = {"level": level, "violation": violation, "committee_member": committee_member}
        return discipline.discipline(member=self.instance, form=DisciplineMeasure.EXPULSION, **measure, **given)


class RestoreForm(MembershipForm):
    """Back into the Party, because the end of membership was wrong."""

    title = "Phục hồi đảng tịch"
    act = StartReason.RESTORED.label
    order = ("unit", "day")
    unit = UnitField(label="Về chi bộ", kinds=CELLS)
    day = PastDayField(label="Ngày phục hồi", help_text="Khai trừ cũng hết hiệu lực từ ngày này.")

    @staticmethod
    def is_available_for(last):
        """Whether the person was struck off or expelled."""
        return last is not None and last.end_reason in PUT_OUT

    def perform(self, **given):
        """Restore the membership."""
        return discipline.restore(member=self.instance, **given)
