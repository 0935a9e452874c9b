"""Grid of a month's meetings: every cell beneath a unit has a row, filled in or not, and each further meeting one."""

from django.core.exceptions import ValidationError

from assessments.choices import MeetingKind
from assessments.meetings import actions as meetings
from assessments.meetings.queries import expected_numbers
from assessments.models import Meeting
from binhlu_portal.dates.arithmetic import last_of_month
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow, word_field
from binhlu_portal.records.tables.bulk_pages import among_chosen
from organizations.choices import CELLS
from organizations.tree_queries import subtree, tree_of_day

NAMES = ("held_on", "kind", "expected", "present", "guests")


def field_of(name):
    """Return the maker of the field of a column."""
    return lambda row: word_field(Meeting._meta.get_field(name))


HEADINGS = dict(zip(NAMES, ("Ngày họp", "Loại", "Phải dự", "Có mặt", "Khách dự"), strict=True))


class MonthForm(GridForm):
    """The meetings of the cells beneath the instance, or of those chosen, in the month of `initial["month"]`."""

    model = Meeting
    heading = "Chi bộ"
    advice = (
        "Mỗi chi bộ một dòng; buổi thứ hai trong tháng có dòng riêng. Số phải dự ghi sẵn là số đảng viên trừ người "
        "được miễn sinh hoạt, sửa lại nếu cần. Dòng nào chưa họp thì để yên."
    )
    columns = tuple(
        GridColumn(name, label, field_of(name), MeetingKind.labels if name == "kind" else ())
        for name, label in HEADINGS.items()
    )

    def __init__(self, data=None, *, initial, **kwargs):
        self.month = initial["month"]
        self.title = f"Sinh hoạt chi bộ tháng {self.month:%m/%Y}"
        super().__init__(data, initial=initial, **kwargs)

    def read_rows(self):
        """Return a row for the first regular meeting of each cell, written down or not, and for each other meeting."""
        day = min(last_of_month(self.month), self.today)
        places = among_chosen(subtree(tree_of_day(self.user, day, self.right), self.instance.pk), self.initial)
        cells = {place.unit_id: place for place in places if place.kind in CELLS}
        found = {unit: [] for unit in cells}
        held = Meeting.objects.editable_by(self.user, self.right).filter(unit__in=cells)
        for meeting in held.filter(held_on__range=(self.month, last_of_month(self.month))).select_related("unit"):
            found[meeting.unit_id].append(meeting)
        proposed = expected_numbers(cells, day)
        return [row for unit, place in cells.items() for row in _rows(place, found[unit], proposed.get(unit, 0))]

    def write(self, row, values):
        """Record the meeting, or put it right; one of another month belongs on another grid."""
        day = values.get("held_on")
        if day and day.replace(day=1) != self.month:
            raise ValidationError({"held_on": f"Ngày này không thuộc tháng {self.month:%m/%Y} của bảng."})
        if row.record:
            return [meetings.correct_meeting(meeting=row.record, **values)]
        return [meetings.hold_meeting(unit=row.subject, day=values.pop("held_on"), **values)]


def _rows(place, held, expected):
    """Return the rows of a cell: its first regular meeting is always there."""
    first = next((meeting for meeting in held if meeting.kind == MeetingKind.REGULAR), None)
    if first is None:
        values = {"kind": MeetingKind.REGULAR, "expected": expected}
        yield GridRow(str(place.unit_id), place.name, values, place.unit, about="chưa ghi")
    for meeting in held:
        key = str(place.unit_id) if meeting is first else f"b{meeting.pk}"
        values = {name: getattr(meeting, name) for name in NAMES}
        yield GridRow(key, place.name, values, place.unit, meeting)
