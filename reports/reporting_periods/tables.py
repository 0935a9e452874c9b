"""Table of the units that are asked to confirm."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from binhlu_portal.records.tables.tables import SHORT, SortedColumn, SortedTable
from binhlu_portal.text.vietnamese import clock, number
from organizations.models import UnitPeriod
from reports.reporting_periods.models import Answer

NOT_YET, CONFIRMED = "Chưa xác nhận", "Đã xác nhận"
LATE = "Quá hạn"
AGAIN = "Phải xác nhận lại"


def state(record: UnitPeriod) -> str:
    """Confirmation status in words: how far the unit of a row of the board has come."""
    if record.at is None:
        return NOT_YET
    return Answer(record.answer).label if record.answer else CONFIRMED


class BoardTable(SortedTable):
    """Confirmation board as a table: units, how far they have come, who confirmed and when.

    `leads` gives the page of a unit, if it has one; `changed` tells of units what has changed since: {id: (sentences,
    number of others)}.
    """

    name = SortedColumn(sort="name", verbose_name="Tổ chức đảng")
    state = SortedColumn(sort="answer", accessor="confirmed", verbose_name="Tình trạng")
    at = SortedColumn(sort="at", verbose_name="Xác nhận lúc", attrs=SHORT)
    by = SortedColumn(sort="by", verbose_name="Người xác nhận", attrs=SHORT)

    def __init__(self, *args, period, leads, changed, **kwargs):
        super().__init__(*args, **kwargs)
        self.period, self.leads, self.changed = period, leads, changed

    def render_name(self, record: UnitPeriod, value: str) -> str:
        """Lead to the page of the unit in this period."""
        if not self.leads:
            return value
        return format_html('<a href="{}">{}</a>', self.leads(record.unit), value)

    def render_state(self, record: UnitPeriod) -> str:
        """Say how far the unit has come; what the unit has to do stands out, with why it was returned."""
        if record.confirmed and record.unit_id in self.changed:
            return format_html('<span class="tag strong">{}</span><ul>{}</ul>', AGAIN, self._told(record.unit))
        if record.confirmed:
            return state(record)
        return format_html('<span class="tag strong">{}</span> {}', state(record), record.answer_reason or "")

    def _told(self, unit):
        """Return what has changed since as items of a list, the last of which leads to the rest."""
        told, more = self.changed[unit.pk]
        items = format_html_join("", "<li>{}</li>", ((line,) for line in told))
        if not more:
            return items
        others = f"và {number(more)} thay đổi khác"
        if self.leads:
            others = format_html(
                '<a href="{}">{}</a>', reverse("changes-since-confirmed", args=[self.period.pk, unit.code]), others
            )
        return format_html("{}<li>{}</li>", items, others)

    def render_at(self, value: datetime) -> str:
        """Write day and time, and that it was late."""
        if not self.period.is_late(value):
            return clock(value)
        return format_html('{} <span class="tag">{}</span>', clock(value), LATE)
