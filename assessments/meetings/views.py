"""The pages of meetings: those of a month on a grid, one by the names of those who were there."""

import re
from datetime import date
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from assessments.choices import MeetingKind
from assessments.meetings.queries import usual_day
from binhlu_portal.dates.arithmetic import first_of_month, months_later
from binhlu_portal.dates.typed_dates import read_day
from binhlu_portal.records.forms import answers
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.grid.views import UnitGridView
from organizations.choices import CELLS
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right

from .forms import AttendanceForm
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


class MeetingByNameView(EditView):
    """Writes down a meeting of a cell by the names of those who were there; all that is known is filled in."""

    form_class = AttendanceForm
    template_name = "meetings/by_name.html"
    success_message = "Đã lưu buổi sinh hoạt."

    def get_object(self):
        """Return the cell, if the sender may change it."""
        own = Unit.objects.editable_by(self.request.user, Right.EDIT).filter(code=self.kwargs["unit"])
        cells = UnitPeriod.objects.on(timezone.localdate()).filter(kind__in=CELLS, unit__in=own)
        self.place = get_object_or_404(cells.select_related("unit"))
        return self.place.unit

    @property
    def back_url(self):
        """The front page, where the month tells what is still to be done."""
        return f"{reverse('home')}?{urlencode({'don_vi': self.kwargs['unit']})}"

    def post(self, request, *args, **kwargs):
        """Lead on to the form of totals with what was typed of the meeting, if its writer wants that."""
        if "tong_so" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = {name: request.POST.get(name, "") for name in ("held_on", "kind", "guests", "topic")}
        asked = urlencode({"don_vi": self.kwargs["unit"]} | {name: value for name, value in typed.items() if value})
        return redirect(f"{reverse('record-add', args=['sinh-hoat'])}?{asked}")

    def get_initial(self):
        """Return the day and the kind that are usual; the address may name others (`ngay`, `loai`)."""
        today = timezone.localdate()
        try:
            day = read_day(self.request.GET.get("ngay", ""), today) or usual_day(self.object, today)
        except ValueError:
            day = usual_day(self.object, today)
        kind = self.request.GET.get("loai")
        return {"held_on": day, "kind": kind if kind in MeetingKind.values else MeetingKind.REGULAR}

    def form_invalid(self, form):
        """Show the list of the day that was typed; a telephone keeps of it what it keeps of any."""
        if answers.is_for_script(self.request):
            form.fields["attendance"].shorten()
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        """Return the name of the cell."""
        return super().get_context_data(**kwargs) | {"place": self.place}
