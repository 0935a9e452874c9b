"""Grid of new units beneath one: founded or received, typed or pasted from a list, in one act."""

from django import forms

from binhlu_portal.db.actions import Decision
from binhlu_portal.records.forms.base import DecidedForm
from binhlu_portal.records.forms.fields import PastDayField, form_field
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow, WordField
from organizations.choices import PARENTS, Kind, Sector
from organizations.models import UnitPeriod
from organizations.rights import Right
from organizations.units import actions as units

from .forms import HOLDERS

LINES = 60
"""How many units one grid takes: more than a commune committee has."""

WAYS = {"establish": units.establish, "receive": units.receive}
"""How units come to be, each with its verb."""

EARLIER = "Ghi ngày ở ô này, hoặc ngày chung ở đầu trang."


class NewUnitsForm(GridForm, DecidedForm):
    """New units directly beneath the instance; day and decision above the grid hold for rows that give none."""

    right = Right.DECIDE
    title = "Thêm nhiều tổ chức trực thuộc"
    heading = "Dòng"
    advice = (
        "Mỗi dòng một tổ chức; dòng để trống không được ghi. Có thể chép nhiều cột từ Excel rồi dán vào ô đầu tiên. Ô "
        "ngày và quyết định để trống thì lấy theo mục chung ở trên."
    )
    order = ("way", "day")

    way = forms.ChoiceField(
        label="Cách ghi",
        initial="establish",
        choices=[("establish", "Thành lập mới"), ("receive", "Tiếp nhận từ đảng bộ khác")],
    )
    day = PastDayField(label="Ngày chung", required=False, help_text="Ngày thành lập hoặc tiếp nhận.")

    def __init__(self, *args, instance, **kwargs):
        self.place = instance.periods.order_by("started_on").last()
        kinds = [kind for kind in Kind if self.place.kind in PARENTS[kind]]
        self.columns = (
            GridColumn("name", "Tên", lambda row: form_field(UnitPeriod._meta.get_field("name"))),
            _words("kind", "Loại tổ chức", [(kind.value, kind.label) for kind in kinds]),
            _words("sector", "Loại hình", Sector.choices),
            GridColumn("from", "Từ ngày", lambda row: PastDayField(required=False)),
            GridColumn("number", "Số quyết định", lambda row: forms.CharField(required=False, max_length=40)),
            GridColumn("signed", "Ngày quyết định", lambda row: PastDayField(required=False)),
        )
        super().__init__(*args, instance=instance, **kwargs)

    @classmethod
    def fits(cls, place: UnitPeriod) -> bool:
        """Whether others may stand beneath a unit that is what `place` says."""
        return place.kind in HOLDERS

    def read_rows(self):
        """Return empty rows."""
        return [GridRow(f"n{number}", f"Dòng {number}", {}) for number in range(1, LINES + 1)]

    def clean(self):
        """Ask for a day in each row that is written and has none."""
        asked = super().clean()
        if not asked.get("day"):
            for row, values in self.changed_rows():
                name = row.cell("from")
                if not values.get("from") and name not in self.errors:
                    self.add_error(name, EARLIER)
        return asked

    def write(self, row, values, *, way, day, decision):
        """Found or receive the unit."""
        decision = Decision(values["number"] or decision.number, values["signed"] or decision.day)
        named = {name: values[name] for name in ("name", "kind", "sector")}
        code = units.unused_code(named["name"])
        return [WAYS[way](code=code, parent=self.instance, day=values["from"] or day, decision=decision, **named)]


def _words(name, label, choices):
    return GridColumn(name, label, lambda row: WordField(choices=choices), [label for _, label in choices])
