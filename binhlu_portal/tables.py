"""What every list shares: names of its settings in the address, sizes of a page, sorting alike on every database."""

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F

PAGE_SIZES = (25, 50, 100)


class Table(tables.Table):
    """A list whose sorting (`sap`), page (`trang`) and size of page (`dong`) stand in the address."""

    page_sizes = PAGE_SIZES

    class Meta:
        order_by_field = "sap"
        page_field = "trang"

    def get_column_class_names(self, classes_set, bound_column):
        """Return the classes a column asks for; its name is none of them."""
        return classes_set

    def read(self, request):
        """Sort and cut into pages as the address says; what it cannot mean falls back to the usual."""
        self.request = request
        if sort := request.GET.get(self.order_by_field):
            self.order_by = sort
        asked = request.GET.get("dong")
        size = next((size for size in PAGE_SIZES if asked == str(size)), PAGE_SIZES[0])
        self.paginator = Paginator(self.rows, size)
        self.page = self.paginator.get_page(request.GET.get(self.page_field))
        return self


class Column(tables.Column):
    """A column sorted with nothing known at the end on every database, and by key among equals."""

    def __init__(self, *, sort, **kwargs):
        super().__init__(**kwargs)
        self.sort = sort

    def order(self, rows, is_descending):
        """Return `rows` in the order of this column."""
        key = F(self.sort)
        key = key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)
        return rows.order_by(key, "pk"), True
