"""Tables (django-tables2): names of their settings in the address, sizes of a page, sorting alike on every database."""

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from binhlu_portal.text.vietnamese import number

PAGE_SIZES = (25, 50, 100)

MOST_COUNTED = 40_000
"""Records of a list are counted so far: more than a province has, and nobody turns so many pages."""


class CountedPaginator(Paginator):
    """Pages of rows that are counted by their `records`, without what is looked up for each, `MOST_COUNTED` at most."""

    def __init__(self, rows, size, records):
        super().__init__(rows, size)
        self.records = records

    @cached_property
    def count(self):
        """How many rows the pages hold."""
        return min(self._counted, MOST_COUNTED)

    @property
    def is_cut(self):
        """Whether there are more."""
        return self._counted > MOST_COUNTED

    @cached_property
    def _counted(self):
        return self.records.order_by().values("pk")[: MOST_COUNTED + 1].count()


class SortedTable(tables.Table):
    """A table whose sorting (`sap`), page (`trang`) and size of page (`dong`) stand in the address.

    Listings make theirs by `list_table`; a list that is never a file declares a subclass with `SortedColumn`s.
    """

    page_sizes = PAGE_SIZES
    records = None
    """The records that the rows tell of, where many may be: they are what is counted."""

    class Meta:
        order_by_field = "sap"
        page_field = "trang"

    def get_column_class_names(self, classes_set, bound_column):
        """Return the classes a column asks for; its name is none of them."""
        return classes_set

    def read(self, request):
        """Sort and cut into pages as the address says; what it cannot mean falls back to the usual."""
        self.request = request
        self.sort(request.GET)
        asked = request.GET.get("dong")
        size = next((size for size in PAGE_SIZES if asked == str(size)), PAGE_SIZES[0])
        counted = self.records is not None
        self.paginator = CountedPaginator(self.rows, size, self.records) if counted else Paginator(self.rows, size)
        self.page = self.paginator.get_page(request.GET.get(self.page_field))
        return self

    def sort(self, asked):
        """Sort as is asked for."""
        if sort := asked.get(self.order_by_field):
            self.order_by = sort
        return self

    def body(self):
        """Return the rows of the page as markup: drawn without a template, since a page holds hundreds of cells."""
        columns = [(column, f"<td {column.attrs['td'].as_html()}>") for column in self.columns]
        lines = (
            "".join(f"{td}{conditional_escape(self.cell(row, column))}</td>" for column, td in columns)
            for row in self.paginated_rows
        )
        return mark_safe("".join(f"<tr>{line}</tr>\n" for line in lines))

    def cell(self, row, column):
        """Return what stands in a cell of a row; tables of listings know it without looking for it."""
        return row.get_cell(column.name)


class SortedColumn(tables.Column):
    """A column sorted with nothing known at the end on every database, and by key among equals."""

    def __init__(self, *, sort, **kwargs):
        super().__init__(**kwargs)
        self.sort = sort

    def order(self, rows, is_descending):
        """Return `rows` in the order of this column."""
        key = F(self.sort)
        key = key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)
        return rows.order_by(key, "pk"), True


LINE = 10
"""Letters that surely stand on one line: a longer text is cut to it on a desk, and shows itself whole to a pointer."""


def one_line(text, cell):
    """Return what stands in a `cell` as one line of a list, if its `text` may need more."""
    return format_html('<span class="line" title="{}">{}</span>', text, cell) if len(text) > LINE else cell


SHORT = {"cell": {"class": "nowrap"}}


class ListingColumn(SortedColumn):
    """A `ListColumn` of a listing on screen, with the sum beneath it where it holds numbers."""

    empty_values = ()

    def __init__(self, column, footer, link=None):
        super().__init__(
            verbose_name=column.label,
            accessor=column.path,
            sort=column.sort or column.path,
            attrs={"cell": {"class": "number"}} if column.numeric else SHORT if column.short else {},
            footer=footer,
        )
        self.write, self.lead, self.member, self.is_short = column.write, link, column.member, column.short

    def render(self, value, record):
        """Write a value as people read it, a long one on a line of its own."""
        text = self.write(value)
        cell = self.linked(text, record)
        return cell if self.is_short or not isinstance(text, str) else one_line(text, cell)

    def linked(self, text, record):
        """Return the text as a link where the row or the member it names has a page."""
        if self.lead:
            return self.lead(record, text)
        if self.member and record[self.member]:
            return format_html('<a href="{}">{}</a>', reverse("member", args=[record[self.member]]), text)
        return text


class ListingTable(SortedTable):
    """The table of a listing: rows of values by their paths, in `ListingColumn`s."""

    class Meta(SortedTable.Meta):
        pass

    def cell(self, row, column):
        """Return what the column writes of the row."""
        return column.column.render(row.record[column.accessor], row.record)


def totals(listing, rows):
    """Return the sums of the columns that have one, by their path."""
    sums = {each.path: Coalesce(Sum(each.path), 0) for each in listing.columns if each.label in listing.summed}
    return rows.aggregate(**sums) if sums else {}


def list_table(listing, rows, totals, link=None, records=None):
    """Return the table of `rows`; `totals` are the sums of its columns of numbers by their path.

    `records`, where given, are what the rows tell of and how many they are. `link` makes the first cell of a row (given
    the row and the text) lead to its page.
    """
    feet = {path: number(total) for path, total in totals.items()}
    if feet:
        feet[listing.columns[0].path] = "Cộng"
    columns = [
        (column.name, ListingColumn(column, feet.get(column.path), link if index == 0 else None))
        for index, column in enumerate(listing.columns)
    ]
    table = ListingTable(rows, extra_columns=columns, empty_text="Không có bản ghi nào trong phạm vi này.")
    table.records = records
    return table
