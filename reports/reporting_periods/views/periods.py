"""The pages of reporting periods: who has confirmed, and the confirmation of one unit."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.moment.query_string import query
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.tables import PAGE_SIZES
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from organizations.scope import rights_of
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.closing.models import Closing, Frozen, FrozenFile
from reports.reporting_periods.models import ReportingPeriod

from ..closing.freeze import forms_of
from ..closing.views import PeriodEditView
from ..forms import (
    CancelPeriodForm,
    OpenPeriodForm,
)
from ..later_changes import progress_now
from ..progress import by_unit, progress
from ..tables import BoardTable
from ..told_changes import told_briefly

LISTED, COMPARED = 12, 6
"""How many periods are listed, and in how many units are compared, the newest first."""


def known(user):
    """Return the periods that `user` may see; `decides` tells whether the user closes them and answers units.

    `whole` tells whether the user sees the whole committee.
    """
    own = ReportingPeriod.objects.editable_by(user, Right.DECIDE).filter(pk=OuterRef("pk"))
    whole = Unit.objects.visible_to(user).filter(pk=OuterRef("unit"))
    return ReportingPeriod.objects.visible_to(user).annotate(decides=Exists(own), whole=Exists(whole))


class PeriodListView(View):
    """The reporting periods that concern the reader, with how complete and how timely each is."""

    def get(self, request):
        """Return the page."""
        if Right.SEE not in rights_of(request.user):
            raise Http404
        found = list(ReportingPeriod.objects.visible_to(request.user)[:LISTED])
        context = {
            "title": "Kỳ báo cáo",
            "lines": progress(found, request.user),
            "decides": Right.DECIDE in rights_of(request.user),
            "may_open": period_queries.may_open(request.user, timezone.localdate()),
        }
        return render(request, "reporting_periods/periods.html", context)


class PeriodProgressView(View):
    """How complete and how timely each unit was in the last periods."""

    def get(self, request):
        """Return the page."""
        if Right.SEE not in rights_of(request.user):
            raise Http404
        lines = progress(list(ReportingPeriod.objects.visible_to(request.user)[:COMPARED]), request.user)
        page = Paginator(by_unit(lines), PAGE_SIZES[-1]).get_page(request.GET.get("trang"))
        context = {"title": "Tiến độ xác nhận qua các kỳ", "lines": lines, "page": page}
        return render(request, "reporting_periods/progress.html", context)


class PeriodBoardView(View):
    """Who has confirmed for a period and who has not, and, once it is closed, what it has frozen."""

    def get(self, request, pk):
        """Return the page."""
        user, today = request.user, timezone.localdate()
        whole = Frozen.objects.visible_to(user).filter(closing__period=OuterRef("pk"), unit=OuterRef("unit"))
        found = known(user).annotate(frozen=Exists(whole), **period_queries.hindrances()).select_related("unit")
        period = get_object_or_404(found, pk=pk)
        rows = period_queries.board(period, user).select_related("unit")
        leads = self.leads(period, rights_of(user))
        called = forms_of(period.unit)
        counts, changed = progress_now(period, user, period.unit)
        again = Q(unit__in=changed)
        only = {"chua": Q(confirmed=False) | again, "doi": again}
        asked = next((name for name in only if name in request.GET), "")
        table = BoardTable(
            rows.filter(only.get(asked, Q()))
            .annotate(valid=Case(When(again, then=False), default="confirmed", output_field=BooleanField()))
            .order_by("valid", F("answer").asc(nulls_first=True), "unit__code"),
            period=period,
            leads=leads,
            changed=told_briefly(changed, user),
        )
        context = {
            "title": str(period),
            "period": period,
            "table": table.read(request),
            "only": asked,
            "changed": self.named(period, changed, rights_of(user)),
            "waiting": period.is_open and counts["confirmed"] > counts["accepted"],
            "late": period.is_open and today > period.due_on,
            "has_come": period.as_of <= today,
            "counts": counts,
            "closings": Closing.objects.visible_to(user).filter(period=period).defer("contents"),
            "forms": [called.get(code, code) for code in period.form_codes],
            "files": self.files(period, user, called) if period.frozen else (),
            "query": query(period.moment(user)),
        }
        return render(request, "reporting_periods/board.html", context)

    def named(self, period, changed, rights):
        """Return the units that are to confirm again: [(name, the page that tells why, if the reader has it)]."""
        leads = self.leads(period, rights) or (lambda unit: "")
        places = UnitPeriod.objects.on(period.as_of).filter(unit__in=changed).select_related("unit")
        return [(place.name, leads(place.unit)) for place in places.order_by("unit__code")] if changed else []

    def files(self, period, user, called):
        """Return the files that were frozen, each with what it is `called` by its code."""
        found = FrozenFile.objects.visible_to(user).filter(closing__period=period).defer("content")
        return [(file, called.get(file.code, file.code)) for file in found]

    def leads(self, period, rights):
        """Return where the name of a unit leads: to what it has frozen, or to the page of its confirmation, if any."""
        if not period.is_open:
            return lambda unit: f"{reverse('frozen', args=[period.pk])}?{urlencode({'don_vi': unit.code})}"
        if Right.CONFIRM in rights:
            return lambda unit: reverse("confirm", args=[period.pk, unit.code])
        return None


class OpenPeriodView(EditView):
    """Opens a period."""

    form_class = OpenPeriodForm
    success_message = "Đã mở kỳ báo cáo: các đơn vị thấy việc xác nhận ở trang chính của mình."

    @property
    def back_url(self):
        """The list of periods."""
        return reverse("periods")

    def get_success_url(self):
        """Return the board of the period."""
        return reverse("period", args=[self.written.pk])


class CancelPeriodView(PeriodEditView):
    """Takes back the opening of a period."""

    form_class = CancelPeriodForm
    template_name = "reporting_periods/cancel.html"
    success_message = "Đã hủy kỳ báo cáo."

    def get_success_url(self):
        """Return the list of periods."""
        return reverse("periods")
