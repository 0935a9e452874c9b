"""The pages of reporting periods: who has confirmed, and the confirmation of one unit."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.data_checks import findings
from binhlu_portal.moment.query_string import query
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.tables import PAGE_SIZES
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import rights_of
from reports.figures import evaluate
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.closing.models import Closing, Frozen, FrozenFile
from reports.reporting_periods.models import Answer, Confirmation, ReportingPeriod

from . import changes
from .closing.freeze import forms_of
from .closing.views import PeriodEditView
from .forms import (
    AcceptAllForm,
    AcceptForm,
    CancelPeriodForm,
    ConfirmForm,
    OpenPeriodForm,
    SendBackForm,
    WithdrawForm,
)
from .progress import by_unit, progress
from .tables import BoardTable

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
        user = request.user
        whole = Frozen.objects.visible_to(user).filter(closing__period=OuterRef("pk"), unit=OuterRef("unit"))
        tried = Confirmation.objects.filter(period=OuterRef("pk"))
        found = known(user).annotate(frozen=Exists(whole), started=Exists(tried)).select_related("unit")
        period = get_object_or_404(found, pk=pk)
        rows = period_queries.board(period, user).select_related("unit")
        waiting = "chua" in request.GET
        shown = rows.filter(confirmed=False) if waiting else rows
        leads = self.leads(period, rights_of(user))
        called = forms_of(period.unit)
        table = BoardTable(
            shown.order_by("confirmed", F("answer").asc(nulls_first=True), "unit__code"), period=period, leads=leads
        )
        context = {
            "title": str(period),
            "period": period,
            "table": table.read(request),
            "waiting": waiting,
            "late": period.is_open and timezone.localdate() > period.due_on,
            "counts": period_queries.progress(period, user, period.unit),
            "closings": Closing.objects.visible_to(user).filter(period=period).defer("contents"),
            "forms": [called.get(code, code) for code in period.form_codes],
            "files": self.files(period, user, called) if period.frozen else (),
            "query": query(period.moment(user)),
        }
        return render(request, "reporting_periods/board.html", context)

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


class ConfirmView(EditView):
    """Shows a unit its figures and what is still open, and takes its confirmation."""

    form_class = ConfirmForm
    success_message = "Đã xác nhận số liệu."

    def get_object(self):
        """Return the unit, if the sender may confirm for it and it is asked to."""
        user = self.request.user
        frozen = Frozen.objects.visible_to(user).filter(closing__period=OuterRef("pk"), figures__isnull=False)
        frozen = frozen.filter(unit__code=self.kwargs["unit"])
        found = known(user).annotate(frozen=Exists(frozen)).select_related("unit")
        self.period = get_object_or_404(found, pk=self.kwargs["pk"])
        own = Unit.objects.editable_by(user, Right.CONFIRM).filter(code=self.kwargs["unit"])
        self.place = get_object_or_404(period_queries.units_asked(self.period).select_related("unit"), unit__in=own)
        unit = self.place.unit
        tries = Confirmation.objects.filter(period=self.period, unit=unit).select_related("user", "answered_by")
        self.latest = tries.order_by("-pk").first()
        self.returned = self.latest and self.latest.answer == Answer.RETURNED
        return unit

    @property
    def template_name(self):
        """The page with the form, or without it when the unit has confirmed or the period is closed."""
        waits = self.period.is_open and (self.latest is None or self.returned)
        return f"reporting_periods/{'confirm' if waits else 'confirmed'}.html"

    def get_form(self, form_class=None):
        """Return the form with the period and the time."""
        form = super().get_form(form_class)
        form.period, form.now = self.period, timezone.now()
        return form

    def get_context_data(self, **kwargs):
        """Return the figures of the unit, what has changed, what is open, and how far the unit has come."""
        period, user = self.period, self.request.user
        moment = period.moment(user, self.object)
        results = evaluate.results(moment, [*period_queries.SHOWN, *period_queries.UNSTATED])
        last = changes.last_closed(period)
        return super().get_context_data(**kwargs) | {
            "title": f"Xác nhận số liệu: {self.place.name}",
            "period": period,
            "unit": self.object,
            "figures": [results[code] for code in period_queries.SHOWN],
            "unstated": [results[code] for code in period_queries.UNSTATED if results[code].value],
            "groups": findings.by_level(findings.find(moment)),
            "query": query(moment),
            "last": last,
            "changes": changes.changes_since(last, self.object, user) if last else (),
            "latest": self.latest,
            "returned": self.returned,
        }

    @property
    def back_url(self):
        """The board of the period."""
        return reverse("period", args=[self.kwargs["pk"]])


class WithdrawView(EditView):
    """Takes a confirmation back."""

    form_class = WithdrawForm
    success_message = "Đã rút xác nhận: sửa số liệu rồi xác nhận lại trước hạn."

    def get_object(self):
        """Return the confirmation, if the sender may withdraw it."""
        found = Confirmation.objects.standing().editable_by(self.request.user, Right.CONFIRM).select_related("period")
        return get_object_or_404(found, period=self.kwargs["pk"], unit__code=self.kwargs["unit"])

    @property
    def back_url(self):
        """The page of confirmation."""
        return reverse("confirm", args=[self.kwargs["pk"], self.kwargs["unit"]])


class AnswerView(EditView):
    """Answers what a unit has confirmed, in the name of the committee that asked."""

    @property
    def kept(self):
        """The period, if the sender keeps it, as a queryset."""
        return ReportingPeriod.objects.editable_by(self.request.user, Right.DECIDE).filter(pk=self.kwargs["pk"])

    def get_object(self):
        """Return the confirmation that stands."""
        found = Confirmation.objects.standing().filter(period__in=self.kept).select_related("period", "unit", "user")
        return get_object_or_404(found, unit__code=self.kwargs["unit"])

    def get_form(self, form_class=None):
        """Return the form with the time."""
        form = super().get_form(form_class)
        form.now = timezone.now()
        return form

    @property
    def back_url(self):
        """The board of the period."""
        return reverse("period", args=[self.kwargs["pk"]])


class AcceptView(AnswerView):
    """Accepts what a unit has confirmed."""

    form_class = AcceptForm
    template_name = "reporting_periods/accept.html"
    success_message = "Đã nhận số liệu của đơn vị."


class AcceptAllView(AnswerView):
    """Accepts what all units have confirmed that wait for an answer."""

    form_class = AcceptAllForm
    template_name = "reporting_periods/accept_all.html"
    success_message = "Đã nhận số liệu của mọi đơn vị đã xác nhận."

    def get_object(self):
        """Return the period."""
        return get_object_or_404(self.kept)

    def get_context_data(self, **kwargs):
        """Return how many wait."""
        return super().get_context_data(**kwargs) | {
            "waiting": Confirmation.objects.filter(period=self.object, answer="").count()
        }


class SendBackView(AnswerView):
    """Returns what a unit has confirmed."""

    form_class = SendBackForm
    template_name = "reporting_periods/accept.html"
    success_message = "Đã trả lại: đơn vị thấy lý do, sửa số liệu rồi xác nhận lại."
