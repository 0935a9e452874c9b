"""The page of a month's meetings."""

import re
from datetime import date

from django.urls import reverse
from django.utils import timezone

from binhlu_portal.dates.arithmetic import first_of_month, months_later
from binhlu_portal.records.grid.views import UnitGridView

from .grid import MonthForm

OFFERED = 24
"""How many months the page offers, this one first."""


class MeetingMonthView(UnitGridView):
    """The meetings of a month of all cells beneath a unit."""

    form_class = MonthForm
    template_name = "meetings/month.html"
    success_message = "Đã lưu các buổi sinh hoạt."
    back_url = property(lambda self: reverse("records", args=["sinh-hoat"]))

    @property
    def month(self):
        """The first day of the month of the address (07/2026), or of this month."""
        this_month = first_of_month(timezone.localdate())
        asked = re.fullmatch(r"(0?[1-9]|1[0-2])/((?:19|20)\d\d)", self.request.GET.get("thang", ""))
        return min(date(int(asked[2]), int(asked[1]), 1), this_month) if asked else this_month

    def get_initial(self):
        """Return the month, and the cells that are chosen."""
        return super().get_initial() | {"month": self.month}

    def get_context_data(self, **kwargs):
        """Return the month and those that can be chosen."""
        this_month = first_of_month(timezone.localdate())
        months = {months_later(this_month, -back) for back in range(OFFERED)} | {self.month}
        return super().get_context_data(**kwargs) | {"month": self.month, "months": sorted(months, reverse=True)}
