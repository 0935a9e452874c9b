"""Forms about facts of units."""

from binhlu_portal.records.forms.base import CorrectForm
from organizations.forms import UnitFactForm
from organizations.models import UnitFact

from . import actions as facts


class StateFactForm(UnitFactForm):
    """States a fact about a unit as of a day."""

    title = "Ghi thông tin của đơn vị"
    model = UnitFact
    model_fields = ("kind", "detail", "value", "started_on", "source")
    order = ("unit",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].label = "Số liệu đến ngày, hoặc có từ ngày"
        self.fields["started_on"].help_text = "Số cùng nội dung ghi trước đó hết áp dụng từ ngày này."

    def perform(self, **given):
        """State it."""
        return facts.state_fact(**given)


class CorrectFactForm(CorrectForm):
    """Puts right what was written of a fact."""

    model = UnitFact
    model_fields = ("kind", "detail", "value", "started_on", "ended_on", "source")
