"""Field of attendance by name: a tick for each member who was there, a reason for each who was not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.template.loader import render_to_string

from assessments.choices import AbsenceReason
from assessments.meetings.actions import Absent
from binhlu_portal.dates.partial_dates import PartialDate
from members.models import Member
from members.namesakes import told_apart

ANOTHER_LIST = (
    "Danh sách của ngày này khác danh sách đã điểm danh: {}. Danh sách dưới đây đã sửa theo ngày này: xem lại rồi lưu."
)
NO_REASON = "{}: chọn lý do vắng."
SAY_MORE = "{}: ghi rõ lý do."

NOTE_LENGTH = 120

LONGEST_KEY = 18
"""Digits of the number of a person at most: what is longer is no number of ours."""


def shorten(people: Iterable[Member]) -> None:
    """Leave of each birth the year, and no number: that is what a telephone keeps of people."""
    for person in people:
        person.card_number = ""
        person.born_on = person.born_on and PartialDate(str(person.born_on.year))


@dataclass
class AttendanceLine:
    """What was ticked, chosen and typed of one person: by default everybody was there."""

    present: bool = True
    reason: str = ""
    note: str = ""


@dataclass
class AttendanceTicks:
    """What was sent of an attendance: of whom it was asked (`listed`), and a line for each."""

    listed: frozenset[int] = frozenset()
    lines: dict[int, AttendanceLine] = field(default_factory=dict)


class AttendanceWidget(forms.Widget):
    """A list of people, each with a tick; who has none is asked for a reason."""

    use_fieldset = True
    people: Sequence[Member] = ()
    exempt: Sequence[Member] = ()

    def id_for_label(self, id_):
        """Lead to the list."""
        return id_

    def value_from_datadict(self, data, files, name):
        """Return what was sent."""
        listed = frozenset(
            int(key) for key in data.get(f"{name}-listed", "").split() if key.isdecimal() and len(key) <= LONGEST_KEY
        )
        there = set(data.getlist(name))
        lines = {
            person.pk: AttendanceLine(
                str(person.pk) in there, data.get(f"{name}-{person.pk}", ""), data.get(f"{name}-{person.pk}-note", "")
            )
            for person in self.people
            if person.pk in listed
        }
        return AttendanceTicks(listed, lines)

    def value_omitted_from_data(self, data, files, name):
        """Whether the list was not sent at all."""
        return f"{name}-listed" not in data

    def render(self, name, value, attrs=None, renderer=None):
        """Return the list."""
        lines = value.lines if isinstance(value, AttendanceTicks) else {}
        names = told_apart([*self.people, *self.exempt])
        rows = [(person, names[person.pk], lines.get(person.pk) or AttendanceLine()) for person in self.people]
        context = {
            "name": name,
            "id": (attrs or {}).get("id"),
            "rows": rows,
            "exempt": [names[person.pk] for person in self.exempt],
            "reasons": AbsenceReason.choices,
            "note_length": NOTE_LENGTH,
        }
        return render_to_string("meetings/_attendance.html", context)


class AttendanceField(forms.Field):
    """Attendance by name: gives those who were absent."""

    widget = AttendanceWidget

    def __init__(self, **kwargs):
        super().__init__(**{"required": False} | kwargs)
        self.needed = True  # nobody is told that the list may be left out
        self.people: Sequence[Member] = ()

    def offer(self, people: Sequence[Member], exempt: Sequence[Member]) -> None:
        """Ask of `people`; the `exempt` are named, so that nobody looks for them."""
        self.people = self.widget.people = people
        self.widget.exempt = exempt

    def shorten(self) -> None:
        """Leave of all who are named what a telephone keeps of people."""
        shorten([*self.people, *self.widget.exempt])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something was sent: a list always says something."""
        return True

    def clean(self, value: AttendanceTicks) -> list[Absent]:
        """Return the absent; refuse a list of another day, and an absence without a reason."""
        if not isinstance(value, AttendanceTicks):  # whoever asks the field alone has no list
            value = AttendanceTicks()
        asked = {person.pk: person for person in self.people}
        names = told_apart([*self.people, *self.widget.exempt])
        if value.listed != asked.keys():
            raise forms.ValidationError(ANOTHER_LIST.format(self._difference(names, asked, value.listed)))
        absent, wrong = [], []
        for pk, line in value.lines.items():
            if line.present:
                continue
            if line.reason not in AbsenceReason.values:
                wrong.append(NO_REASON.format(names[pk]))
            elif line.reason == AbsenceReason.OTHER and not line.note:
                wrong.append(SAY_MORE.format(names[pk]))
            elif len(line.note) > NOTE_LENGTH:
                wrong.append(f"{names[pk]}: ghi lý do không quá {NOTE_LENGTH} chữ.")
            absent.append(Absent(asked[pk], line.reason, line.note))
        if wrong:
            raise forms.ValidationError(wrong)
        return absent

    def _difference(self, names, asked, listed):
        come = [names[pk] for pk in asked if pk not in listed]
        gone = len(listed - asked.keys())
        told = [f"thêm {', '.join(come)}" if come else "", f"bớt {gone} người" if gone else ""]
        return "; ".join(filter(None, told))
