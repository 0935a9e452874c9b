"""Lists whose rows are ticked and worked off together, in a grid or in one form for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from binhlu_portal.request_values import BACK

CHOSEN = "dang_vien"
"""The parameter of an address that holds the ids of people chosen in a list."""


@dataclass(frozen=True)
class BulkPage:
    """Page that works off the people ticked in a list: a grid or a form that takes them from its address (`CHOSEN`).

    `words` are those of the button, `page` the name of the address and its arguments, `asked` what else it is asked
    for: the values of parameters.
    """

    words: str
    page: tuple[str, ...]
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Address of the page."""
        return reverse(self.page[0], args=self.page[1:])


class PickedListMixin:
    """A list about people with a box before each, all ticked, and a button to the `bulk_page`, where it has one.

    It stands before a `MomentListView`; `member_path` leads from a row to the id of the person.
    """

    bulk_page: BulkPage | None = None
    member_path = "member__pk"

    def picked(self, row: Mapping[str, Any], text: str, link: str) -> str:
        """Return the first cell of a row: its link, after the box by which it is ticked."""
        if not self.bulk_page:
            return link
        box = format_html(
            '<input type="checkbox" name="{}" value="{}" aria-label="Chọn {}" checked>',
            CHOSEN,
            row[self.member_path],
            text,
        )
        return format_html('<span class="pick"><label>{}</label>{}</span>', box, link)

    def get_context_data(self, **kwargs):
        """Return the page that works the rows off, and what it is asked for beside them."""
        bulk = self.bulk_page
        asked = [("don_vi", self.moment.unit.code), (BACK, self.request.get_full_path())]
        asked += [(name, value) for name, values in (bulk.asked.items() if bulk else ()) for value in values]
        return super().get_context_data(**kwargs) | {"bulk": bulk, "bulk_asked": asked}
