"""Pages and files of the report: all figures, the rows behind one, the annexes."""

from django.http import Http404

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.moment.query_string import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables import exports, workbooks
from binhlu_portal.records.tables.tables import list_table, totals
from binhlu_portal.records.tables.views import MomentFileView
from binhlu_portal.text.vietnamese import number

from . import drilldown, evaluate, parts, registry
from . import queries as figure_queries

REPORT_COLUMNS = (
    *("Mục", "Mã", "Số liệu", "Giá trị", "Mẫu số", "Tỷ lệ (%)", "Chưa ghi", "Yêu cầu", "Thời điểm, kỳ", "Cách tính"),
)


OF_THE_BASE = "Còn lại trong mẫu số"
"""What is said of those of the base whom a figure does not count."""


class FiguresView(MomentView):
    """All figures of the interim report, section by section, and the ledger of members."""

    title = "Báo cáo sơ kết"
    of_ended = True

    def get(self, request, **kwargs):
        """Return the page."""
        results = figure_queries.figures(self.moment)
        return self.render_page(
            "figures/report.html",
            files=exports.addresses("report-file"),
            sections=figure_queries.sections(self.moment, results),
            silent=sum(bool(result.silent) for result in results.values()),
        )


class FiguresFileView(MomentFileView):
    """All figures of the report as one table."""

    title = FiguresView.title
    of_ended = True

    def get(self, request, **kwargs):
        """Return the file."""
        rows = [
            [
                result.figure.section,
                code,
                result.figure.label,
                result.value,
                result.base,
                result.percent,
                result.unrecorded or "",
                result.asked if isinstance(result.figure, registry.TargetFigure) else "",
                result.figure.time(self.moment),
                result.figure.reading,
            ]
            for code, result in figure_queries.figures(self.moment).items()
        ]
        return self.file(REPORT_COLUMNS, rows, called="Bảng số liệu")


class FigureBaseView(MomentView):
    """Something about one figure: its page, its file.

    The address may narrow the list: to units (`trong`), to what the unit holds itself (`rieng`); that of a change to
    who came or who left (`chieu`) and to some reasons (`ly_do`). It may ask for whom of its base the figure does not
    count (`con_lai`).
    """

    of_ended = True
    NARROWING = ("trong", "rieng", "chieu", "ly_do", "con_lai")

    def setup(self, request, *args, **kwargs):
        """Find the figure."""
        super().setup(request, *args, **kwargs)
        self.figure = registry.KNOWN.get(kwargs["code"])
        if self.figure is None:
            raise Http404
        self.title = self.figure.label
        self.narrowing = {name: request.GET[name] for name in self.NARROWING if request.GET.get(name)}

    @property
    def whole_called(self):
        """What the number of the figure is beside a part of it: of those left of the base it counts nobody."""
        if "con_lai" in self.narrowing:
            return "Đã tính vào số này"
        return "Tăng trừ giảm" if isinstance(self.figure, registry.ChangeFigure) else "Toàn bộ"

    def listed(self):
        """Return the listing, the rows, and in words what they are narrowed to."""
        moment, asked = self.moment, self.narrowing
        if isinstance(self.figure, registry.ChangeFigure):
            direction, reasons = asked.get("chieu"), asked.get("ly_do", "").split(",")
            words = [drilldown.DIRECTIONS.get(direction), *map(drilldown.REASONS.get, reasons)]
            return drilldown.CHANGE, drilldown.changes(moment, direction, reasons), ", ".join(filter(None, words))
        units, words = None, ""
        if "trong" in asked:
            codes = [code for code in asked["trong"].split(",") if code.isprintable()]
            found = figure_queries.names(moment, unit__code__in=codes)
            units, words = list(found), figure_queries.in_words(list(found.values()))
        elif "rieng" in asked:
            units, words = [moment.unit.pk], f"Riêng {self.moment_form.unit_name}"
        figure = self.figure
        if "con_lai" in asked and (rest := parts.remainder(figure)):
            figure, words = rest, ", ".join(filter(None, [OF_THE_BASE, words]))
        rows = drilldown.rows(moment, figure, units, own="rieng" in asked)
        return drilldown.LISTINGS[self.figure.population.code], rows, words


class FigureDetailView(FigureBaseView):
    """A figure with the rows it counts; with `chia` in the address, its value for each unit directly beneath."""

    def get(self, request, **kwargs):
        """Return the page."""
        result = evaluate.results(self.moment, [self.figure.code])[self.figure.code]
        about = figure_queries.result_context(self.moment, result)
        if isinstance(self.figure, registry.TargetFigure):
            return self.render_page("figures/target.html", **about)
        if "chia" in self.request.GET:
            return self.render_page("figures/by_unit.html", **about, **figure_queries.by_unit(self.moment, self.figure))
        listing, rows, narrowed_to = self.listed()
        sums = totals(listing, rows)
        table = list_table(listing, rows, sums).read(self.request)
        if listing.is_personal:
            log_access(self.request, AccessKind.OPENED, self.title, len(table.page))
        return self.render_page(
            "figures/figure.html",
            **about,
            table=table,
            rest=parts.remainder(self.figure) and result.base - result.value,
            files=exports.addresses("figure-file", self.figure.code) | self.workbook(rows.model),
            narrowed_to=narrowed_to,
            whole_called=self.whole_called,
            narrowed_value=sums.get(getattr(self.figure, "measure", ""), table.paginator.count),
            list_query=query(self.moment, **self.narrowing),
        )

    def workbook(self, model):
        """Return the address of the workbook to put right what rows of `model` are about, for whoever may."""
        address = exports.address(workbooks.FORM, "figure-file", self.figure.code)
        return workbooks.workbook_links(model, self.request.user, address)


class FigureFileView(FigureBaseView, MomentFileView):
    """The rows behind a figure as a file."""

    forms = (*MomentFileView.forms, workbooks.FORM)

    def get(self, request, **kwargs):
        """Return the file."""
        if isinstance(self.figure, registry.TargetFigure):
            raise Http404
        listing, rows, narrowed_to = self.listed()
        if self.kwargs["form"] == workbooks.FORM:
            return workbooks.workbook_response(request, rows, self.moment, self.title, self.name)
        count = rows.count()
        log_access(self.request, AccessKind.EXPORTED, self.title, count)
        head = [f"Số dòng: {number(count)}"]
        if narrowed_to:
            head.insert(0, f"Trong: {narrowed_to}")
        labels = [column.label for column in listing.columns]
        return self.file(labels, listing.cells(rows), *head, summed=listing.summed)
