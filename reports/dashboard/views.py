"""The pages of leaders: the dashboard, and its units beside each other."""

from django.utils import timezone

from binhlu_portal.audit.guarded_acts import notice_of_others
from binhlu_portal.moment.query_string import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables import exports
from binhlu_portal.records.tables.views import MomentFileView
from binhlu_portal.text.vietnamese import day
from reports.dashboard import comparison, comparison_file, metrics
from reports.figures import queries as figure_queries


class DashboardView(MomentView):
    """What leaders see on one page."""

    title = "Tổng quan"

    def get(self, request, **kwargs):
        """Return the page; without scripts and on paper it says the same."""
        blocks = metrics.board(self.moment, self.moment_form.places)
        return self.render_page(
            "dashboard/dashboard.html",
            query_then=figure_queries.query_at_since(self.moment),
            query_last_year=query(blocks["last_year"]) if blocks["last_year"] else "",
            **blocks,
            **notice_of_others(request.user, timezone.now()),
        )


class ComparisonView(MomentView):
    """The units directly beneath that of the moment beside each other, the worst first; `xep` names another order."""

    title = "Tổng quan theo đơn vị"

    def get(self, request, **kwargs):
        """Return the page."""
        found = comparison.compare(self.moment, self.moment_form.places)
        order = request.GET.get("xep", "")
        return self.render_page(
            "dashboard/comparison.html",
            comparison=found,
            last_year=found.then,
            rows=found.sorted_by(order),
            heads=found.heads(order),
            order=order,
            files=exports.addresses("comparison-file"),
            list_query=query(self.moment, **({"xep": order} if order else {})),
        )

    def keeps_parameter(self, name):
        """Another moment keeps the order."""
        return name == "xep" or super().keeps_parameter(name)


class ComparisonFileView(MomentFileView):
    """The same as a file, in the order of the page."""

    title = ComparisonView.title

    def get(self, request, **kwargs):
        """Return the file."""
        found = comparison.compare(self.moment, self.moment_form.places)
        rows = found.sorted_by(request.GET.get("xep", ""))
        printed = self.kwargs["form"] in exports.PRINTED
        labels, lines = comparison_file.table(found, rows, self.moment_form.unit_name, printed)
        then = f"Cùng kỳ năm trước: đến ngày {day(found.then.as_of)}" if found.then else ""
        return self.file(labels, lines, *filter(None, [then, found.not_held]), called="Bảng so sánh", whole=True)
