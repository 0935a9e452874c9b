"""Row ids (marks): how a workbook says which record of ours a row is about, `12-3fa9c1`.

The number is the record's id, the rest (an HMAC) proves that this database gave it to a record of that kind. A mark
from elsewhere, or one that somebody made up, is only a name inside its own file.
"""

import re
from dataclasses import dataclass
from typing import Self

from django.utils.crypto import salted_hmac

from binhlu_portal.audit.models import Entry

MARK = re.compile(r"([0-9]{1,18})-([0-9a-f]{6})")


@dataclass(frozen=True)
class RowIds:
    """Row ids of one database, which is known by the first entry of its history: nobody can change that."""

    database: str

    @classmethod
    def of_database(cls) -> Self:
        """Return the marks of the database in use."""
        return cls(str(Entry.objects.order_by("pk").values_list("at", flat=True).first()))

    def mark(self, table: str, pk: int) -> str:
        """Row id (mark) of a record."""
        return f"{pk}-{self._proof(table, pk)}"

    def ours(self, table: str, text: str) -> int | None:
        """Verify a row id: the id of the record of `table` that `text` marks; None when not given by this database."""
        found = MARK.fullmatch(text)
        return int(found[1]) if found and found[2] == self._proof(table, int(found[1])) else None

    def _proof(self, table, pk):
        return salted_hmac("binhlu_portal.workbook.marks", f"{self.database}:{table}:{pk}").hexdigest()[:6]
