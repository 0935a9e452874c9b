"""Grid of those on probation: the day from which each is official, and by which decision."""

from binhlu_portal.db.actions import Decision
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.fields import DayField, PastDayField, form_field
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow
from members.models import Admission
from members.probation import probation_end
from organizations.in_force import InForce
from organizations.rights import Right

from . import actions as admissions
from . import pipeline


def _day(row):
    return DayField()


def _number(row):
    return form_field(Admission._meta.get_field("official_decision"))


def _signed(row):
    return PastDayField(required=False)


class OfficialGridForm(GridForm):
    """Those on probation beneath the instance, or of them those of `initial["dang_vien"]`: who is recognised.

    A row is written once its decision or its day is typed.
    """

    title = "Công nhận đảng viên chính thức trên bảng"
    right = Right.DECIDE
    heading = "Đảng viên dự bị"
    advice = (
        "Ngày chính thức là ngày hết dự bị, dù chi bộ họp muộn. Ghi số và ngày quyết định của người nào thì người đó "
        "được lưu; người chưa được công nhận thì để yên."
    )
    columns = (
        GridColumn("day", "Ngày chính thức", _day),
        GridColumn("number", "Số quyết định", _number),
        GridColumn("signed", "Ngày quyết định", _signed),
    )

    def read_rows(self):
        """Return them, who has waited longest first."""
        moment = Moment.of(self.instance, self.user, today=self.today)
        waiting = pipeline.pipeline(moment).filter(stage=pipeline.PROBATION.code, may_decide=True)
        if chosen := self.initial.get("dang_vien"):
            waiting = waiting.filter(member__in=chosen)
        rulebook = moment.in_force.rulebook
        return [self._row(admission, rulebook) for admission in waiting.select_related("member")]

    def _row(self, admission, rulebook):
        due = probation_end(admission.ceremony_on, InForce(admission.ceremony_on, rulebook))
        about = f"sinh {admission.member.born_on or 'chưa rõ'}; kết nạp {admission.ceremony_on:%d/%m/%Y}"
        return GridRow(str(admission.pk), admission.member.full_name, {"day": due}, admission, None, about)

    def write(self, row, values):
        """Recognise the member."""
        decision = Decision(values["number"], values["signed"])
        return [admissions.make_official(admission=row.subject, day=values["day"], decision=decision)]
