"""Grids of posts: of committees after a congress, unit by post, and of the decisions that posts lack.

In the first whoever is no longer named holds the post until that day.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import zip_longest

from django import forms
from django.core.exceptions import ValidationError

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.actions import correct
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.base import DecidedForm
from binhlu_portal.records.forms.fields import DayField, form_field
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow
from binhlu_portal.records.tables.bulk_pages import CHOSEN, among_chosen
from binhlu_portal.text.vietnamese import day, name_key
from members.choices import SINGLE_POSTS, Post
from members.data_checks.populations import name_on_day
from members.models import Member, Position
from members.namesakes import known_as
from members.positions import actions as positions
from organizations.models import Ancestry
from organizations.rights import Right
from organizations.tree_queries import subtree, tree_of_day

POSTS = {
    Post.SECRETARY: "Bí thư",
    Post.DEPUTY_SECRETARY: "Phó bí thư",
    Post.COMMITTEE_MEMBER: "Cấp ủy viên khác",
}
MOST_OFFERED = 40
"""How many people a unit offers while a name is typed; in a larger one the name is typed."""


class HoldersField(forms.CharField):
    """Names of people of one unit, with semicolons between; `people` are those who may be named.

    What is cleaned are their keys, in order. Two of one name are told apart by their births.
    """

    def __init__(self, *, people: Mapping[int, Member], most: int | None, **kwargs):
        super().__init__(required=False, **kwargs)
        self.people, self.most = people, most

    def prepare_value(self, value):
        """Return the names of people by their keys; what was typed as it is."""
        if isinstance(value, tuple):
            return "; ".join(name_among(self.people, self.people[key]) for key in value)
        return value

    def to_python(self, value):
        """Return the keys of the people named. Raises ValidationError for a name that none or several bear."""
        names = [name for name in super().to_python(value).split(";") if name.strip()]
        keys = sorted({self._find(name.strip()) for name in names})
        if self.most and len(keys) > self.most:
            raise ValidationError("Chức vụ này do một người giữ: ghi một tên.")
        return tuple(keys)

    def _find(self, name):
        bare, _, born = name.partition(", sinh ")
        found = _so_called(self.people, bare)
        found = [person for person in found if not born or str(person.born_on) == born.strip()]
        if not found:
            raise ValidationError(f"Không có đảng viên “{name}” ở đơn vị này: ghi đúng họ tên trong danh sách.")
        if len(found) > 1:
            told = "; ".join(map(known_as, found))
            raise ValidationError(f"Có {len(found)} người tên “{bare}”: ghi rõ {told}.")
        return found[0].pk


def name_among(people: Mapping[int, Member], person: Member) -> str:
    """Return the name of one of `people`, with the birth where another bears it too."""
    return known_as(person) if len(_so_called(people, person.full_name)) > 1 else person.full_name


def _so_called(people, name):
    """Return those of `people` who bear a name exactly, else those who bear it when marks and case are left out."""
    exact = [person for person in people.values() if person.full_name.lower() == name.lower()]
    return exact or [person for person in people.values() if name_key(person.full_name) == name_key(name)]


class CommitteesForm(GridForm, DecidedForm):
    """Who holds the committee posts in the units beneath the instance, or in itself where there are none.

    Of them it holds those that are chosen, if any are.
    """

    act = "Chức vụ cấp ủy"
    right = Right.DECIDE
    model = Position
    title = "Cấp ủy của nhiều tổ chức"
    heading = "Tổ chức đảng"
    advice = (
        "Ghi họ tên đảng viên của đơn vị; nhiều người thì cách nhau bằng dấu chấm phẩy. Người không còn tên trên bảng "
        "thôi giữ chức vụ từ ngày ghi ở trên, người mới giữ từ ngày đó; ô không sửa thì giữ nguyên."
    )
    columns = tuple(
        GridColumn(post.value, label, lambda row, post=post: row.field_of(post)) for post, label in POSTS.items()
    )

    started_on = DayField(label="Từ ngày", help_text="Ngày đại hội, chỉ định hoặc chuẩn y.")

    def read_rows(self):
        """Return the units with those who hold the posts today."""
        branch = subtree(tree_of_day(self.user, self.today, self.right), self.instance.pk)
        places = among_chosen(branch, self.initial)
        places = places if places != branch else branch[1:] or branch
        units = [place.unit_id for place in places]
        self.held, people = self._held(units), self._people(units)
        self.lists = {}
        rows = []
        for place in places:
            held = self.held[place.unit_id]
            known = people[place.unit_id] | {each.member_id: each.member for those in held.values() for each in those}
            row = CommitteeRow(
                str(place.unit_id),
                place.name,
                {post: tuple(sorted(each.member_id for each in held[post])) for post in POSTS},
                place.unit,
                place.unit,
                people=known,
            )
            if row.offers:
                self.lists[row.key] = sorted(name_among(known, person) for person in known.values())
            rows.append(row)
        return rows

    def write(self, row, values, *, started_on, decision):
        """Let those who are no longer named go, and those who are new begin; one takes the place of another."""
        written = []
        for post, wanted in values.items():
            held = {position.member_id: position for position in self.held[row.subject.pk][post]}
            gone = [held[key] for key in held if key not in wanted]
            new = [row.people[key] for key in wanted if key not in held]
            for position, member in zip_longest(gone, new):
                try:
                    written.append(_write(row.subject, post, position, member, started_on, decision))
                except ValidationError as refusal:
                    raise ValidationError({post: refusal.messages}) from refusal
        return written

    def _held(self, units):
        found = {unit: defaultdict(list) for unit in units}
        kept = Position.objects.editable_by(self.user, self.right).on(self.today).filter(unit__in=units, post__in=POSTS)
        for position in kept.select_related("member", "unit"):
            found[position.unit_id][position.post].append(position)
        return found

    def _people(self, units):
        """Return the people in cells at or beneath each of the units, by their keys."""
        found = {unit: {} for unit in units}
        lines = Ancestry.objects.filter(covers(self.today), ancestor__in=units)
        here = lines.filter(covers(self.today, "unit__spells__"))
        pairs = list(here.order_by().values_list("ancestor", "unit__spells__member"))
        kept = Member.objects.editable_by(self.user, self.right).in_bulk({person for _, person in pairs})
        for unit, person in pairs:
            if person in kept:
                found[unit][person] = kept[person]
        return found


def _write(unit, post, position, member, day, decision):
    """Write one change of holder and return the post that was written."""
    if position is None:
        return positions.appoint(unit=unit, post=post, day=day, member=member, decision=decision)
    if member is None:
        return positions.relieve(position=position, day=day)
    return positions.replace_holder(position=position, day=day, member=member, decision=decision)


class CommitteeRow(GridRow):
    """The row of a unit, which knows the people who may be named in it."""

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people

    @property
    def offers(self):
        """Whether its people are few enough to be offered."""
        return len(self.people) <= MOST_OFFERED

    def field_of(self, post):
        """Return the field of a post."""
        attrs = {"list": f"list-{self.key}"} if self.offers else {}
        return HoldersField(people=self.people, most=1 if post in SINGLE_POSTS else None, widget=forms.TextInput(attrs))


UNDECIDED = "cap-uy-chua-ghi-quyet-dinh"
"""The check that finds these posts."""

DECISION = {"decision_number": "Số quyết định", "decision_date": "Ngày quyết định"}


class PostDecisionsForm(GridForm):
    """The posts beneath the instance that lack their decision, of all people or of those chosen."""

    model = Position
    right = Right.DECIDE
    title = "Quyết định của các chức vụ cấp ủy"
    heading = "Đảng viên"
    advice = (
        "Các chức vụ cấp ủy chưa ghi số hoặc ngày quyết định chỉ định, chuẩn y. Nhiều người cùng một quyết định thì "
        "chép một khối từ Excel, hoặc chép ô trên xuống; dòng chưa có quyết định thì để yên."
    )
    columns = tuple(
        GridColumn(name, label, lambda row, name=name: form_field(Position._meta.get_field(name)))
        for name, label in DECISION.items()
    )

    def read_rows(self):
        """Return the posts that the check finds today, by unit and name."""
        moment = Moment.of(self.instance, self.user, today=self.today)
        found = Position.objects.editable_by(self.user, self.right)
        found = found.filter(pk__in=CHECKS[UNDECIDED].rows(moment).order_by().values("pk"))
        if chosen := self.initial.get(CHOSEN):
            found = found.filter(member__in=chosen)
        found = found.annotate(at=name_on_day(moment)).select_related("member")
        return [_undecided(position) for position in found.order_by("at", "member__sort_name", "pk")]

    def write(self, row, values):
        """Put the decision right."""
        return [correct(row=row.record, **values)]


def _undecided(position: Position) -> GridRow:
    """Return the row of a post; its unit is annotated as `at`."""
    about = f"{position.get_post_display()}, {position.at}, từ {day(position.started_on)}"
    values = {name: getattr(position, name) for name in DECISION}
    return GridRow(str(position.pk), position.member.full_name, values, position.member, position, about)
