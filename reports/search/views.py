"""The page of the search over everything."""

from django.urls import reverse
from django.utils.html import format_html

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables.tables import list_table
from binhlu_portal.text.vietnamese import search_words
from members.directory.columns import listing
from members.directory.queries import found
from members.models import Member

from . import queries

COLUMNS = ("ngay-sinh", "chi-bo", "so-the", "tinh-trang")
"""What tells people of one name apart."""


class SearchView(MomentView):
    """People, units, figures and registers that bear the words (`q`), each a link to its page."""

    title = "Tìm"

    def keeps_parameter(self, name):
        """Keep the words for another moment."""
        return name == "q"

    def get(self, request, **kwargs):
        """Return the page; people in it were opened."""
        words = request.GET.get("q", "").strip()
        columns = listing(self.moment).only(COLUMNS)
        if not search_words(words):
            return self.render_page("search/results.html", words="", recent=self.recent(columns))
        people = found(words, self.moment.user)
        rows = columns.rows(people, self.moment)
        table = list_table(columns, rows, {}, self.link_person, people).read(request)
        table.caption = "Đảng viên, quần chúng"
        log_access(request, AccessKind.OPENED, self.title, len(table.page))
        others = queries.others(self.moment, self.moment_form.names, words)
        title = f"{self.title} “{words}”"
        return self.render_page("search/results.html", title=title, words=words, table=table, others=others)

    def recent(self, columns):
        """Return the people opened last since the reader has signed in, as far as they are still in sight."""
        keys = queries.recent(self.request.user, self.request.session.row.started_at)
        if not keys:
            return []
        people = Member.objects.visible_to(self.request.user).filter(pk__in=keys)
        rows = {row["pk"]: row for row in columns.rows(people, self.moment)}
        log_access(self.request, AccessKind.OPENED, f"{self.title}: vừa mở", len(rows))
        return [rows[key] for key in keys if key in rows]

    def link_person(self, row, text):
        """Return the name in a row as a link to the page of the person."""
        return format_html('<a href="{}">{}</a>', reverse("member", args=[row["pk"]]), text)
