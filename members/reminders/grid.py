"""Grid of a day of award: who was due a badge, its number, and those that are recorded already."""

from datetime import date

from django.db.models import Q

from binhlu_portal.db.actions import correct
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.base import DecidedForm
from binhlu_portal.records.forms.fields import DayField, PastDayField, form_field
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow, WordField
from members.member_records import actions as member_records
from members.models import Badge, Member
from members.queries import member_lies_beneath
from organizations.rights import Right

from .queries import due_badges
from .spans import award_of

YEARS = Badge._meta.get_field("years").choices


def _number(row):
    return form_field(Badge._meta.get_field("number"))


def _years(row):
    return WordField(choices=YEARS)


def _day(row):
    return DayField(required=row.record is not None)


class AwardForm(GridForm, DecidedForm):
    """The badges of the people beneath the instance that are given on `initial["day"]`, a day of award.

    A row is written once its number or its day is typed; day and decision above the grid hold for all that is new.
    """

    model = Badge
    right = Right.DECIDE
    heading = "Đảng viên"
    advice = (
        "Những người đủ năm tuổi Đảng đến đợt này, và Huy hiệu của đợt đã ghi. Ghi số huy hiệu hoặc ngày trao thì dòng "
        "đó được lưu; người chưa được trao thì để yên."
    )
    columns = (
        GridColumn("years", "Huy hiệu", _years, [label for _, label in YEARS]),
        GridColumn("number", "Số huy hiệu", _number),
        GridColumn("awarded_on", "Ngày trao (nếu khác)", _day),
    )

    awarded = PastDayField(label="Ngày trao tặng")

    def __init__(self, *args, initial, **kwargs):
        self.span = award_of(initial["day"])
        self.title = f"Huy hiệu Đảng {self.span.words}"
        super().__init__(*args, initial=initial | {"awarded": self.span.last}, **kwargs)

    def read_rows(self):
        """Return those due a badge and those who were given one for this day, by name."""
        moment = Moment.of(self.instance, self.user, today=self.today)
        kept = Member.objects.editable_by(self.user, self.right)
        if chosen := self.initial.get("dang_vien"):
            kept = kept.filter(pk__in=chosen)
        due = due_badges(moment, self.span).filter(member__in=kept).select_related("member")
        given = Badge.objects.editable_by(self.user, self.right).filter(
            Q(member__in=kept) if chosen else Q(),
            member_lies_beneath(None)(moment),
            awarded_on__range=(self.span.first, self.span.last),
        )
        rows = [_row(badge.member, badge.years, badge) for badge in given.select_related("member")]
        rows += [_row(stay.member, stay.badge) for stay in due]
        return sorted(rows, key=lambda row: (row.subject.sort_name, row.key))

    def write(self, row, values, *, awarded: date, decision):
        """Record the badge, or put it right."""
        if row.record:
            return [correct(row=row.record, **values)]
        values["awarded_on"] = values["awarded_on"] or awarded
        return [member_records.award_badge(member=row.subject, decision=decision, **values)]


def _row(member: Member, years: int, badge: Badge | None = None) -> GridRow:
    """Return the row of a person: a badge that is recorded, else the one that is due."""
    values = {"years": str(years)}
    if badge:
        values |= {"number": badge.number, "awarded_on": badge.awarded_on}
    about = f"sinh {member.born_on or 'chưa rõ'}" + ("" if badge else "; chưa ghi")
    return GridRow(f"{member.pk}x{years}", member.full_name, values, member, badge, about)
