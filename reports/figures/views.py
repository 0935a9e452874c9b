"""Pages and files of the report: all figures, the rows behind one, the annexes."""

from django.http import Http404
from django.shortcuts import redirect

from binhlu_portal.audit.models import AccessKind
from binhlu_portal.data_checks import findings
from binhlu_portal.moment.forms import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables import exports
from binhlu_portal.records.tables.tables import list_table, totals
from binhlu_portal.records.tables.views import note
from binhlu_portal.text.vietnamese import day, number
from organizations.choices import CELLS
from organizations.rights import Right
from organizations.scope import rights_of
from reports.dashboard import metrics
from reports.home import queries
from reports.models import Blank
from reports.printed_forms.annexes import ANNEXES, FORMS, STATISTICS
from reports.printed_forms.render import html, xlsx
from reports.reporting_periods import actions as reporting_periods

from . import drilldown, drilldown_columns, evaluate, page_context, registry

ANNEX_CONTENTS = {
    "1B": "Loại hình tổ chức đảng trực thuộc: tiếp nhận, thành lập, giải thể, đổi tên và số hiện có",
    "5B": "Bí thư đồng thời là thủ trưởng cơ quan, đơn vị; trưởng bản, trưởng ban công tác Mặt trận là đảng viên",
    "6": "Đào tạo, bồi dưỡng cấp ủy viên cơ sở",
    "9": "Kiểm tra, giám sát, thi hành kỷ luật của Đảng",
    "1-TCTW": "Tăng, giảm đảng viên",
    "2-TCTW": "Đảng viên mới kết nạp",
    "2B-TCTW": "Đảng viên mới kết nạp chia theo dân tộc, tôn giáo",
    "3-TCTW": "Đội ngũ đảng viên",
    "4-TCTW": "Đảng viên chia theo dân tộc và trong các tôn giáo",
    "5-TCTW": "Tổ chức đảng và đảng viên trong các loại hình cơ sở",
    "6-TCTW": "Xếp loại chất lượng tổ chức đảng, đảng viên",
    "7-TCTW": "Nghiệp vụ công tác đảng viên: Huy hiệu Đảng, thẻ đảng viên, giới thiệu sinh hoạt đảng",
    "10-TCTW": "Đào tạo, bồi dưỡng cán bộ, đảng viên",
}
"""What each annex and each form of statistics holds."""

ANNEX_GROUPS = {
    "Biểu phụ lục của báo cáo sơ kết": ANNEXES,
    "Biểu thống kê cơ bản về công tác tổ chức xây dựng Đảng": STATISTICS,
}
"""The annexes as they are listed."""

REPORT_COLUMNS = ("Mục", "Mã", "Số liệu", "Giá trị", "Trên tổng", "Tỷ lệ (%)", "Yêu cầu", "Thời điểm, kỳ", "Cách tính")


class Home(MomentView):
    """Where everybody arrives: those who keep records see what waits, others go on to what they are here for."""

    title = "Trang chính"
    right = Right.EDIT
    MOST_PEOPLE = 100

    def get(self, request):
        """Lead on those who keep no records: readers to the dashboard, keepers of accounts to the accounts."""
        rights = rights_of(request.user)
        if Right.EDIT not in rights:
            for right, page in ((Right.SEE, "dashboard"), (Right.ACCOUNTS, "accounts")):
                if right in rights:
                    return redirect(page)
        return super().get(request)

    def answer(self):
        """Return the page: of a whole committee or, for the secretary of a cell, of the cell and its people."""
        moment, user = self.moment, self.request.user
        period = reporting_periods.open_for(moment.unit, user)
        place = next((place for place in self.form.places if place.unit_id == moment.unit.pk), None)
        if place is None:
            raise Http404
        is_cell = place.kind in CELLS
        return self.page(
            "home/home_cell.html" if is_cell else "home/home.html",
            title=place.name,
            moment_form=None,
            place=place,
            others=[other for other in self.form.places if not other.depth and other.unit_id != moment.unit.pk],
            period=period,
            progress=period and reporting_periods.progress(period, user, moment.unit),
            groups=findings.by_level(findings.found(moment)),
            people=queries.people(moment, self.MOST_PEOPLE) if is_cell else (),
        )


class Report(MomentView):
    """All figures of the interim report, section by section, and the ledger of members."""

    title = "Báo cáo sơ kết"

    def answer(self):
        """Return the page."""
        return self.page(
            "figures/report.html", sections=page_context.sections(self.moment, page_context.figures(self.moment))
        )


class Dashboard(MomentView):
    """What leaders see on one page."""

    title = "Tổng quan"

    def answer(self):
        """Return the page; without scripts and on paper it says the same."""
        blocks = metrics.board(self.moment, self.form.places)
        return self.page("dashboard/dashboard.html", query_then=page_context.query_then(self.moment), **blocks)


class FileView(MomentView):
    """A file for a spreadsheet, in the `form` that its address ends with."""

    def setup(self, request, *args, **kwargs):
        """Know the form."""
        super().setup(request, *args, **kwargs)
        if kwargs["form"] not in exports.FORMS:
            raise Http404

    def file(self, name, labels, rows, *head):
        """Return the file: `head` and what was asked for, then the table."""
        moment = self.moment
        asked = f"Số liệu đến ngày {day(moment.as_of)}, tính từ ngày {day(moment.since)}; xếp loại năm {moment.year}"
        name = f"{name}-{moment.unit.code}-{moment.as_of:%Y-%m-%d}"
        return exports.response(
            self.kwargs["form"], name, (self.title, self.form.unit_name, asked, *head), labels, rows
        )


class ReportFile(FileView):
    """All figures of the report as one table."""

    title = Report.title

    def answer(self):
        """Return the file."""
        rows = [
            [
                result.figure.section,
                code,
                result.figure.label,
                result.value,
                result.base,
                result.percent,
                result.asked if isinstance(result.figure, registry.Target) else "",
                result.figure.time(self.moment),
                result.figure.reading,
            ]
            for code, result in page_context.figures(self.moment).items()
        ]
        return self.file("so-lieu", REPORT_COLUMNS, rows)


class FigureView(MomentView):
    """Something about one figure: its page, its file.

    The address may narrow the list: to units (`trong`), to what the unit holds itself (`rieng`); that of a change to
    who came or who left (`chieu`) and to some reasons (`ly_do`).
    """

    NARROWING = ("trong", "rieng", "chieu", "ly_do")

    def setup(self, request, *args, **kwargs):
        """Find the figure."""
        super().setup(request, *args, **kwargs)
        self.figure = registry.KNOWN.get(kwargs["code"])
        if self.figure is None:
            raise Http404
        self.title = self.figure.label
        self.narrowing = {name: request.GET[name] for name in self.NARROWING if request.GET.get(name)}

    def listed(self):
        """Return the listing, the rows, and in words what they are narrowed to."""
        moment, asked = self.moment, self.narrowing
        if isinstance(self.figure, registry.Change):
            direction, reasons = asked.get("chieu"), asked.get("ly_do", "").split(",")
            words = [drilldown.DIRECTIONS.get(direction), *map(drilldown.REASONS.get, reasons)]
            return drilldown.CHANGE, drilldown.changes(moment, direction, reasons), ", ".join(filter(None, words))
        units, words = None, ""
        if "trong" in asked:
            codes = [code for code in asked["trong"].split(",") if code.isprintable()]
            found = page_context.names(moment, unit__code__in=codes)
            units, words = list(found), page_context.in_words(list(found.values()))
        elif "rieng" in asked:
            units, words = [moment.unit.pk], f"Riêng {self.form.unit_name}"
        rows = drilldown.behind(moment, self.figure, units, own="rieng" in asked)
        return drilldown_columns.LISTINGS[self.figure.population.code], rows, words


class Figure(FigureView):
    """A figure with the rows it counts; with `chia` in the address, its value for each unit directly beneath."""

    def answer(self):
        """Return the page."""
        result = evaluate.figures(self.moment, [self.figure.code])[self.figure.code]
        about = page_context.about(self.moment, result)
        if isinstance(self.figure, registry.Target):
            return self.page("figures/target.html", **about)
        if "chia" in self.request.GET:
            return self.page("figures/split.html", **about, **page_context.by_unit(self.moment, self.figure))
        listing, rows, narrowed_to = self.listed()
        sums = totals(listing, rows)
        table = list_table(listing, rows, sums).read(self.request)
        if listing.is_personal:
            note(self.request, AccessKind.OPENED, self.title, len(table.page))
        return self.page(
            "figures/figure.html",
            **about,
            table=table,
            narrowed_to=narrowed_to,
            narrowed_value=sums.get(getattr(self.figure, "measure", ""), table.paginator.count),
            list_query=query(self.moment, **self.narrowing),
        )


class FigureFile(FigureView, FileView):
    """The rows behind a figure as a file."""

    def answer(self):
        """Return the file."""
        if isinstance(self.figure, registry.Target):
            raise Http404
        listing, rows, narrowed_to = self.listed()
        count = rows.count()
        note(self.request, AccessKind.EXPORTED, self.title, count)
        head = [f"Số dòng: {number(count)}"]
        if narrowed_to:
            head.insert(0, f"Trong: {narrowed_to}")
        columns = listing.columns
        cells = ([column.plain(row[column.path]) for column in columns] for row in rows.iterator())
        return self.file(self.figure.code, [column.label for column in columns], cells, *head)


class Annexes(MomentView):
    """The list of annexes, and of blanks that superior committees have sent."""

    title = "Biểu phụ lục"

    def answer(self):
        """Return the page."""
        groups = {name: {code: ANNEX_CONTENTS[code] for code in codes} for name, codes in ANNEX_GROUPS.items()}
        user = self.request.user
        blanks = Blank.objects.visible_to(user).order_by("-is_used", "name", "pk")
        return self.page(
            "printed_forms/annexes.html", groups=groups, blanks=blanks, decides=Right.DECIDE in rights_of(user)
        )


class AnnexView(MomentView):
    """Something about one annex: its page, its workbook."""

    def setup(self, request, *args, **kwargs):
        """Find the annex."""
        super().setup(request, *args, **kwargs)
        if kwargs["code"] not in FORMS:
            raise Http404
        self.title = f"Biểu {kwargs['code']}"

    def sheets(self):
        """Return the sheets of the annex."""
        return FORMS[self.kwargs["code"]](self.moment)


class Annex(AnnexView):
    """An annex as a page."""

    def answer(self):
        """Return the page."""
        return self.page(
            "printed_forms/annex.html",
            code=self.kwargs["code"],
            tables=[html.context(sheet) for sheet in self.sheets()],
        )


class AnnexFile(AnnexView):
    """An annex as a workbook to print and sign."""

    def answer(self):
        """Return the file."""
        name = f"bieu-{self.kwargs['code']}-{self.moment.unit.code}-{self.moment.as_of:%Y-%m-%d}.xlsx"
        return exports.written(name, lambda file: xlsx.write(self.sheets(), file))
