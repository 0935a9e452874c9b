"""Three-way diff: a record, what a file says of it, and what it was when the file was written (the common base).

A value that the file still has as it was exported is no change: what was written on screen since stays. Where both
sides changed the same value, the sender is asked.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from binhlu_portal.audit.display import from_history, in_words
from binhlu_portal.audit.models import Entry
from binhlu_portal.spreadsheets.data_workbook.resources import Tab

from .lookups import batched_query, plain

KEEP, TAKE = "cong", "tep"
SIDES = {KEEP: "Giữ như trên hệ thống", TAKE: "Lấy theo tệp"}
QUESTION = "Sau khi tệp được xuất, trên hệ thống đã đổi từ “{}” thành “{}”; tệp ghi “{}”. Chọn một bên."


class Exported:
    """Base of the three-way diff: what records of one table were when the file was written.

    Only those changed since.
    """

    def __init__(self, tab: Tab, stamp: int | None, pks: Iterable[int]):
        self.tab = tab
        self.before = {}
        if stamp is None:
            return
        entries = Entry.objects.filter(table=tab.table, pk__gt=stamp).order_by("-pk")
        self.before.update(batched_query(entries.values_list("row", "before"), "row", pks))

    def changes(
        self, row: Model, values: dict[str, Any], answers: Mapping[str, str | None]
    ) -> tuple[dict[str, tuple[Any, Any]], dict[str, str]]:
        """Three-way diff of a record and what a file says of it: ({name: (before, after)}, {name: question}).

        `answers` are what the sender answered to the questions about fields, by their names.
        """
        changes, questions = {}, {}
        then = self.before.get(row.pk) or {}
        for name, value in values.items():
            field = row._meta.get_field(name)
            now, new = getattr(row, field.attname), plain(value)
            if now == new:
                continue
            if field.column in then:
                old = from_history(field.target_field if field.remote_field else field, then[field.column])
                if new == old or (old != now and answers.get(name) == KEEP):
                    continue
                if old != now and answers.get(name) != TAKE:
                    questions[name] = QUESTION.format(*(in_words(field, each) for each in (old, now, new)))
                    continue
            changes[name] = now, new
        return changes, questions
