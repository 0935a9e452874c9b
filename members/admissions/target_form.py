"""Grid of the targets of admission of all units of a year."""

from django import forms

from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow
from members.admissions import actions as admissions
from members.models import AdmissionTarget
from organizations.rights import Right
from organizations.tree_queries import tree_of_day


def target_field(row: GridRow) -> forms.IntegerField:
    """Return the field of the target of a unit."""
    invalid = "Ghi số người bằng chữ số, ví dụ 3; để trống nếu không giao."
    widget = forms.TextInput({"class": "short", "inputmode": "numeric"})
    limits = {"min_value": 0, "max_value": 9999}
    return forms.IntegerField(required=False, widget=widget, error_messages={"invalid": invalid}, **limits)


class TargetsForm(GridForm):
    """Sets the targets of all units directly beneath the instance for a year; an empty one takes the target back."""

    right = Right.DECIDE
    heading = "Đơn vị"
    advice = "Để trống nếu không giao chỉ tiêu cho đơn vị."
    columns = (GridColumn("target", "Chỉ tiêu (người)", target_field),)

    def __init__(self, *args, initial, **kwargs):
        self.year = initial["year"]
        self.title = f"Chỉ tiêu kết nạp năm {self.year}"
        super().__init__(*args, initial=initial, **kwargs)

    def read_rows(self):
        """Return the units directly beneath the instance, or itself where there are none."""
        found = tree_of_day(self.user, self.today, self.right)
        beneath = [place for place in found if place.parent_id == self.instance.pk]
        places = beneath or [place for place in found if place.unit_id == self.instance.pk]
        rows = AdmissionTarget.objects.editable_by(self.user, self.right).filter(year=self.year)
        standing = dict(rows.filter(unit__in=[place.unit_id for place in places]).values_list("unit", "target"))
        return [
            GridRow(
                f"{place.unit_id}", place.name, {"target": standing.get(place.unit_id)}, place.unit, record=place.unit
            )
            for place in places
        ]

    def perform(self):
        """Write the targets that the sender changed."""
        targets = {row.subject: values["target"] for row, values in self.changed_rows()}
        admissions.set_targets(year=self.year, targets=targets)
