"""Form of the targets of admission of all units of a year."""

from django import forms

from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.submit import EditConflict
from binhlu_portal.text.vietnamese import number
from members.admissions import actions as admissions
from members.models import AdmissionTarget
from organizations.models import Unit
from organizations.rights import Right
from organizations.tree_queries import tree_of_day


class TargetField(forms.IntegerField):
    """The target of one unit; what it was when the form was opened is sent along."""

    def __init__(self, **kwargs):
        widget = forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"})
        kwargs |= {"required": False, "min_value": 0, "max_value": 9999, "show_hidden_initial": True}
        invalid = "Ghi số người bằng chữ số, ví dụ 3; để trống nếu không giao."
        super().__init__(widget=widget, error_messages={"invalid": invalid}, **kwargs)


class TargetsForm(RecordForm):
    """Sets the targets of all units directly beneath the instance for a year; an empty one takes the target back."""

    right = Right.DECIDE

    def __init__(self, *args, instance, initial=None, **kwargs):
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.year = initial["year"]
        self.title = f"Chỉ tiêu kết nạp năm {self.year}"
        found = tree_of_day(self.user, self.today, self.right)
        beneath = [place for place in found if place.parent_id == instance.pk]
        self.places = {
            f"u{place.unit_id}": place for place in beneath or found if beneath or place.unit_id == instance.pk
        }
        standing = self._standing()
        for name, place in self.places.items():
            self.fields[name] = TargetField(label=place.name)
            self.initial[name] = standing.get(place.unit_id)

    @property
    def rows(self):
        """The fields of the units."""
        return [self[name] for name in self.places]

    def perform(self, **given):
        """Write the targets that the sender changed."""
        targets = {self.places[name].unit: given[name] for name in self._changed()}
        admissions.set_targets(year=self.year, targets=targets)

    def check_unchanged(self):
        """Raise `Conflict` when somebody else has set one of the same targets since the form was opened."""
        Unit.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        if self._foreign():
            raise EditConflict

    def show_conflict(self):
        """Set what the other has written beside what the sender typed; sent once more, the form is written."""
        self.data = self.data.copy()
        self.conflict = tuple((self.places[name].name, *values) for name, values in self._foreign().items())
        standing, changed = self._standing(), self._changed()
        for name, place in self.places.items():
            now = str(standing.get(place.unit_id, ""))
            self.data[self[name].html_initial_name] = now
            if name not in changed:
                self.data[name] = now

    def _standing(self):
        rows = AdmissionTarget.objects.editable_by(self.user, self.right)
        units = [place.unit_id for place in self.places.values()]
        return dict(rows.filter(year=self.year, unit__in=units).values_list("unit", "target"))

    def _changed(self):
        return [name for name in self.changed_data if name in self.places]

    def _foreign(self):
        """Return {field: (as seen, as it is now, as typed)} of the targets that another has changed meanwhile."""
        standing, found = self._standing(), {}
        for name in self._changed():
            field = self.fields[name]
            seen = field.to_python(self.data.get(self[name].html_initial_name))
            now, typed = standing.get(self.places[name].unit_id), self.cleaned_data[name]
            if now not in (seen, typed):
                found[name] = tuple(map(number, (seen, now, typed)))
        return found
