"""A list as a page and as a file: the same rows, the same filters, the same columns, noted in the log of access."""

from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.moment.query_string import MOMENT
from binhlu_portal.moment.views import MomentView
from binhlu_portal.text.vietnamese import day, number
from organizations.rights import Right

from . import exports, workbooks
from .printed_lists import Issue
from .tables import list_table, totals

COLUMNS = "cot"
"""The parameter of an address that chooses the columns of a list."""


class MomentListView(MomentView):
    """A list of records about a moment. A subclass gives `listing` and `get_queryset()`; `filter_class` narrows it.

    `record_url` is the name and the arguments of the address of one row's page, linked from the first column, without
    the id; `file_url` those of the list as a file, without the form. `personal` lists are noted in the log. `kept` is
    what of the address stays when the list is narrowed anew. In the workbook to put right, rows that stand for people
    are these people, unless the list is of `own_records`.
    """

    listing = None
    filter_class = None
    template_name = "records/tables/list.html"
    record_url = None
    personal = True
    file_url = None
    kept = MOMENT
    own_records = False

    def get_queryset(self):
        """Return the records, out of those the reader may see."""
        raise NotImplementedError

    def keeps_parameter(self, name):
        """Whether a part of the address stays when another moment is asked for: what narrows and orders the list."""
        return name not in (*MOMENT, "trang")

    def get_listing(self):
        """Return the listing with the columns chosen, the records narrowed by the filters, and the filters."""
        records, filters = self.get_queryset(), None
        if self.filter_class:
            filters = self.filter_class(self.request.GET, queryset=records, request=self.request)
            records = filters.qs
        chosen = self.request.GET.getlist(COLUMNS)
        listing = self.listing.of_one_cell() if self.lists_one_cell and not chosen else self.listing
        return listing.only(chosen), records, filters

    @property
    def lists_one_cell(self):
        """Whether the list is of one cell."""
        place = self.moment_form.place
        return place is not None and place.unit_id == self.moment.unit.pk and place.is_cell

    def file_links(self, model):
        """Return the addresses of the list, whose rows are of `model`, as files by their form, or None for none."""
        return self.file_url and exports.addresses(*self.file_url) | workbooks.workbook_links(
            model, self.request.user, exports.address(workbooks.FORM, *self.file_url), self.own_records
        )

    def get(self, request, **kwargs):
        """Return the page."""
        listing, records, filters = self.get_listing()
        rows = listing.rows(records, self.moment)
        table = list_table(listing, rows, totals(listing, rows), self.link_row, records).read(self.request)
        if self.personal:
            log_access(self.request, AccessKind.OPENED, self.title, len(table.page))
        return self.render_page(
            self.template_name,
            table=table,
            filters=filters,
            columns=[(column, column in listing.columns) for column in self.listing.offered[1:]],
            kept=[(name, value) for name, value in self.request.GET.items() if name in self.kept],
            files=self.file_links(rows.model),
            list_query=self.request.GET.urlencode(),
        )

    def link_row(self, row, text):
        """Return the first cell of a row: a link to the page of the record, where there is one."""
        if not self.record_url:
            return text
        address = reverse(self.record_url[0], args=[*self.record_url[1:], row["pk"]])
        return format_html('<a href="{}">{}</a>', address, text)


class ListFileMixin:
    """The list as a file for a spreadsheet: what makes a file of the `MomentListView` that stands after it."""

    right = Right.EXPORT

    def get(self, request, **kwargs):
        """Return the file."""
        form = self.kwargs["form"]
        if form not in (*exports.FORMS, workbooks.FORM):
            raise Http404
        listing, records, filters = self.get_listing()
        rows = listing.rows(records, self.moment)
        name = exports.file_name(self.title, self.moment_form.unit_name, self.moment.as_of)
        if form == workbooks.FORM:
            return workbooks.workbook_response(request, rows, self.moment, self.title, name, self.own_records)
        count = records.count()
        head = [self.title, self.moment_form.unit_name, f"Số liệu đến ngày {day(self.moment.as_of)}"]
        if filters and filters.said:
            head.append(filters.said)
        log_access(self.request, AccessKind.EXPORTED, self.title, count)
        labels = [column.label for column in listing.columns]
        issue = Issue(self.moment.unit, self.moment.as_of, listing.summed)
        return exports.response(form, name, [*head, f"Số dòng: {number(count)}"], labels, listing.cells(rows), issue)


class MomentFileView(MomentView):
    """A file for a spreadsheet, in the `form` that its address ends with; one of the `forms`."""

    forms = exports.FORMS

    def setup(self, request, *args, **kwargs):
        """Know the form."""
        super().setup(request, *args, **kwargs)
        if kwargs["form"] not in self.forms:
            raise Http404

    @property
    def name(self):
        """What the file is called, without its ending."""
        return exports.file_name(self.title, self.moment_form.unit_name, self.moment.as_of)

    def file(self, labels, rows, *head, summed=frozenset(), called="Danh sách", whole=False):
        """Return the file: `head` and what was asked for, then the table, `called` a list or what else it is.

        Its first row may stand for the `whole`.
        """
        moment = self.moment
        asked = f"Số liệu đến ngày {day(moment.as_of)}, tính từ ngày {day(moment.since)}; xếp loại năm {moment.year}"
        head = (self.title, self.moment_form.unit_name, asked, *head)
        issue = Issue(moment.unit, moment.as_of, summed, called, whole=whole)
        return exports.response(self.kwargs["form"], self.name, head, labels, rows, issue)
