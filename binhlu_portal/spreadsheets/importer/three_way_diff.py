"""Comparing a record with what a file says of it, when the record may have been changed since the file was written.

A value that the file still has as it was exported is no change: what was written on screen since stays. Where both
sides changed the same value, the sender is asked.
"""

from binhlu_portal.audit.display import from_history, in_words
from binhlu_portal.audit.models import Entry

from .lookups import in_parts

KEEP, TAKE = "cong", "tep"
SIDES = {KEEP: "Giữ như trên cổng", TAKE: "Ghi theo tệp"}
QUESTION = "Sau khi tệp được xuất, trên cổng đã đổi từ “{}” thành “{}”; tệp ghi “{}”. Chọn một bên."


def plain(value):
    """Return a value as its column holds it: a record by its id."""
    return getattr(value, "pk", value)


class Exported:
    """What records of one table were when the file was written; known only of those that were changed since."""

    def __init__(self, tab, stamp, pks):
        self.tab = tab
        self.before = {}
        if stamp is None:
            return
        entries = Entry.objects.filter(table=tab.table, pk__gt=stamp).order_by("-pk")
        self.before.update(in_parts(entries.values_list("row", "before"), "row", pks))

    def changes(self, row, values, answers):
        """Return ({name: (before, after)}, {name: question}) of a record and what a file says of it.

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
