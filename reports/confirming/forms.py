"""Forms about reporting periods and confirmations."""

from datetime import date, timedelta

from binhlu_portal.editing.forms import RecordForm, RemoveForm
from organizations.forms import UnitField
from organizations.rights import Right

from .. import periods
from ..models import ReportingPeriod

TIME_TO_CONFIRM = timedelta(days=14)
"""How long units are usually given."""


class OpenPeriodForm(RecordForm):
    """Opens a reporting period."""

    title = "Mở kỳ báo cáo"
    model = ReportingPeriod
    taken = ("as_of", "since", "year", "due_on")
    order = ("unit", *taken)
    right = Right.DECIDE
    unit = UnitField(label="Cấp ủy mở kỳ", kinds=periods.OPENERS)

    def __init__(self, *args, today, initial=None, **kwargs):
        usual = {
            "as_of": today,
            "since": date(today.year, 1, 1),
            "year": today.year - 1,
            "due_on": today + TIME_TO_CONFIRM,
        }
        super().__init__(*args, today=today, initial=usual | (initial or {}), **kwargs)

    def act(self, **given):
        """Open the period."""
        return periods.open_period(today=self.today, **given)


class ClosePeriodForm(RecordForm):
    """Ends the reporting period that is its subject."""

    title = "Kết thúc kỳ báo cáo"
    right = Right.DECIDE

    def act(self):
        """End the period."""
        return periods.close_period(period=self.subject, today=self.today)


class ConfirmForm(RecordForm):
    """Confirms the records of the unit that is its subject; the page sets `period` and `now`."""

    title = "Xác nhận số liệu"
    right = Right.CONFIRM
    reason = None
    period = now = None

    def act(self):
        """Confirm."""
        return periods.confirm(period=self.period, unit=self.subject, user=self.user, now=self.now)


class WithdrawForm(RemoveForm):
    """Takes back the confirmation that is its subject."""

    title = "Rút xác nhận"
    right = Right.CONFIRM

    def act(self):
        """Withdraw."""
        periods.withdraw(confirmation=self.subject)
