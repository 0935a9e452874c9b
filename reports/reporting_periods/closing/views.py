"""The pages of closing: closing and opening again, the figures and lists as they stood, differences, frozen files."""

from io import BytesIO

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.data_checks import findings
from binhlu_portal.moment.query_string import query
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables import exports
from binhlu_portal.records.tables.printed_lists import Issue
from binhlu_portal.records.tables.tables import PAGE_SIZES
from binhlu_portal.request_values import row_key
from binhlu_portal.text.vietnamese import day, number
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import rights_of
from reports.figures import queries as figure_queries
from reports.figures.queries import SECTIONS
from reports.reporting_periods.closing.models import Closing, FrozenFile
from reports.reporting_periods.forms import ClosePeriodForm, ReopenForm
from reports.reporting_periods.later_changes import progress_now
from reports.reporting_periods.models import ReportingPeriod

from .snapshot import Snapshot


class PeriodEditView(EditView):
    """A form about a whole period."""

    def get_object(self):
        """Return the period, if the sender decides about it."""
        found = ReportingPeriod.objects.editable_by(self.request.user, Right.DECIDE).select_related("unit")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def back_url(self):
        """The board of the period."""
        return reverse("period", args=[self.kwargs["pk"]])


class ClosePeriodView(PeriodEditView):
    """Closes a period."""

    form_class = ClosePeriodForm
    template_name = "reporting_periods/close.html"
    success_message = "Đã khóa kỳ báo cáo: số liệu, danh sách và biểu được giữ nguyên như lúc này."

    def get_context_data(self, **kwargs):
        """Return how many units have confirmed, how much the checks find, and what the report leaves open."""
        period, user = self.object, self.request.user
        moment = period.moment(user)
        context = super().get_context_data(**kwargs)
        counts, undone = progress_now(period, user, period.unit)
        return context | {
            "period": period,
            "counts": counts,
            "again": len(undone),
            "totals": findings.totals(findings.find(moment)),
            "query": query(moment),
            "incomplete": self.incomplete(context["form"].report.incomplete, moment),
        }

    def incomplete(self, parts, moment):
        """Return the sections in which something is left open: (section, whether it is unwritten, gaps and lists)."""
        lists = {piece.code: figure_queries.link(moment, piece.code) for part in parts for piece in part.gaps}
        return [
            (part.section, part.is_unwritten, [(piece.text, lists[piece.code]) for piece in part.gaps])
            for part in parts
        ]


class ReopenPeriodView(PeriodEditView):
    """Opens a closed period again."""

    form_class = ReopenForm
    template_name = "reporting_periods/reopen.html"
    success_message = "Đã mở lại kỳ báo cáo: sửa hồ sơ xong thì khóa lại."


class SnapshotView(View):
    """Something about what a closing froze for one unit.

    The address names the period, the unit (`don_vi`, usually the committee) and the closing (`lan`, usually the last).
    """

    right = Right.SEE

    def dispatch(self, request, *args, **kwargs):
        """Find the snapshot and answer; one of which the reader may see nothing is unknown."""
        if self.right not in rights_of(request.user):
            raise Http404
        asked = row_key(request.GET.get("lan", ""))
        found = Closing.objects.visible_to(request.user, self.right).filter(period=kwargs["pk"])
        found = found.filter(number=asked) if asked else found
        self.closing = found.select_related("period__unit").first()
        if self.closing is None:
            raise Http404
        self.period, unit = self.closing.period, self.closing.period.unit
        if code := request.GET.get("don_vi"):
            unit = get_object_or_404(Unit, code=code)
        self.snapshot = Snapshot(self.closing, unit, request.user)
        if self.snapshot.frozen is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asked(self):
        """What the address asks for, for the links to the same snapshot."""
        return urlencode({"don_vi": self.snapshot.unit.code, "lan": self.closing.number})

    def render_page(self, template, **context):
        """Return the page made of `template`; `query` asks for the same moment of the live figures, if there is one."""
        moment = self.snapshot.moment
        common = {"period": self.period, "closing": self.closing, "name": self.snapshot.frozen.name}
        common |= {"asked": self.asked, "query": moment and query(moment)}
        return render(self.request, f"reporting_periods/closing/{template}", common | context)


class FrozenFiguresView(SnapshotView):
    """All figures of a unit as a closing froze them."""

    def get(self, request, **kwargs):
        """Return the page."""
        found = self.snapshot.figures().values()
        sections = {code: [frozen for frozen in found if frozen.about["section"] == code] for code in SECTIONS}
        return self.render_page(
            "figures.html",
            title=f"Số liệu đã khóa: {self.snapshot.frozen.name}",
            sections=[(code, SECTIONS[code], lines) for code, lines in sections.items() if lines],
        )


class FrozenRowsView(SnapshotView):
    """Something about the rows behind a frozen figure: their page, their file."""

    def get(self, request, **kwargs):
        """Find the figure; a target has no rows."""
        self.figure = self.snapshot.figures().get(self.kwargs["code"])
        if self.figure is None or not self.figure.has_list:
            raise Http404
        self.title = self.figure.about["label"]
        self.columns = self.snapshot.contents["lists"][self.figure.about["list"]]["columns"]
        self.rows = self.snapshot.rows(self.figure.code)
        return self.listed()

    def noted(self, kind, count):
        """Note that people were shown, where the list names people."""
        if any(column["person"] for column in self.columns):
            log_access(self.request, kind, f"{self.title} (đã khóa)", count)


class FrozenFigureView(FrozenRowsView):
    """A frozen figure with the rows that it counted, as they stood."""

    def listed(self):
        """Return the page."""
        sizes = [size for size in PAGE_SIZES if self.request.GET.get("dong") == str(size)]
        page = Paginator(self.rows, *sizes or PAGE_SIZES[:1]).get_page(self.request.GET.get("trang"))
        self.noted(AccessKind.OPENED, len(page))
        return self.render_page(
            "figure.html",
            title=self.title,
            figure=self.figure,
            columns=self.columns,
            page=page,
            files=exports.addresses("frozen-figure-file", self.period.pk, self.figure.code),
            rows=[(row.person, zip(self.columns, row.texts, strict=True)) for row in page],
            sizes=PAGE_SIZES,
        )


class FrozenFigureFileView(FrozenRowsView):
    """The rows behind a frozen figure as a file."""

    right = Right.EXPORT

    def listed(self):
        """Return the file."""
        if (form := self.kwargs["form"]) not in exports.FORMS:
            raise Http404
        self.noted(AccessKind.EXPORTED, len(self.rows))
        unit, called, as_of = self.snapshot.unit, self.snapshot.frozen.name, self.period.as_of
        name = exports.file_name(f"{self.title} (khóa lần {self.closing.number})", called, as_of)
        asked = f"Số liệu đến ngày {day(as_of)}, khóa ngày {day(self.closing.closed_on)}"
        head = (self.title, called, asked, f"Số dòng: {number(len(self.rows))}")
        labels, rows = [column["label"] for column in self.columns], [row.texts for row in self.rows]
        return exports.response(form, name, head, labels, rows, Issue(unit, as_of))


class DifferencesView(SnapshotView):
    """Where live figures of the same moment are other ones than those frozen."""

    def get(self, request, **kwargs):
        """Return the page."""
        if self.snapshot.moment is None:
            raise Http404
        return self.render_page(
            "differences.html",
            title=f"Chênh lệch với số đã khóa: {self.snapshot.frozen.name}",
            differences=self.snapshot.differences(),
        )


class FrozenFileView(View):
    """A file as a closing froze it."""

    def get(self, request, pk, number, code):
        """Return the file; it is the same to the byte each time."""
        found = FrozenFile.objects.visible_to(request.user).filter(closing__period=pk, closing__number=number)
        file = get_object_or_404(found, code=code)
        return FileResponse(BytesIO(file.content), as_attachment=True, filename=file.name)
