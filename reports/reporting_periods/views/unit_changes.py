"""Pages that tell each change of a unit since it confirmed, and since the last closing of its committee."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.records.tables.tables import PAGE_SIZES
from binhlu_portal.text.vietnamese import clock, day
from reports.reporting_periods.models import GONE

from ..changes import entries_since, last_closed
from ..later_changes import counts, later_changes
from ..told_changes import told
from .confirmations import latest_try, place_asked
from .periods import known


class UnitChangesView(View):
    """What has been written about a unit since something; `found()` gives what and since when."""

    def get(self, request, pk, unit):
        """Return the page."""
        user = request.user
        period = get_object_or_404(known(user), pk=pk)
        place = place_asked(period, user, unit)
        since, entries = self.found(period, place.unit)
        page = Paginator(entries, PAGE_SIZES[0]).get_page(request.GET.get("trang"))
        shown = list(page.object_list)
        context = {
            "title": f"Thay đổi: {place.name}",
            "period": period,
            "unit": place.unit,
            "since": since,
            "page": page,
            "lines": told(shown, user),
            "beside": {entry.pk for entry in shown if self.is_beside(entry, period)},
        }
        log_access(request, AccessKind.OPENED, f"Thay đổi: {place.name}", len(context["lines"]))
        return render(request, "reporting_periods/unit_changes.html", context)

    def is_beside(self, entry, period):
        """Whether an entry leaves alone what was confirmed."""
        return False


class ChangesSinceConfirmedView(UnitChangesView):
    """What has been written since the confirmation that stands."""

    def found(self, period, unit):
        """Return since when, and the entries, the newest first; without a confirmation the page is unknown."""
        latest = latest_try(period, unit)
        if latest is None or latest.answer in GONE:
            raise Http404
        later = later_changes(period, [latest]).get(unit.pk, [])
        return f"lúc xác nhận số liệu, {clock(latest.at)}", later[::-1]

    def is_beside(self, entry, period):
        """Whether an entry leaves alone what was confirmed."""
        return not counts(entry, period)


class ChangesSinceClosedView(UnitChangesView):
    """What has been written since the last period of the committee was closed."""

    def found(self, period, unit):
        """Return since when, and the entries, the newest first; before the first closing the page is unknown."""
        last = last_closed(period)
        if last is None:
            raise Http404
        return f"khi khóa kỳ trước, {day(last.closed_on)}", entries_since(last, unit, self.request.user).order_by("-pk")
