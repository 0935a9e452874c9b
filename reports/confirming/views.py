"""The pages of reporting periods: who has confirmed, and the confirmation of one unit."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.editing.views import EditView
from binhlu_portal.forms import query
from binhlu_portal.moment import Moment
from organizations.codes import CELLS
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import rights_of, units_of

from .. import compute, home, periods
from ..models import Confirmation, ReportingPeriod
from .forms import ClosePeriodForm, ConfirmForm, OpenPeriodForm, WithdrawForm
from .tables import BoardTable

SHOWN = (
    "members.total",
    "members.probationary",
    "members.female",
    "members.ethnic_minority",
    "members.exempt.age_health",
    "members.handbook",
    "ratings.members.rated",
    "admissions.total",
)
"""The figures that a secretary stands for first."""


class Periods(View):
    """The reporting periods that concern the reader."""

    def get(self, request):
        """Return the page."""
        if Right.SEE not in rights_of(request.user):
            raise Http404
        mine = Q(confirmations__unit__in=units_of(request.user))
        found = ReportingPeriod.objects.visible_to(request.user).annotate(confirmed=Count("confirmations", filter=mine))
        context = {"title": "Kỳ báo cáo", "periods": found, "decides": Right.DECIDE in rights_of(request.user)}
        return render(request, "reports/periods/periods.html", context)


class Board(View):
    """Who has confirmed for a period, and who has not."""

    def get(self, request, pk):
        """Return the page."""
        period = get_object_or_404(ReportingPeriod.objects.visible_to(request.user), pk=pk)
        done = Confirmation.objects.filter(period=period, unit=OuterRef("unit"))
        rows = periods.board(period, request.user).select_related("unit")
        rows = rows.annotate(at=Subquery(done.values("at")), by=Subquery(done.values("user__full_name")))
        waiting = "chua" in request.GET
        confirms = period.is_open and Right.CONFIRM in rights_of(request.user)
        shown = rows.filter(confirmed=False) if waiting else rows
        table = BoardTable(shown.order_by("confirmed", "unit__code"), period=period, confirms=confirms).read(request)
        context = {
            "title": str(period),
            "period": period,
            "table": table,
            "waiting": waiting,
            "late": period.is_open and timezone.localdate() > period.due_on,
            "counts": periods.progress(period, request.user, period.unit),
            "decides": ReportingPeriod.objects.editable_by(request.user, Right.DECIDE).filter(pk=pk).exists(),
        }
        return render(request, "reports/periods/board.html", context)


class OpenPeriod(EditView):
    """Opens a period."""

    form_class = OpenPeriodForm
    done = "Đã mở kỳ báo cáo: các đơn vị thấy việc xác nhận ở trang chính của mình."

    @property
    def back(self):
        """The list of periods."""
        return reverse("periods")

    def address(self, written):
        """Return the board of the period."""
        return reverse("period", args=[written.pk])


class ClosePeriod(EditView):
    """Ends a period."""

    form_class = ClosePeriodForm
    template_name = "reports/periods/close.html"
    done = "Đã kết thúc kỳ báo cáo."

    def subject(self):
        """Return the period, if the sender may end it."""
        found = ReportingPeriod.objects.editable_by(self.request.user, Right.DECIDE)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def context(self):
        """Return how many units have confirmed."""
        return {"counts": periods.progress(self.found, self.request.user, self.found.unit)}

    @property
    def back(self):
        """The board of the period."""
        return reverse("period", args=[self.kwargs["pk"]])


class Confirm(EditView):
    """Shows a unit its figures and what is still open, and takes its confirmation."""

    form_class = ConfirmForm
    done = "Đã xác nhận số liệu."

    def subject(self):
        """Return the unit, if the sender may confirm for it and it is asked to."""
        user = self.request.user
        self.period = get_object_or_404(ReportingPeriod.objects.visible_to(user), pk=self.kwargs["pk"])
        unit = get_object_or_404(Unit.objects.editable_by(user, Right.CONFIRM), code=self.kwargs["unit"])
        self.place = get_object_or_404(periods.asked(self.period), unit=unit)
        confirmations = Confirmation.objects.filter(period=self.period, unit=unit)
        self.confirmation = confirmations.select_related("user").first()
        return unit

    @property
    def template_name(self):
        """The page with the form, or without it when the unit has confirmed."""
        return f"reports/periods/{'confirmed' if self.confirmation else 'confirm'}.html"

    def form(self, data=None):
        """Return the form with the period and the time."""
        form = super().form(data)
        form.period, form.now = self.period, timezone.now()
        return form

    def context(self):
        """Return the figures of the unit, what is open, and the confirmation if it has one."""
        period = self.period
        moment = Moment.of(
            self.found, self.request.user, today=period.as_of, as_of=period.as_of, since=period.since, year=period.year
        )
        return {
            "title": f"Xác nhận số liệu: {self.place.name}",
            "period": period,
            "unit": self.found,
            "figures": compute.figures(moment, SHOWN).values(),
            "groups": home.waiting(moment, self.place.kind in CELLS),
            "query": query(moment),
            "confirmation": self.confirmation,
        }

    @property
    def back(self):
        """The board of the period."""
        return reverse("period", args=[self.kwargs["pk"]])


class Withdraw(EditView):
    """Takes a confirmation back."""

    form_class = WithdrawForm
    done = "Đã rút xác nhận: sửa số liệu rồi xác nhận lại trước hạn."

    def subject(self):
        """Return the confirmation, if the sender may withdraw it."""
        found = Confirmation.objects.editable_by(self.request.user, Right.CONFIRM).select_related("period")
        return get_object_or_404(found, period=self.kwargs["pk"], unit__code=self.kwargs["unit"])

    @property
    def back(self):
        """The page of confirmation."""
        return reverse("confirm", args=[self.kwargs["pk"], self.kwargs["unit"]])
