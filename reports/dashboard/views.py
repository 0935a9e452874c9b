"""The dashboard page."""

from django.utils import timezone

from binhlu_portal.audit.guarded_acts import notice_of_others
from binhlu_portal.moment.views import MomentView
from reports.dashboard import metrics
from reports.figures import queries as figure_queries


class DashboardView(MomentView):
    """What leaders see on one page."""

    title = "Tổng quan"

    def get(self, request, **kwargs):
        """Return the page; without scripts and on paper it says the same."""
        blocks = metrics.board(self.moment, self.moment_form.places)
        notice = notice_of_others(request.user, timezone.now())
        return self.render_page(
            "dashboard/dashboard.html", query_then=figure_queries.query_at_since(self.moment), **blocks, **notice
        )
