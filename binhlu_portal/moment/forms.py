"""The question a report page answers, read from its address: which unit, as of which day, since when, which year."""

from django import forms
from django.http import Http404
from django.utils.functional import cached_property

from binhlu_portal.records.forms.fields import DayField
from binhlu_portal.search_boxes import MOST_LISTED, UnitChoiceField, key_in
from binhlu_portal.text.vietnamese import day
from organizations.rights import Right
from organizations.tree_queries import (
    find_unit,
    highest_of_day,
    may_read_anything,
    places_of_day,
    small_tree_of_day,
    tree_of_day,
)

from .moment import Moment, usual_since, usual_year

INDENT = "\N{NO-BREAK SPACE}" * 4


def unit_choices(places):
    """Return `places` (of `tree_of_day`) as choices of a select: code, and name indented as in the tree."""
    return [(place.unit.code, INDENT * place.depth + place.name) for place in places]


class MomentForm(forms.Form):
    """Unit and days out of an address; a valid form has its `moment`.

    A unit that the reader may not see raises Http404. `few` are the units to choose from, as far as they are listed,
    else None; without any, the account reads nothing. Without a choice it is the highest unit of the reader, today.
    `kept` is what else of the address stays when another moment is asked for: names, each with its values. A unit that
    has ended by the day is refused unless `of_ended`.
    """

    don_vi = UnitChoiceField(label="Tổ chức đảng", required=False)
    ngay = DayField(label="Đến ngày", required=False, help_text="")
    tu = DayField(label="Từ ngày", required=False, help_text="")
    nam = forms.IntegerField(
        label="Năm xếp loại", required=False, error_messages={"invalid": "Ghi năm bằng bốn chữ số, ví dụ 2025."}
    )

    def __init__(self, asked, *, user, today, right=Right.SEE, kept=(), of_ended=False):
        kept = dict(kept)
        super().__init__({"ngay": day(today)} | {name: value for name, value in asked.items() if value} | kept)
        self.user, self.today, self.moment, self.right, self.of_ended = user, today, None, right, of_ended
        for name in ("ngay", "tu"):
            self.fields[name].set_choices(self)
        self.few = small_tree_of_day(user, self._day(), right, MOST_LISTED)
        self._set_widgets()
        for name in kept:
            self.fields[name] = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    @cached_property
    def places(self):
        """All units to choose from as a tree: they are read where a page needs them, since there may be many."""
        return tree_of_day(self.user, self._day(), self.right) if self.few is None else self.few

    @property
    def names(self):
        """Names of all units to choose from, by their codes."""
        if self.few is not None:
            return {place.unit.code: place.name for place in self.few}
        places = places_of_day(self.user, self._day(), self.right).order_by("unit__code")
        return dict(places.values_list("unit__code", "name"))

    @cached_property
    def place(self):
        """The unit that is asked for as it is on the day, the highest one for none; None for one that does not stand.

        Raises Http404 for a unit that the reader may not see.
        """
        code = key_in(self.data.get("don_vi", ""))
        if self.few is not None:
            return next((place for place in self.few if code in ("", place.unit.code)), None)
        if not code:
            return self.highest
        return places_of_day(self.user, self._day(), self.right).filter(unit__code=code).first()

    @cached_property
    def highest(self):
        """The highest unit to choose from, of so many that they are not listed."""
        return highest_of_day(self.user, self._day(), self.right)

    @property
    def is_for_nobody(self):
        """Whether the account reads no unit on any day."""
        return self.few == [] and not may_read_anything(self.user)

    @cached_property
    def unit_name(self):
        """The name of the unit on the as-of day; of one that has ended its last."""
        unit, place = self.moment.unit, self.place
        if self.few is None and (place is None or place.unit_id != unit.pk):  # it was asked for by words
            place = places_of_day(self.user, self._day(), self.right).filter(unit=unit).first()
        return place.name if place and place.unit_id == unit.pk else unit.last_name

    def clean_ngay(self):
        """Return the as-of day, if the reader had any unit then."""
        as_of = self.cleaned_data["ngay"]
        if self.few == []:
            raise forms.ValidationError(f"Không có tổ chức đảng nào ngày {day(as_of)}: chọn ngày khác.")
        return as_of

    def clean(self):
        """Find the moment; the first value with which it cannot be asked for is the one at fault."""
        asked = self.cleaned_data
        if self.errors:
            return
        unit, given = self._unit(asked["don_vi"]), {}
        for field, name in (("ngay", "as_of"), ("tu", "since"), ("nam", "year")):
            given[name] = asked[field]
            try:
                moment = Moment.of(unit, self.user, today=self.today, **given)
            except ValueError as error:
                return self.add_error(field, str(error))
        if not (moment.stands or self.of_ended):
            return self.add_error("ngay", moment.not_there)
        self.moment = moment

    def _day(self):
        """Return the day whose units can be chosen."""
        try:
            return self.fields["ngay"].clean(self.data["ngay"])
        except forms.ValidationError:
            return self.today

    def _unit(self, code):
        if self.place and code in ("", self.place.unit.code):
            return self.place.unit
        unit = find_unit(code, self.user)
        if unit is None:
            raise Http404
        return unit

    def _set_widgets(self):
        self._offer_units(self.fields["don_vi"], key_in(self.data.get("don_vi", "")))
        as_of = self._day()
        self.fields["ngay"].widget = short(day(self.today))
        self.fields["tu"].widget = short(day(usual_since(as_of)))
        self.fields["nam"].widget = short(usual_year(as_of), "numeric")

    def _offer_units(self, field, code):
        """Offer the units as a list, or in a box: then only what is asked for is read, all only to search for words."""
        if self.few is not None:
            choices = unit_choices(self.few)
            field.offer(choices if code in ("", *dict(choices)) else [(code, code), *choices])
            return
        choices = [(code, self.place.name)] if code and self.place else []
        if code and not choices:
            choices = [(code, code)] if find_unit(code, self.user) else unit_choices(self.places)
        field.choices = choices
        field.search(dict(choices).get)
        field.widget.attrs["placeholder"] = self.highest.name


def short(placeholder, inputmode="text"):
    """Return a narrow field of text; what it stands for while empty is shown in it."""
    return forms.TextInput(
        {"class": "short", "placeholder": placeholder, "inputmode": inputmode, "autocomplete": "off"}
    )
