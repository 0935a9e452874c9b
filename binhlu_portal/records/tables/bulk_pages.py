"""Lists whose rows are ticked and worked off together, in a grid or in one form for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from binhlu_portal.moment.moment import Moment
from binhlu_portal.request_values import BACK

CHOSEN, CHOSEN_UNITS = "dang_vien", "to_chuc"
"""The parameters of an address that hold the ids of people, and the codes of units, chosen in a list."""


@dataclass(frozen=True)
class BulkPage:
    """Page that works off what is ticked in a list: a grid or a form that takes it from its address.

    `words` are those of the button, `page` the name of the address and its arguments, `chosen` the parameter that holds
    what is ticked, `asked` what else it is asked for: the values of parameters, `asked_on` those that a moment gives.
    """

    words: str
    page: tuple[str, ...]
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    chosen: str = CHOSEN
    asked_on: Callable[[Moment], Mapping[str, Sequence[str]]] = lambda moment: {}

    @property
    def address(self) -> str:
        """Address of the page."""
        return reverse(self.page[0], args=self.page[1:])


def among_chosen(places: list[Any], initial: Mapping[str, Any]) -> list[Any]:
    """Return those of the units (unit periods) that the address of a grid has chosen, all of them where it has none."""
    chosen = initial.get(CHOSEN_UNITS)
    return [place for place in places if place.unit.code in chosen] if chosen else places


class PickedListMixin:
    """A list of people or units with a box before each, all ticked, and a button to the `bulk_page`, where it has one.

    It stands before a `MomentListView`; `picked_path` leads from a row to what its box stands for.
    """

    bulk_page: BulkPage | None = None
    picked_path = "member__pk"

    def picked(self, row: Mapping[str, Any], text: str, link: str) -> str:
        """Return the first cell of a row: its link, after the box by which it is ticked."""
        if not self.bulk_page:
            return link
        box = format_html(
            '<input type="checkbox" name="{}" value="{}" aria-label="Chọn {}" checked>',
            self.bulk_page.chosen,
            row[self.picked_path],
            text,
        )
        return format_html('<span class="pick"><label>{}</label>{}</span>', box, link)

    def get_context_data(self, **kwargs):
        """Return the page that works the rows off, and what it is asked for beside them."""
        bulk = self.bulk_page
        asked = [("don_vi", self.moment.unit.code), (BACK, self.request.get_full_path())]
        more = bulk.asked | bulk.asked_on(self.moment) if bulk else {}
        asked += [(name, value) for name, values in more.items() for value in values]
        return super().get_context_data(**kwargs) | {"bulk": bulk, "bulk_asked": asked}
