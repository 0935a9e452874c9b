"""Access log as a list."""

from datetime import datetime

from binhlu_portal.records.tables.tables import SHORT, SortedColumn, SortedTable
from binhlu_portal.text.vietnamese import clock, number


class AccessTable(SortedTable):
    """Access log: who opened or exported which list; without `names` only the kind of record is told, not whose it is.

    A keeper of accounts reads no records, so no names either.
    """

    at = SortedColumn(sort="pk", verbose_name="Lúc", attrs=SHORT)
    user = SortedColumn(sort="user__sort_name", verbose_name="Ai", attrs=SHORT)
    kind = SortedColumn(sort="kind", verbose_name="Việc", attrs=SHORT)
    what = SortedColumn(sort="what", verbose_name="Danh sách, hồ sơ")
    rows = SortedColumn(sort="rows", verbose_name="Số dòng", attrs={"cell": {"class": "number"}})

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names

    def render_at(self, value: datetime) -> str:
        """Write day and time."""
        return clock(value)

    def render_what(self, value: str) -> str:
        """Write what was opened."""
        return value if self.names else value.partition(":")[0]

    def render_rows(self, value: int) -> str:
        """Write the number as people read it."""
        return number(value)
