"""Forms of discipline: a measure is recorded, put right, deleted; memberships end by one and are restored."""

from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm, RecordForm, RemoveForm
from binhlu_portal.records.forms.fields import DayField
from members.forms import MemberFactForm, OfTheCellForm
from members.models import Discipline, Spell, Suspension
from organizations.in_force import InForce

from . import actions as discipline

EXPULSION = (
    "Chi bộ chỉ quyết định khiển trách, cảnh cáo. Ghi khai trừ là ghi luôn việc ra khỏi Đảng từ ngày quyết định."
)
EXPIRES = "Để trống thì hết hiệu lực sau {discipline.lasts_months}; khai trừ thì không có ngày này."


class DisciplineForm(OfTheCellForm, DecidedForm, MemberFactForm):
    """Records a disciplinary measure."""

    title = "Ghi kỷ luật đảng viên"
    model = Discipline
    model_fields = ("form", "level", "violation", "decided_on", "expires_on", "committee_member")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].help_text = EXPULSION
        self.fields["expires_on"].help_text = InForce(self.today).cite(EXPIRES)
        self.fields["decision_date"].required = False
        self.fields["decision_date"].help_text = "Để trống nếu là ngày quyết định kỷ luật ở trên."

    def perform(self, *, decided_on, **given):
        """Record the measure."""
        return discipline.discipline(day=decided_on, **given)


class CorrectDisciplineForm(OfTheCellForm, CorrectForm):
    """Puts right a disciplinary measure."""

    model = Discipline
    model_fields = (*DisciplineForm.model_fields, *DECIDED)

    def perform(self, **given):
        """Correct the measure."""
        return discipline.correct_discipline(row=self.instance, **given)


class RemoveDisciplineForm(RemoveForm):
    """Deletes a measure; an expulsion is taken back with the end of the membership."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.expels:
            self.fields["reason"].help_text = (
                "Đảng viên trở lại danh sách của chi bộ như chưa bị khai trừ. Chức vụ đã thôi không tự khôi phục: muốn "
                "trả lại cả chức vụ thì hoàn tác lần ghi khai trừ ở Lịch sử thay đổi."
            )

    def perform(self):
        """Delete the measure."""
        discipline.remove_discipline(row=self.instance)


class SuspensionForm(DecidedForm, MemberFactForm):
    """Suspends members from meetings."""

    title = "Ghi đình chỉ sinh hoạt đảng"
    model = Suspension
    model_fields = ("level", "started_on", "ended_on", "note")

    def perform(self, *, started_on, ended_on, **given):
        """Suspend the member."""
        return discipline.suspend(day=started_on, until=ended_on, **given)


class CorrectSuspensionForm(CorrectForm):
    """Puts right a suspension from meetings."""

    model = Suspension
    model_fields = (*SuspensionForm.model_fields, *DECIDED)


class EndSuspensionForm(RecordForm):
    """Ends a suspension from meetings."""

    title = "Kết thúc đình chỉ"
    model = Suspension
    ended_on = DayField(label="Sinh hoạt trở lại từ ngày")

    @classmethod
    def is_available_for(cls, record):
        """Offer it while the suspension has no end."""
        return record.is_open

    def perform(self, *, ended_on):
        """End the suspension."""
        return discipline.end_suspension(suspension=self.instance, day=ended_on)


class CorrectSpellForm(CorrectForm):
    """Puts right where a member came from and went to; days and cells change by transfers only."""

    model = Spell
    model_fields = ("came_from", *DECIDED, "went_to", "end_decision_number", "end_decision_date")

    def perform(self, **given):
        """Correct the stay."""
        return discipline.correct_stay(row=self.instance, **given)
