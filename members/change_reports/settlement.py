"""Settling of reports: a form that writes what a cell may have reported says so, and closes the report in its act."""

from contextlib import suppress

from django import forms

from binhlu_portal.records.forms.base import RecordForm
from members.models import ChangeReport, Member
from organizations.rights import Right

from . import actions as change_reports

SETTLED, OTHER = "1", "0"


class SettlingForm(RecordForm):
    """A form that writes changes of the kinds that it `settles`; it stands before the form that has the fields.

    Where a report of the same people is open, the form asks whether it is what is written, and takes it for so. Whoever
    writes without having been asked, because the person was chosen on the page, is asked then.
    """

    settles = ()
    settling = forms.ChoiceField(
        label="Chi bộ đã báo, đang chờ ghi",
        choices=[(SETTLED, "Ghi đúng việc đã báo: báo này xong"), (OTHER, "Ghi việc khác: báo này vẫn chờ")],
        widget=forms.RadioSelect,
        initial=SETTLED,
        error_messages={"required": "Chọn: lần ghi này có đúng việc chi bộ đã báo không."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = ChangeReport.objects.editable_by(self.user, Right.DECIDE).open().filter(kind__in=self.settles)
        self.reports = self.reported(kept.select_related("member")) if self.settles else []
        if self.reports:
            told = "; ".join(map(_told, self.reports))
            self.fields["settling"].help_text = f"{told}."
        else:
            del self.fields["settling"]

    def reported(self, reports):
        """Return those of `reports` that tell of whom the form is about."""
        about = self.instance if isinstance(self.instance, Member) else getattr(self.instance, "member", None)
        people = [each for each in (about, *getattr(self, "members", ()), self._chosen()) if each]
        return list(reports.filter(member__in=people)) if people else []

    def _chosen(self):
        """Return the person who was chosen on the page, None for nobody yet."""
        with suppress(forms.ValidationError):
            return self.fields["member"].clean(self.data.get("member")) if "member" in self.fields else None

    @property
    def action_data(self):
        """The data that the action is given."""
        given = super().action_data
        given.pop("settling", None)
        return given

    def save(self):
        """Write, and close what was reported and is written now."""
        written = super().save()
        for report in self.reports if self.cleaned_data.get("settling") == SETTLED else ():
            change_reports.close(report=report, day=self.today)
        return written


def _told(report):
    """Return all that a report tells, within a sentence."""
    carried = "".join(f", {label}: {value}" for label, value in report.told)
    answered = f", chi bộ trả lời: {report.answer}" if report.answer else ""
    return f"{report}{carried}{answered}, báo ngày {report.reported_on:%d/%m/%Y}"
