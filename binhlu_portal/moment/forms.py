"""The question a report page answers, read from its address: which unit, as of which day, since when, which year."""

from django import forms
from django.http import Http404

from binhlu_portal.records.forms.fields import DayField
from binhlu_portal.search_boxes import MOST_LISTED, UnitChoiceField, key_in
from binhlu_portal.text.vietnamese import day
from organizations.rights import Right
from organizations.tree_queries import find_unit, may_read_anything, tree_of_day

from .moment import Moment, usual_since, usual_year

INDENT = "\N{NO-BREAK SPACE}" * 4


def unit_choices(places):
    """Return `places` (of `tree_of_day`) as choices of a select: code, and name indented as in the tree."""
    return [(place.unit.code, INDENT * place.depth + place.name) for place in places]


class MomentForm(forms.Form):
    """Unit and days out of an address; a valid form has its `moment`.

    A unit that the reader may not see raises Http404. `places` are the units to choose from; without any, the account
    reads nothing. Without a choice it is the highest unit of the reader, today. `kept` is what else of the address
    stays when another moment is asked for: names, each with its values. A unit that has ended by the day is refused
    unless `of_ended`.
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
        self.user, self.today, self.moment, self.of_ended = user, today, None, of_ended
        for name in ("ngay", "tu"):
            self.fields[name].set_choices(self)
        self.places = tree_of_day(user, self._day(), right)
        self._set_widgets()
        for name in kept:
            self.fields[name] = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    @property
    def is_for_nobody(self):
        """Whether the account reads no unit on any day."""
        return not self.places and not may_read_anything(self.user)

    @property
    def unit_name(self):
        """The name of the unit on the as-of day; of one that has ended its last."""
        unit = self.moment.unit
        names = (place.name for place in self.places if place.unit_id == unit.pk)
        return next(names, None) or unit.last_name

    def clean_ngay(self):
        """Return the as-of day, if the reader had any unit then."""
        as_of = self.cleaned_data["ngay"]
        if not self.places:
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
        if not code:
            return self.places[0].unit
        unit = next((place.unit for place in self.places if place.unit.code == code), None)
        unit = unit or find_unit(code, self.user)
        if unit is None:
            raise Http404
        return unit

    def _set_widgets(self):
        field, choices = self.fields["don_vi"], unit_choices(self.places)
        code = key_in(self.data.get("don_vi", ""))
        if code and code not in dict(choices) and (len(choices) <= MOST_LISTED or find_unit(code, self.user)):
            choices.insert(0, (code, code))
        field.offer(choices)
        if field.is_searched and choices:
            field.widget.attrs["placeholder"] = choices[0][1].strip()
        as_of = self._day()
        self.fields["ngay"].widget = short(day(self.today))
        self.fields["tu"].widget = short(day(usual_since(as_of)))
        self.fields["nam"].widget = short(usual_year(as_of), "numeric")


def short(placeholder, inputmode="text"):
    """Return a narrow field of text; what it stands for while empty is shown in it."""
    return forms.TextInput(
        {"class": "short", "placeholder": placeholder, "inputmode": inputmode, "autocomplete": "off"}
    )
