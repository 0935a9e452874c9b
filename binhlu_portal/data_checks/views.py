"""The pages of the checks: all of them with what they find, and the list behind one."""

from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables.bulk_pages import PickedListMixin
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from binhlu_portal.records.types import About
from organizations.scope import rights_of

from .findings import find, for_reader
from .rules import CHECKS, SUMS

PAGES = {About.MEMBER: "member", About.UNIT: "unit"}
"""The page of whom a check is about."""


class ChecksView(MomentView):
    """All checks with what they find at a moment, and the sums that must close."""

    title = "Kiểm tra dữ liệu"

    def get(self, request, **kwargs):
        """Return the page; checks that find nothing are named in short."""
        findings = find(self.moment)
        open_checks = [one.check for one in findings]
        return self.render_page(
            "data_checks/all.html",
            groups=for_reader(findings, rights_of(request.user)),
            sound=[check.said(self.moment) for check in CHECKS.values() if check not in open_checks],
            sums=[one for sums in SUMS.values() for one in sums(self.moment)],
        )


class CheckListView(PickedListMixin, MomentListView):
    """The rows that one check finds; each leads to where it is put right."""

    template_name = "data_checks/list.html"
    moment = None

    def setup(self, request, *args, **kwargs):
        """Find the check; one that is not there is unknown."""
        super().setup(request, *args, **kwargs)
        self.check = CHECKS.get(kwargs["code"])
        if self.check is None:
            raise Http404

    @property
    def title(self):
        """What the check finds."""
        return self.check.said(self.moment) if self.moment else ChecksView.title

    @property
    def listing(self):
        """The columns of the check."""
        return self.check.listing

    @property
    def personal(self):
        """Whether the rows name people."""
        return self.listing.is_personal

    @property
    def file_url(self):
        """The address of the list as a file."""
        return "check-file", self.check.code

    def get_queryset(self):
        """Return the rows of the moment."""
        return self.check.rows(self.moment)

    @property
    def rights(self):
        """The rights of the reader."""
        return rights_of(self.request.user)

    def link_row(self, row, text):
        """Lead to where the reader puts the row right, or else to whom it is about."""
        among = self.check.among
        if self.check.right in self.rights:
            address = self.check.mends(row, self.moment)
        else:
            address = reverse(PAGES[among.about], args=[row[among.whom]])
        return self.picked(row, text, format_html('<a href="{}">{}</a>', address, text))

    @property
    def bulk_page(self):
        """The page that puts right whatever is ticked, for whoever may."""
        return self.check.bulk if self.check.right in self.rights else None

    @property
    def picked_path(self):
        """The path to the person or the unit of a row."""
        return self.check.among.whom

    def get_context_data(self, **kwargs):
        """Return the check, and whether the reader may put its rows right."""
        return super().get_context_data(**kwargs) | {"check": self.check, "mends": self.check.right in self.rights}


class CheckFileView(ListFileMixin, CheckListView):
    """The same list as a file."""
