"""Grid of people: the columns chosen in the list that are fields of the card, or levels of today."""

from django.utils.text import capfirst

from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow, word_field
from members import field_groups
from members.member_records.actions import set_levels
from members.models import Member, MemberState

CARD = frozenset(field_groups.WHO + field_groups.INTO_THE_PARTY + field_groups.CARD + field_groups.LIFE)
STATE = "state__"
"""How the paths of levels begin in the list of people."""

NO_DAY = "Ghi từ ngày nào có trình độ, nghề nghiệp mới."


def _field(path):
    """Return the field of a model that the column at `path` shows, if it is one that can be written; else None."""
    if path.startswith(STATE):
        return MemberState._meta.get_field(path.removeprefix(STATE))
    return Member._meta.get_field(path) if path in CARD else None


def _column(field):
    offered = list(getattr(word_field(field), "labels", {}).values())
    return GridColumn(field.name, capfirst(field.verbose_name), lambda row: word_field(field), offered)


class PeopleForm(GridForm):
    """The `people` of a list, by name; `paths` are those of its columns. Levels are new from a day on."""

    model = Member
    title = "Sửa đảng viên trên bảng"
    heading = "Đảng viên"

    levels_from = PastDayField(
        label="Trình độ, nghề nghiệp mới từ ngày", required=False, help_text="Trước ngày này vẫn là trình độ cũ."
    )

    def __init__(self, *args, people, paths, **kwargs):
        self.people = people
        fields = dict.fromkeys(filter(None, map(_field, paths[1:])))
        self.levels = frozenset(field.name for field in fields if field.model is MemberState)
        self.columns = [_column(field) for field in fields]
        super().__init__(*args, **kwargs)
        if not self.levels:
            del self.fields["levels_from"]
            self.head.remove("levels_from")

    def read_rows(self):
        """Return the people, no more than show that they are too many; what an account may not decide is locked."""
        found = list(self.people.order_by("sort_name", "pk")[: self.room + 1]) if self.columns else []
        states = MemberState.objects.filter(member__in=found).on(self.today) if self.levels else ()
        states = {state.member_id: state for state in states}
        return [self._row(member, states.get(member.pk)) for member in found]

    def _row(self, member, state):
        values = {
            column.name: getattr(state, column.name, "") if column.name in self.levels else getattr(member, column.name)
            for column in self.columns
        }
        locked = frozenset() if member.may_decide else frozenset(field_groups.INTO_THE_PARTY)
        about = f"sinh {member.born_on or 'chưa rõ'}"
        return GridRow(str(member.pk), member.full_name, values, member, member, about, locked)

    def clean(self):
        """Ask since when new levels hold."""
        asked = super().clean()
        changed = any(self.levels & values.keys() for _, values in self.changed_rows())
        if changed and not asked.get("levels_from") and "levels_from" not in self.errors:
            self.add_error("levels_from", NO_DAY)
        return asked

    def write(self, row, values, *, levels_from=None):
        """Put the card right, and record new levels."""
        levels = {name: values.pop(name) for name in self.levels & values.keys()}
        if values:
            correct(row=row.record, **values)
        if levels:
            set_levels(member=row.record, day=levels_from, **levels)
        return [row.record]
