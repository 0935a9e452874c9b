"""Record types of discipline and of suspension from meetings."""

from binhlu_portal.records.tables.columns import ListColumn, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import day
from members import choices
from members.discipline import forms
from members.models import Discipline, Suspension
from organizations.rights import Right

from .columns import DECISION, SINCE, UNTIL, MemberRecordType, of_members


@register
class DisciplineRecords(MemberRecordType):
    """Disciplinary measures against members (kỷ luật đảng viên)."""

    code = "ky-luat"
    model = Discipline
    title = "Kỷ luật đảng viên"
    description = "Quyết định kỷ luật: hình thức, cấp quyết định, nội dung vi phạm; khai trừ thì ghi luôn ra khỏi Đảng."
    listing = of_members(
        ListColumn("Hình thức", "form", labelled(choices.DisciplineMeasure), short=True),
        ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)),
        ListColumn("Nội dung vi phạm", "violation", labelled(choices.Violation)),
        ListColumn("Ngày quyết định", "decided_on", day, short=True),
        DECISION,
        own_day="decided_on",
        extra=(ListColumn("Hết hiệu lực", "expires_on", day, short=True),),
    )
    list_filter = ("form", "level", "violation")
    date_field = "decided_on"
    tree_date_field = "decided_on"
    add_form = forms.DisciplineForm
    correct_form = forms.CorrectDisciplineForm
    delete_form = forms.RemoveDisciplineForm


@register
class SuspensionRecords(MemberRecordType):
    """Suspensions of members from meetings (đình chỉ sinh hoạt đảng)."""

    code = "dinh-chi-sinh-hoat"
    model = Suspension
    title = "Đình chỉ sinh hoạt đảng"
    description = "Đảng viên bị đình chỉ sinh hoạt đảng: cấp quyết định, từ ngày nào, đến ngày nào."
    right = Right.DECIDE
    listing = of_members(
        ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)),
        SINCE,
        UNTIL,
        DECISION,
        extra=(ListColumn("Lý do đình chỉ", "note"),),
    )
    list_filter = ("level",)
    date_field = "started_on"
    is_lasting = True
    add_form = forms.SuspensionForm
    correct_form = forms.CorrectSuspensionForm
    actions = {"ket-thuc": forms.EndSuspensionForm}
