"""The form that makes one record of two."""

from binhlu_portal.records.forms.base import RecordForm
from organizations.rights import Right

from .actions import merge


class MergeMembersForm(RecordForm):
    """`instance` is the record to keep and the other one; what the merger changes is shown first."""

    title = "Gộp hồ sơ trùng"
    right = Right.DECIDE
    has_preview = True

    def perform(self):
        """Merge the records."""
        keep, other = self.instance
        return merge(keep=keep, other=other)
