"""The pages of reminders: all kinds in one month, the list of one kind, its file."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from binhlu_portal.moment.query_string import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.grid.views import UnitGridView
from binhlu_portal.records.tables.bulk_pages import CHOSEN_UNITS, PickedListMixin
from binhlu_portal.records.tables.tables import PAGE_SIZES
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from binhlu_portal.records.types import RECORD_TYPES
from organizations.scope import rights_of

from .grid import AwardForm
from .kinds import REMINDERS, counts
from .spans import AWARDS_IN_WORDS, ONE, awards_until, first_day_of, month_of

WHOLE = {"dong": max(PAGE_SIZES)}
"""What an address asks for so that a list comes on one page as long as there may be: it is there to be printed."""

MONTH = "thang"
"""The parameter of an address that holds the month: 2026-12 or 12/2026; without it, that of the as-of day."""


OFFERED = 8
"""How many days of award the grid of badges offers: those of two years."""


class SpanMixin:
    """A page about a span of time around the month in its address."""

    @cached_property
    def day(self):
        """The first day of the month asked for."""
        return first_day_of(self.request.GET.get(MONTH, ""), self.moment.as_of)

    def asking(self, span):
        """Return the query that asks for the moment and a span."""
        return query(self.moment, **{MONTH: span.month}, **WHOLE)

    def around(self, span_of, span):
        """Return the spans before and after, each with what asks for it."""
        spans = {"before": span_of(span.first - ONE), "after": span_of(span.last + ONE)}
        return {name: (each, self.asking(each)) for name, each in spans.items()}


class RemindersView(SpanMixin, MomentView):
    """How many each kind of reminder finds in a month."""

    title = "Nhắc việc"

    def keeps_parameter(self, name):
        """Whether a part of the address stays when another moment is asked for: the month."""
        return name == MONTH

    def get(self, request, **kwargs):
        """Return the page."""
        span = month_of(self.day)
        return self.render_page(
            "reminders/month.html",
            title=f"{self.title} {span.words}",
            month=span,
            reminders=counts(self.moment, self.day),
            query=self.asking(span),
            award_days=AWARDS_IN_WORDS,
            **self.around(month_of, span),
        )


class ReminderListView(PickedListMixin, SpanMixin, MomentListView):
    """The list of one kind of reminder."""

    template_name = "reminders/list.html"

    def setup(self, request, *args, **kwargs):
        """Find the kind; one that is not there is unknown."""
        super().setup(request, *args, **kwargs)
        self.reminder = REMINDERS.get(kwargs["kind"])
        if self.reminder is None:
            raise Http404

    @property
    def title(self):
        """What the list is called: its kind, and its time once a moment is known."""
        return f"{self.reminder.title}, {self.span.words}" if self.moment_form.moment else self.reminder.title

    @cached_property
    def span(self):
        """The time the list is about."""
        return self.reminder.span(self.day)

    @cached_property
    def listing(self):
        """The columns of the kind."""
        return self.reminder.listing(self.span, self.moment.in_force)

    @property
    def personal(self):
        """Whether opening the list is noted."""
        return self.listing.is_personal

    @property
    def file_url(self):
        """The address of the list as a file."""
        return "reminder-file", self.reminder.code

    def get_queryset(self):
        """Return whom the kind finds."""
        return self.reminder.rows(self.moment, self.span)

    def get_context_data(self, **kwargs):
        """Return the kind, the page where it is written down, and the times before and after."""
        return super().get_context_data(**kwargs) | {
            "reminder": self.reminder,
            "page_address": reverse(self.reminder.page[0], args=self.reminder.page[1:]),
            "grid": self.grid_offered(),
            "overview_query": query(self.moment, **{MONTH: self.span.month}),
            **self.around(self.reminder.span, self.span),
        }

    def grid_offered(self):
        """Return the grid in which what the kind finds is worked off: (name of the address, words), or None."""
        name, *of = self.reminder.page
        record_type = RECORD_TYPES[of[0]] if name == "records" else None
        return record_type and record_type.right in rights_of(self.request.user) and record_type.grid

    @property
    def bulk_page(self):
        """The page that works off those ticked, for whoever may write there."""
        bulk, right = self.reminder.bulk, self.reminder.right
        return bulk if bulk and right in rights_of(self.request.user) else None

    @property
    def picked_path(self):
        """The path to the person or the unit of a row."""
        return "unit__code" if self.reminder.bulk and self.reminder.bulk.chosen == CHOSEN_UNITS else "member__pk"

    def link_row(self, row, text):
        """Return the first cell of a row: the person or the unit, leading to its page."""
        page = ("unit", row["unit__code"]) if "unit__code" in row else ("member", row["member__pk"])
        return self.picked(row, text, format_html('<a href="{}">{}</a>', reverse(page[0], args=page[1:]), text))


class ReminderFileView(ListFileMixin, ReminderListView):
    """The same list as a file."""


class AwardView(UnitGridView):
    """The badges of one day of award, many at once."""

    form_class = AwardForm
    template_name = "reminders/award.html"
    success_message = "Đã lưu Huy hiệu Đảng của đợt."
    personal = True
    back_url = property(lambda self: reverse("records", args=["huy-hieu"]))

    @cached_property
    def days(self):
        """The days of award that can be chosen, the latest first."""
        return awards_until(timezone.localdate(), OFFERED)

    def get_initial(self):
        """Return the day of award in the address, or the latest."""
        asked = {f"{each:%d/%m/%Y}": each for each in self.days}
        return super().get_initial() | {"day": asked.get(self.request.GET.get("dot", ""), self.days[0])}

    def get_context_data(self, **kwargs):
        """Return the days of award, and that of the grid."""
        return super().get_context_data(**kwargs) | {"days": self.days, "chosen": self.get_initial()["day"]}
