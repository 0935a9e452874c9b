"""The pages and files of the report of a period: as it will be printed, what is written in it, its template."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.db.actions import Refusal
from binhlu_portal.moment.query_string import query
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.exports import download
from binhlu_portal.sheets.sheet import PARTY
from organizations.models import Unit
from organizations.rights import Right
from reports.figures import registry
from reports.narrative.models import ReportTemplate
from reports.placeholders.moments import LABELS as FILTER_LABELS
from reports.placeholders.report import REPORT, ReportValues
from reports.reporting_periods.closing.models import FrozenFile
from reports.reporting_periods.closing.snapshot import Snapshot
from reports.reporting_periods.models import ReportingPeriod

from . import pdf, queries
from .content import report
from .document import CODE, MIME, document, file_name, own_template
from .forms import OwnTemplateForm, SignatureForm, TemplateForm, TextForm
from .outline import builtin
from .outline.queries import outline_of, with_outline


def whole(user, right=Right.SEE):
    """Return the periods of committees over which `user` holds `right` as a whole: a report is of all their units."""
    units = Unit.objects.visible_to(user, right)
    return with_outline(ReportingPeriod.objects.visible_to(user).filter(unit__in=units).select_related("unit"))


def snapshot_of(period, user):
    """Return what the last closing of a closed `period` froze of its committee, or None when nothing was."""
    closing = None if period.is_open else period.closings.first()
    found = closing and Snapshot(closing, period.unit, user)
    return found if found and found.frozen else None


def report_of(period, user, snapshot):
    """Return the report of `period` for `user`, with the figures and the outline of the `snapshot` if there is one."""
    outline = builtin.read(period.outline, snapshot.outline) if snapshot and snapshot.outline else outline_of(period)
    kept = (snapshot.results(), snapshot.told()) if snapshot else (None, None)
    return report(period.moment(user), outline, period.form_codes, *kept, explains=period.explains)


@dataclass(frozen=True)
class NumberedPart:
    """A piece of a sentence on the page: the `address` of its figure, the `number` of the footnote that it calls."""

    piece: Any
    address: str
    number: int


class ReportView(View):
    """The report of a period as it will be printed; every figure leads to its list.

    Of a closed period figures and lists are those that its last closing froze.
    """

    def get(self, request, pk):
        """Return the page."""
        own = ReportingPeriod.objects.editable_by(request.user, Right.DECIDE).filter(pk=OuterRef("pk"))
        period = get_object_or_404(whole(request.user).annotate(decides=Exists(own)), pk=pk)
        snapshot = snapshot_of(period, request.user)
        said = report_of(period, request.user, snapshot)
        address, notes = snapshot.address if snapshot else _live(said.moment), []
        context = {
            "title": f"Báo cáo của {said.values.words['cap_uy']}",
            "period": period,
            "frozen": snapshot is not None,
            "party": PARTY,
            "heading": said.values.words,
            "blanks": said.blanks,
            "parts": [(part, [_numbered(line, address, notes) for line in part.paragraphs]) for part in said.parts],
            "notes": notes,
            "outline": said.outline,
            "decides": period.decides and period.is_open,
            "pdf": pdf.program(),
        }
        return render(request, "narrative/report.html", context)


def _live(moment):
    """Return the function that gives the address of the list behind a figure at `moment`."""
    asked = query(moment)
    return lambda code: f"{reverse('figure', args=[code])}?{asked}"


def _numbered(line, address, notes):
    """Return the pieces of a line with the `address` of each figure, its footnotes among the `notes`."""
    found = []
    for piece in line:
        if piece.note:
            notes.append(piece.note)
        found.append(NumberedPart(piece, _leads(piece, address), len(notes) if piece.note else 0))
    return found


def _leads(piece, address):
    """Return the address of the list behind a figure; that of another moment than the report's is the live one."""
    if not piece.code or piece.query == "":
        return ""
    return address(piece.code) if piece.query is None else f"{reverse('figure', args=[piece.code])}?{piece.query}"


class ReportFileView(View):
    """The report as a Word document or as PDF; of a closed period as the closing froze it."""

    def get(self, request, pk, form):
        """Return the file."""
        if form not in ("docx", "pdf") or (form == "pdf" and pdf.program() is None):
            raise Http404
        period = get_object_or_404(whole(request.user, Right.EXPORT), pk=pk)
        try:
            content = self.frozen(period) or self.made(period)
            content = pdf.convert(content) if form == "pdf" else content
        except Refusal as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("period-report", pk)
        log_access(request, AccessKind.EXPORTED, f"Báo cáo ({form}): {period}", 0)
        kind = "application/pdf" if form == "pdf" else MIME
        return download(file_name(period.moment(request.user), form), content, kind)

    def frozen(self, period):
        """Return the document that the last closing of a closed period froze, if it did."""
        if period.is_open:
            return b""
        found = FrozenFile.objects.visible_to(self.request.user).filter(closing__period=period, code=CODE)
        file = found.order_by("-closing__number").first()
        return bytes(file.content) if file else b""

    def made(self, period):
        """Return the document as it is made now; of a closed period with the figures that were frozen."""
        user = self.request.user
        said = report_of(period, user, snapshot_of(period, user))
        return document(said, ReportTemplate.of(said.moment, said.outline))


class ReportEditView(EditView):
    """A form about the report of a period, for those who decide about it."""

    def get_object(self):
        """Return the period."""
        found = ReportingPeriod.objects.editable_by(self.request.user, Right.DECIDE).select_related("unit")
        return get_object_or_404(with_outline(found), pk=self.kwargs["pk"])

    @property
    def back_url(self):
        """The page of the report."""
        return reverse("period-report", args=[self.kwargs["pk"]])


class WriteTextView(ReportEditView):
    """Writes one text of the report."""

    form_class = TextForm
    template_name = "narrative/text.html"
    success_message = "Đã lưu nội dung của báo cáo."

    def get_object(self):
        """Return the period; its texts know whether they were carried over."""
        period = super().get_object()
        outline = outline_of(period)
        self.part = outline.written.get(self.kwargs["section"])
        if self.part is None:
            raise Http404
        self.text = queries.texts_of(period.moment(self.request.user), outline).get(self.part.code)
        return period

    def get_form_kwargs(self):
        """Return what the form is made with, the part asked for and its text too."""
        return super().get_form_kwargs() | {"part": self.part, "written": self.text}

    def get_context_data(self, **kwargs):
        """Return where the text comes from."""
        return super().get_context_data(**kwargs) | {
            "title": self.part.label,
            "period": self.object,
            "written": self.text,
        }

    def get_success_url(self):
        """Return the place of the text in the report."""
        return f"{self.back_url}#muc-{self.part.code}"


class SignatureView(ReportEditView):
    """Says who signs what is made in a period."""

    form_class = SignatureForm
    success_message = "Đã lưu người ký và cách in báo cáo của kỳ."


class TimedEditView(ReportEditView):
    """A form about what a committee sets for its reports from a time on."""

    def get_form(self, form_class=None):
        """Return the form with the time."""
        form = super().get_form(form_class)
        form.now = timezone.now()
        return form


class TemplateEditView(TimedEditView):
    """A form about the template of a committee."""

    def get_success_url(self):
        """Return the page of the template."""
        return reverse("report-template", args=[self.kwargs["pk"]])


class UseTemplateView(TemplateEditView):
    """Shows what place-holders there are, and takes a template of the committee's own."""

    form_class = TemplateForm
    template_name = "narrative/template.html"
    success_message = "Đã kiểm tra mẫu: từ nay báo cáo dùng mẫu này."

    def get_context_data(self, **kwargs):
        """Return the template in use and every place-holder with what it stands for now."""
        period, outline = self.object, outline_of(self.object)
        used = ReportTemplate.objects.visible_to(self.request.user).filter(unit=period.unit, outline=period.outline)
        values = ReportValues.at(period.moment(self.request.user))
        figures = {code: [] for code in registry.FIGURES}
        for place, (code, how) in REPORT.of_figures.items():
            if how.write:
                figures[code].append((place, how.label, values.piece(place).text))
        return super().get_context_data(**kwargs) | {
            "period": period,
            "used": used.select_related("user").defer("content").first(),
            "words": [(place, label, values.piece(place).text) for place, label in REPORT.words.items()],
            "filters": FILTER_LABELS,
            "outline": outline,
            "figures": [(registry.FIGURES[code], places) for code, places in figures.items()],
        }


class UseBuiltinTemplateView(TemplateEditView):
    """Goes back to the portal's own template."""

    form_class = OwnTemplateForm
    success_message = "Báo cáo lại dùng mẫu của hệ thống."

    @property
    def back_url(self):
        """The page of the template."""
        return reverse("report-template", args=[self.kwargs["pk"]])


class TemplateFileView(ReportEditView):
    """The template in use, to be changed in Word."""

    form_class = TemplateForm

    def get(self, request, **kwargs):
        """Return the file."""
        outline = outline_of(self.object)
        content = ReportTemplate.of(self.object.moment(request.user), outline) or own_template(outline)
        return download(f"mau-bao-cao-{self.object.unit.code}.docx", content, MIME)
