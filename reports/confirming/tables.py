"""The list of units that are asked to confirm."""

from django.urls import reverse
from django.utils.html import format_html

from binhlu_portal.lists.tables import SHORT, Column, Table
from binhlu_portal.vietnamese import clock


class BoardTable(Table):
    """Units with who has confirmed and when; `confirms` leads each unit to its page of confirmation."""

    name = Column(sort="name", verbose_name="Tổ chức đảng")
    state = Column(sort="at", accessor="confirmed", verbose_name="Xác nhận", attrs=SHORT)
    at = Column(sort="at", verbose_name="Lúc", attrs=SHORT)
    by = Column(sort="by", verbose_name="Người xác nhận", attrs=SHORT)

    def __init__(self, *args, period, confirms, **kwargs):
        super().__init__(*args, **kwargs)
        self.period, self.confirms = period, confirms

    def render_name(self, record, value):
        """Lead to the page of confirmation."""
        if not self.confirms:
            return value
        address = reverse("confirm", args=[self.period.pk, record.unit.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def render_state(self, value):
        """Say whether the unit has confirmed; what is not done yet stands out."""
        return "Đã xong" if value else format_html('<span class="tag strong">{}</span>', "Chưa")

    def render_at(self, value):
        """Write day and time."""
        return clock(value)
