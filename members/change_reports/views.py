"""Pages of reports of change: who and what, in two taps, what is said of a report, the form of the office filled in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.request_values import row_key
from members.directory.forms.card import ChangePhoneForm
from members.directory.queries import stays_of
from members.models import ChangeReport, Member, Spell
from members.models.change_report import LEAVING, OF_WHO_STAYS
from members.namesakes import known_as
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import rights_of

from . import actions as change_reports
from .change_types import CHANGE_TYPES, type_of
from .forms import STEPS, ChangeForm, ChangeReportForm, ReportAtOnceForm
from .queries import open_reports_about


class ChangeView(MomentView):
    """Who has a change and what changed: it leads to the page where that is written, or reported."""

    title = "Báo thay đổi"
    right = Right.EDIT

    def dispatch(self, request, *args, **kwargs):
        """Open the page to those who write somewhere; over which unit, the moment asks."""
        if self.right not in rights_of(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def keeps_parameter(self, name):
        """Whether a parameter that asks for no moment stays: the person."""
        return name == "dang_vien"

    def get(self, request, **kwargs):
        """Ask who, then what changed; lead on once both are chosen."""
        asked, unit = request.GET, self.moment.unit
        words = asked.get("dang_vien", "")
        initial = {"don_vi": unit.code, "dang_vien": words}
        sent = asked if "viec" in asked else None
        form = ChangeForm(sent, user=request.user, today=timezone.localdate(), initial=initial)
        if form.is_bound and form.is_valid():
            return redirect(self.address_of(form.cleaned_data["viec"], form.cleaned_data["dang_vien"]))
        field = form.fields["dang_vien"]
        person = field.kept.filter(pk=row_key(words)).first() if "tim" not in asked else None
        people = [] if field.is_searched else field.choices
        if "tim" in asked:
            people = field.matches(words) if words else []
        about = {"don_vi": unit.code} | ({"viec": asked["viec"]} if sent else {})
        links = [(f"{request.path}?{urlencode(about | {'dang_vien': pk})}", name) for pk, name in people if pk]
        if "tim" in asked and len(links) == 1:
            return redirect(links[0][0])
        shown = {"form": form, "people": links, "person": person}
        shown |= self.about(person) if person else {"groups": self.groups()}
        return self.render_page("change_reports/change.html", moment_form=None, **shown)

    def about(self, person):
        """Return what the page asks of a person; what is short is written, or sent, from here."""
        made = {"user": self.request.user, "today": timezone.localdate(), "instance": person}
        today = {"day": PartialDate.of(made["today"])}
        phone, at_once = ChangePhoneForm(**made), ReportAtOnceForm(**made, initial=today)
        phone.auto_id, at_once.auto_id = "phone-%s", "report-%s"  # both stand on one page
        phone.fields["phone"].needed = True
        reports = open_reports_about(person, self.request.user)
        groups = self.groups(person, {report.kind for report in reports})
        forms = {"phone": phone, "at_once": at_once}
        return forms | {"known": known_as(person), "reports": reports, "groups": groups}

    def groups(self, member=None, reported=()):
        """Return what can have changed, of a member or of somebody who has no record: [(code, type)] by how it is told.

        What is reported already is not reported again, nor what an open report rules out.
        """
        reported = {*reported} | (OF_WHO_STAYS if LEAVING & {*reported} else set())
        decides = Unit.objects.editable_by(self.request.user, Right.DECIDE).filter(pk=self.moment.unit.pk).exists()
        found = {"at_once": [], "own": [], "reported": []}
        for code, each in CHANGE_TYPES.items():
            if each.is_about_member != bool(member) or each.form is ChangePhoneForm:
                continue
            if decides or each.right == Right.EDIT:
                found["own"].append((code, each.words))
            elif each.kind not in reported:
                found["at_once" if each.is_told_at_once else "reported"].append((code, each.asked))
        return found

    def address_of(self, code, member):
        """Return the page for a change: where it is written, or, of what the sender may not write, where reported."""
        change, user, unit = CHANGE_TYPES[code], self.request.user, self.moment.unit
        member = member if change.is_about_member else None
        of_whom = member or unit
        if not type(of_whom).objects.editable_by(user, change.right).filter(pk=of_whom.pk).exists():
            whom = f"dang_vien={member.pk}" if member else f"don_vi={unit.code}"
            return f"{reverse('change-report-new', args=[code])}?{whom}"
        if member and change.kind and (first := open_reports_about(member, user).filter(kind=change.kind).first()):
            return reverse("change-report-write", args=[first.pk])
        return change.page(member, unit)


class ChangeReportCreateView(EditView):
    """Reports a change to the office."""

    form_class = ChangeReportForm
    template_name = "change_reports/report.html"
    back_url = "/bao-thay-doi/"
    success_message = "Đã gửi Văn phòng Đảng ủy."

    def setup(self, request, *args, **kwargs):
        """Find the type of change; raises `Http404` for what is not reported."""
        super().setup(request, *args, **kwargs)
        self.change = CHANGE_TYPES.get(kwargs["change"])
        if self.change is None or self.change.kind is None:
            raise Http404

    def get_object(self):
        """Return the member, who is in a cell of the sender, or None."""
        if not self.change.is_about_member:
            return None
        here = Spell.objects.filter(ended_on=OPEN).values("member")
        kept = Member.objects.editable_by(self.request.user, Right.EDIT).filter(pk__in=here)
        return get_object_or_404(kept, pk=row_key(self.request.GET.get("dang_vien", "")))

    def get(self, request, *args, **kwargs):
        """Show the form, or the report that tells the same already."""
        kind = self.change.kind
        first = self.object and ChangeReport.objects.visible_to(request.user).open_one(kind, self.object, None, "")
        if first:
            messages.info(request, change_reports.said_already(first, kind))
            return redirect(first)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        """Return the unit that the address names, and today: what has changed is mostly told at once."""
        today = {"day": PartialDate.of(timezone.localdate())} if "day" in self.change.carries else {}
        return {"unit": self.request.GET.get("don_vi")} | today

    def get_form_kwargs(self):
        """Return what the form is made with, the type of change among it."""
        return super().get_form_kwargs() | {"change": self.change}

    def get_success_url(self):
        """Return the page of the report."""
        return self.written.get_absolute_url()


class OfReport:
    """A form about a report: it leads back there, and is not shown for one that is closed."""

    @property
    def back_url(self):
        """The page of the report."""
        return self.report.get_absolute_url()

    def find_report(self, right):
        """Return the report, if the sender may change it by a right."""
        kept = ChangeReport.objects.editable_by(self.request.user, right).select_related("member", "unit")
        return get_object_or_404(kept, pk=self.kwargs["pk"])

    @property
    def obstacle(self):
        """What became of a report that is closed."""
        return "" if self.report.is_open else f"Báo này đã xong: {self.report.get_state_display()}."

    def get_context_data(self, **kwargs):
        """Return the report, and a title that tells it."""
        told = {"report": self.report, "title": f"{self.get_form_class().title}: {self.report.person}"}
        return super().get_context_data(**kwargs) | told


class ChangeReportStepView(OfReport, EditView):
    """What the office or the cell says of a report."""

    template_name = "change_reports/step.html"

    @property
    def form_class(self):
        """The form named in the address."""
        form = STEPS.get(self.kwargs["action"])
        if form is None:
            raise Http404
        return form

    def get_object(self):
        """Return the report, if the sender may change it by the right of the form."""
        self.report = self.find_report(self.form_class.right)
        return self.report


class ChangeReportWriteView(OfReport, EditView):
    """The form of the office, filled in with a report, which is closed in the transaction of what is written."""

    template_name = "change_reports/write.html"

    @property
    def form_class(self):
        """The form of the change."""
        return type_of(self.report).form

    def get_right(self):
        """Return the right of those who write what committees decide, whatever else the form is used for."""
        return Right.DECIDE

    def dispatch(self, request, *args, **kwargs):
        """Find the report before the form is asked for."""
        self.report = self.find_report(Right.DECIDE)
        return super().dispatch(request, *args, **kwargs)

    def get_object(self):
        """Return the person, if the sender may change the record, or None for somebody who has none."""
        if self.report.member is None:
            return None
        kept = Member.objects.editable_by(self.request.user, Right.DECIDE)
        return get_object_or_404(kept, pk=self.report.member_id)

    def get_initial(self):
        """Return what the report tells, in the fields of the form."""
        about = {"dang_vien": [str(self.report.member_id)]} if self.report.member_id else {}
        return about | type_of(self.report).fill(self.report)

    def get_form_kwargs(self):
        """Return what the form is made with, the right of its page among it."""
        return super().get_form_kwargs() | {"right": Right.DECIDE}

    def get_form(self, form_class=None):
        """Return the form; the cell that was told in words is chosen where one alone bears them."""
        form = super().get_form(form_class)
        form.fields.pop("settling", None)  # this page settles its report and no other
        if "to" in form.fields and not form.is_bound:
            found = {code for code, _ in form.fields["to"].matches(form.initial["to"])} - {self.report.unit.code}
            form.initial["to"] = found.pop() if len(found) == 1 else ""
        return form

    def lead_to(self, written):
        """Close the report as part of what was written, and lead back to it."""
        change_reports.close(report=self.report, day=timezone.localdate())
        return self.back_url

    def get_context_data(self, **kwargs):
        """Return the page of the form, what is written already, and the stay of the person."""
        change = type_of(self.report)
        member = self.report.member
        return super().get_context_data(**kwargs) | {
            "form_page": change.template,
            "already": change.already(self.report),
            "last": member and stays_of(member, self.request.user).first(),
        }
