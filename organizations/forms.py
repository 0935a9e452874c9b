"""Fields and forms about party organizations."""

from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.search_boxes import UnitChoiceField

from .tree_queries import tree_to_change


class UnitField(UnitChoiceField):
    """A unit, chosen by its code out of those the sender may change by the right of the form, as the tree of today.

    `kinds` narrows the choice to kinds of unit. Where there is but one, it is chosen already.
    """

    def __init__(self, *, kinds=None, **kwargs):
        super().__init__(**{"error_messages": {"required": "Chọn tổ chức đảng."}} | kwargs)
        self.kinds = kinds

    def set_choices(self, form):
        """Offer the units of the sender."""
        found = [place for place in tree_to_change(form.user, form.today, form.right) if self.accepts(place)]
        self.units = {place.unit.code: place.unit for place in found}
        if len(found) == 1:
            self.initial = found[0].unit.code
        self.offer(unit_choices(found), "Chọn …")

    def accepts(self, place):
        """Whether a unit, as it is today, can be chosen."""
        return self.kinds is None or place.kind in self.kinds

    def clean(self, value):
        """Return the unit."""
        return self.units.get(super().clean(value))


class UnitFactForm(RecordForm):
    """A form that records something about a unit, chosen in it (`don_vi` in the address prefills it)."""

    unit = UnitField(label="Tổ chức đảng")

    def __init__(self, *args, initial=None, **kwargs):
        initial = initial or {}
        named = {"unit": initial["don_vi"]} if initial.get("don_vi") else {}
        super().__init__(*args, initial=named | initial, **kwargs)
