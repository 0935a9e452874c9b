"""Forms that state, and correct, that nothing happened beyond what the registers say."""

from contextlib import suppress
from datetime import timedelta

from django import forms

from assessments.choices import OF_CELLS, NilRegister
from assessments.models import NilReturn
from binhlu_portal.records.forms.base import CorrectForm
from binhlu_portal.records.forms.fields import PastDayField
from members.models import ChangeReport
from members.models.change_report import ChangeKind
from organizations.forms import UnitFactForm
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import Reader, rights_of

from . import actions as nil_returns
from .queries import stated_until

REPORTED = {ChangeKind.RESIGNED: NilRegister.DEPARTURES, ChangeKind.EXEMPTION: NilRegister.EXEMPTIONS}
"""The registers to which the changes belong that cells report and committees decide."""

WAITS = "{}: còn báo “{}” chưa xong. Bỏ dấu sổ này, báo sau khi Văn phòng đã ghi."


def reported(unit: Unit | None, user: Reader) -> dict[str, ChangeReport]:
    """Return the open reports of a unit that belong to a register, the first of each; {} without a unit."""
    if unit is None:
        return {}
    found = ChangeReport.objects.visible_to(user).open().filter(unit=unit, kind__in=REPORTED).select_related("member")
    return {REPORTED[report.kind]: report for report in reversed(found)}


class RegistersField(forms.MultipleChoiceField):
    """Registers; who writes down no decisions of committees is asked about those of a cell."""

    def set_choices(self, form):
        """Offer the registers."""
        if Right.DECIDE in rights_of(form.user):
            self.choices = NilRegister.choices
            self.help_text += " Báo của đảng bộ là báo thay mọi chi bộ trực thuộc."
        else:
            self.choices = [(one.value, one.label) for one in OF_CELLS]


class NilReturnForm(UnitFactForm):
    """States for one or more registers that nothing happened beyond what they say; a unit speaks for those beneath."""

    title = "Báo không phát sinh"
    submit_label = "Báo không phát sinh"
    model = NilReturn
    order = ("unit", "registers", "started_on", "until", "stated_by")
    registers = RegistersField(
        label="Sổ không phát sinh thêm ngoài những gì đã ghi",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một sổ."},
        help_text="Ghi đủ trường hợp rồi thì cũng chọn.",
    )
    started_on = PastDayField(label="Từ ngày")
    until = PastDayField(label="Đến hết ngày")
    stated_by = forms.CharField(label="Người báo", max_length=120)

    def __init__(self, *args, user, today, initial=None, **kwargs):
        """Start with the month of the reader, or the period that the address names (`tu`, `den`)."""
        initial = initial or {}
        usual = {
            "started_on": initial.get("tu") or today.replace(day=1),
            "until": initial.get("den") or today,
            "stated_by": user.full_name,
            "registers": [initial["so"]] if initial.get("so") else [],
        }
        super().__init__(*args, user=user, today=today, initial=usual | initial, **kwargs)
        if initial.get("tu") and initial.get("den"):
            self._leave_out_stated()
        if Right.DECIDE not in rights_of(user):
            self._ask_little(initial)

    def _ask_little(self, initial):
        """Ask a cell about a while as little as can be: its secretary says it, of all registers unless ticks go."""
        self.fields["stated_by"].widget = forms.HiddenInput()
        registers = self.fields["registers"]
        if initial.get("tu") and not initial.get("so"):
            waiting = reported(self.fields["unit"].units.get(self.initial.get("unit")), self.user)
            self.initial["registers"] = [value for value, _ in registers.choices if value not in waiting]
            registers.help_text = f"Sổ nào có việc chưa ghi thì bỏ dấu. {registers.help_text}"

    def _leave_out_stated(self):
        """Offer what is not stated yet for the whole of the while that the address names, and tell the rest."""
        registers, unit = self.fields["registers"], self.fields["unit"].units.get(self.initial.get("unit"))
        with suppress(forms.ValidationError):
            first, last = (self.fields[name].clean(self.initial[name]) for name in ("started_on", "until"))
            [until] = stated_until(unit, first) if unit else [{}]
            stated = {register for register, day in until.items() if day >= last}
            done = [label for register, label in registers.choices if register in stated]
            registers.choices = [choice for choice in registers.choices if choice[0] not in stated]
            if done:
                registers.help_text += f" Đã báo cho thời gian này: {', '.join(done)}."

    def clean(self):
        """Refuse an end before the start, and a register to which a report is to come that waits."""
        asked = super().clean()
        if not self.errors and asked["until"] < asked["started_on"]:
            self.add_error("until", "Ngày cuối phải không sớm hơn ngày đầu.")
        waiting = reported(asked.get("unit"), self.user)
        for register in waiting.keys() & {*asked.get("registers", ())}:
            self.add_error("registers", WAITS.format(NilRegister(register).label, waiting[register]))
        return asked

    @property
    def action_data(self):
        """The data that the action is given: the first day of which nothing is stated instead of the last of which."""
        given = super().action_data
        return given | {"ended_on": given.pop("until") + timedelta(days=1)}

    def perform(self, **given):
        """State it."""
        return nil_returns.state_nil(**given)


class CorrectNilReturnForm(CorrectForm):
    """Puts right what a unit stated."""

    model = NilReturn
    model_fields = ("register", "started_on", "ended_on", "stated_by")
