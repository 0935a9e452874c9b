"""The page on which a report that was sent is held against the records, and its files."""

from django.http import Http404
from django.utils import timezone
from django.views import View

from binhlu_portal.moment.query_string import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables import exports
from binhlu_portal.records.tables.views import MomentFileView
from organizations.rights import Right
from organizations.scope import rights_of
from reports.figures import queries as figure_queries

from ..figures import registry
from . import printed_report
from .comparison import compare, day_in_common
from .days import as_of
from .findings import Verdict
from .forms import PrintedForm

PRINTED = ("Mã", "Số liệu", "Tổ chức đảng", "Ngày", "Giá trị đã in", "Tỷ lệ đã in")
RESULT = ("Kết luận", *PRINTED, "Giá trị trong hồ sơ", "Mẫu số", "Tỷ lệ làm tròn", "Tỷ lệ nếu cắt", "Nhận xét")
"""The columns of the result as a file."""

SHOWN = 75
"""How many findings that differ, and how many that agree, the page shows; the file has them all."""


class ReconciliationView(MomentView):
    """Takes the figures of a report and shows what the records say of each; nothing is kept."""

    title = "Đối chiếu báo cáo đã gửi"

    def post(self, request, **kwargs):
        """Read the moment from the address and compare."""
        return self.get(request, **kwargs)

    def get(self, request, **kwargs):
        """Return the page: the empty form, the form with what is wrong, or what was found."""
        sent = self.request.method == "POST"
        form = PrintedForm(*([self.request.POST, self.request.FILES] if sent else []), moment=self.moment)
        if not sent or not form.is_valid():
            return self.render_page("reconciliation/page.html", form=form)
        findings = compare(form.printed, until=timezone.localdate())
        return self.compared(form, findings)

    def compared(self, form, findings):
        """Return the page with the findings."""
        common = day_in_common(findings, self.moment)
        differing = [each for each in findings if each.verdict != Verdict.EQUAL]
        equal = findings[len(differing) :]
        return self.render_page(
            "reconciliation/page.html",
            form=form.shown_again(),
            counts=[(verdict, sum(each.verdict == verdict for each in findings)) for verdict in Verdict],
            differing=[(each, links(each)) for each in differing[:SHOWN]],
            more_differing=len(differing[SHOWN:]),
            equal=[(each, links(each)) for each in equal[:SHOWN]],
            more_equal=len(equal[SHOWN:]),
            common=common and {"day": common[0], "count": common[1], "query": query(as_of(self.moment, common[0]))},
        )


class ReconciliationFileView(ReconciliationView, MomentFileView):
    """The same as a file."""

    http_method_names = ["post"]

    def compared(self, form, findings):
        """Return the file."""
        return self.file(RESULT, [row(each) for each in findings], called="Bảng đối chiếu")


class ReconciliationTemplateView(View):
    """A file to fill in: every figure of the report with its code and name."""

    def get(self, request):
        """Return the file."""
        if Right.SEE not in rights_of(request.user):
            raise Http404
        codes = [code for code, figure in registry.FIGURES.items() if figure.section in figure_queries.SECTIONS]
        return exports.csv_response("doi-chieu-mau.csv", (), printed_report.LABELS, printed_report.template_rows(codes))


def links(finding):
    """Return the addresses of the list behind a finding: of its own day, and of the day of which it is."""
    moment, code = finding.printed.moment, finding.figure.code
    other = figure_queries.link(as_of(moment, finding.nearest), code) if finding.days else ""
    return {"own": figure_queries.link(moment, code), "other": other}


def row(finding):
    """Return a finding as a line of the file."""
    line, result = finding.printed, finding.result
    return [
        finding.verdict.label,
        finding.figure.code,
        finding.figure.label,
        line.moment.unit.code,
        line.moment.as_of,
        line.value,
        line.share,
        result.value,
        result.base,
        finding.rounded,
        finding.cut,
        finding.sentence,
    ]
