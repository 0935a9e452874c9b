"""The pages of confirmations: what a unit confirms, withdraws, and what the office answers."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.data_checks import findings
from binhlu_portal.moment.query_string import query
from binhlu_portal.records.forms.views import EditView
from members.change_reports.queries import open_by_state
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import rights_of
from reports.figures import evaluate
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.closing.models import Frozen
from reports.reporting_periods.models import Answer, Confirmation, ReportingPeriod

from .. import changes
from ..actions import CHANGED_SINCE, NOBODY_WAITS
from ..forms import AcceptAllForm, AcceptForm, ConfirmForm, SendBackForm, WithdrawForm
from ..later_changes import later_changes, other_values, unchanged, undoing, values_of
from ..told_changes import told_of_unit
from .periods import known


def place_asked(period, user, code):
    """Return what a unit is on the day of `period`, if it is asked and `user` may confirm for it; 404 for others."""
    own = Unit.objects.editable_by(user, Right.CONFIRM).filter(code=code)
    return get_object_or_404(period_queries.units_asked(period).select_related("unit"), unit__in=own)


def latest_try(period, unit):
    """Return what a unit confirmed last for `period`, None where it has confirmed nothing."""
    tries = Confirmation.objects.tries().filter(period=period, unit=unit)
    return tries.select_related("user", "answered_by").order_by("-pk").first()


class ConfirmView(EditView):
    """Shows a unit its figures and what is still open, and takes its confirmation."""

    form_class = ConfirmForm

    @property
    def success_message(self):
        """What was done, and in whose place."""
        return f"Đã xác nhận số liệu thay {self.place.name}." if self.period.decides else "Đã xác nhận số liệu."

    def get_object(self):
        """Return the unit, if the sender may confirm for it and it is asked to."""
        user = self.request.user
        frozen = Frozen.objects.visible_to(user).filter(closing__period=OuterRef("pk"), figures__isnull=False)
        frozen = frozen.filter(unit__code=self.kwargs["unit"])
        found = known(user).annotate(frozen=Exists(frozen)).select_related("unit")
        self.period = get_object_or_404(found, pk=self.kwargs["pk"])
        self.place = place_asked(self.period, user, self.kwargs["unit"])
        unit = self.place.unit
        self.latest = latest_try(self.period, unit)
        self.returned = self.latest and self.latest.answer == Answer.RETURNED
        stands = self.period.is_open and self.latest and not self.returned
        self.later = later_changes(self.period, [self.latest]).get(unit.pk, []) if stands else []
        self.moment = self.period.moment(user, unit)
        self.results = evaluate.results(self.moment, [*period_queries.SHOWN, *period_queries.UNSTATED])
        self.others = other_values(self.latest.values, values_of(self.results)) if stands else []
        self.changed = bool(undoing(self.period, {unit.pk: self.later}) or self.others)
        return unit

    @property
    def waits(self):
        """Whether there is something to confirm by now."""
        return self.period.is_open and self.has_come and (self.latest is None or self.returned or self.changed)

    @property
    def template_name(self):
        """The page with the form, or without it when there is nothing to confirm, or not yet."""
        return f"reporting_periods/{'confirm' if self.waits else 'confirmed'}.html"

    def get_form(self, form_class=None):
        """Return the form with the period and the time."""
        form = super().get_form(form_class)
        form.period, form.now = self.period, timezone.now()
        return form

    @property
    def has_come(self):
        """Whether the day of the figures has come: before it nothing can be confirmed."""
        return self.period.as_of <= timezone.localdate()

    def get_initial(self):
        """Return up to which change the page shows the records."""
        return {"shown": newest_entry()}

    def form_invalid(self, form):
        """Show the form anew: what it confirms is what this page shows."""
        form.data = form.data.copy()
        form.data["shown"] = newest_entry()
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        """Return the figures of the unit, what has changed, what is open, and how far the unit has come."""
        period, user, moment, results = self.period, self.request.user, self.moment, self.results
        last = changes.last_closed(period)
        return (
            super().get_context_data(**kwargs)
            | {
                "title": f"Xác nhận số liệu: {self.place.name}",
                "period": period,
                "unit": self.object,
                "place": self.place,
                "figures": [results[code] for code in period_queries.SHOWN],
                "unstated": unstated_in(results),
                "may_state": not period.decides or self.waits,
                "groups": findings.for_reader(findings.find(moment), rights_of(user)),
                "query": query(moment),
                "last": last,
                "changes": changes.changes_since(last, self.object, user) if last else (),
                "latest": self.latest,
                "returned": self.returned,
                "changed": self.changed,
                "others": self.others,
                "has_come": self.has_come,
                "reports": open_by_state(moment) if period.is_open else (),
            }
            | told_of_unit(period, self.later, user)
        )

    @property
    def back_url(self):
        """The board of the period."""
        return reverse("period", args=[self.kwargs["pk"]])

    def get_success_url(self):
        """Return the board for who answers units; a unit goes back to its month."""
        return self.back_url if self.period.decides else reverse("home")


def unstated_in(results):
    """Return the results of the registers of which a unit has not said that they are complete."""
    return [results[code] for code in period_queries.UNSTATED if results[code].value]


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


class AnswerOneView(AnswerView):
    """Answers what one unit has confirmed; what has been written since is told."""

    template_name = "reporting_periods/accept.html"

    def get_object(self):
        """Return the confirmation that stands, with what has been written since."""
        found = super().get_object()
        self.later = later_changes(found.period, [found]).get(found.unit_id, [])
        return found

    def get_context_data(self, **kwargs):
        """Return what has been written since, in words, and what is open as on the page of the unit."""
        period, unit, user = self.object.period, self.object.unit, self.request.user
        moment = period.moment(user, unit)
        open_points = {
            "unstated": unstated_in(evaluate.results(moment, period_queries.UNSTATED)),
            "reports": open_by_state(moment),
            "query": query(moment),
        }
        told = told_of_unit(period, self.later, user)
        return super().get_context_data(**kwargs) | {"period": period, "unit": unit} | open_points | told


class AcceptView(AnswerOneView):
    """Accepts what a unit has confirmed."""

    form_class = AcceptForm
    success_message = "Đã nhận số liệu của đơn vị."

    @property
    def obstacle(self):
        """What stands in the way: something has changed, or it was accepted before."""
        if undoing(self.object.period, {self.object.unit_id: self.later}):
            return CHANGED_SINCE
        return "Văn phòng đã nhận số liệu của đơn vị này." if self.object.answer else ""

    @property
    def back_url(self):
        """The page of the unit, which tells what has changed."""
        return reverse("confirm", args=[self.kwargs["pk"], self.kwargs["unit"]])

    def get_success_url(self):
        """Return the board of the period."""
        return super().back_url


class AcceptAllView(AnswerView):
    """Accepts what all units have confirmed that wait for an answer."""

    form_class = AcceptAllForm
    template_name = "reporting_periods/accept_all.html"
    success_message = "Đã nhận số liệu của mọi đơn vị đã xác nhận."

    def get_object(self):
        """Return the period."""
        return get_object_or_404(self.kept)

    @cached_property
    def waiting(self):
        """How many wait."""
        return len(unchanged(self.object, Confirmation.objects.filter(period=self.object, answer="")))

    @property
    def obstacle(self):
        """What stands in the way: nobody waits."""
        return "" if self.waiting else NOBODY_WAITS

    def get_context_data(self, **kwargs):
        """Return how many wait."""
        return super().get_context_data(**kwargs) | {"waiting": self.waiting}


class SendBackView(AnswerOneView):
    """Returns what a unit has confirmed."""

    form_class = SendBackForm
    success_message = "Đã trả lại: đơn vị thấy lý do, sửa số liệu rồi xác nhận lại."
