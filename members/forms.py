"""Forms about members: the base of those that write the same fact down for one person or for several."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.functional import cached_property

from binhlu_portal.dates.validity import covers
from binhlu_portal.db.actions import Refusal
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.request_values import row_key
from binhlu_portal.search_boxes import MOST_LISTED, SearchedChoiceField, key_in
from organizations.rights import Right
from organizations.scope import rights_of

from .directory.queries import having
from .models import Member, Spell
from .namesakes import known_as, told_apart

DECISION = frozenset({"decision_number", "decision_date"})


class MemberField(SearchedChoiceField):
    """A person out of those the sender may change who are in a cell today, beneath the unit in the address (`don_vi`).

    With more people than one looks through they are searched, by name or number.
    """

    suggests = "member-suggestions"

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Đảng viên", "error_messages": {"required": "Chọn đảng viên."}} | kwargs)
        self.people = {}

    def set_choices(self, form):
        """Offer the people of the unit."""
        if not form.members:
            self.offer_people(self.candidates(form), form.user, "Chọn …")

    def offer_people(self, people, user, nothing):
        """Offer `people`, as a list or in a box; `nothing` is what the list says while nobody is chosen."""
        self.kept, self.user, self.people = people, user, {}
        found = self._offered(people)
        if len(found) > MOST_LISTED:
            self.search(lambda key: dict(self._offered(people.filter(pk=row_key(key)))).get(key))
        else:
            self.offer(found, nothing)

    def candidates(self, form):
        """Return the people who may be chosen."""
        stays = Spell.objects.filter(covers(form.today), member=OuterRef("pk"))
        if code := key_in(form.initial.get("don_vi") or ""):
            stays = stays.filter(covers(form.today, "unit__lines__"), unit__lines__ancestor__code=code)
        return Member.objects.editable_by(form.user, form.right).filter(Exists(stays))

    def matches(self, text):
        """Return the person whose key stands in the box, else those in whose name or number each word is found."""
        key = row_key(key_in(text))
        return (key and self._offered(self.kept.filter(pk=key))) or self._offered(having(self.kept, text, self.user))

    def valid_value(self, value):
        """Whether the value is somebody who was offered or found."""
        return value in self.people

    def clean(self, value):
        """Return the person."""
        return self.people.get(super().clean(value))

    def _offered(self, people):
        """Return people as choices, one more than are listed at most, and keep them."""
        found = {str(person.pk): person for person in people.order_by("sort_name", "pk")[: MOST_LISTED + 1]}
        self.people |= found
        return [*zip(found, told_apart(found.values(), known_as).values(), strict=True)]


def named_members(keys, user, right):
    """Return the people with the numbers `keys`, all of whom `user` may change; otherwise the page is unknown."""
    wanted = {row_key(key) for key in keys}
    if None in wanted:
        raise Http404
    found = list(Member.objects.editable_by(user, right).filter(pk__in=wanted).order_by("sort_name", "pk"))
    if len(found) != len(wanted):
        raise Http404
    return found


class OfTheCellForm(RecordForm):
    """A form about what a cell decides in part: whoever records for a cell is offered no more than that."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if Right.DECIDE in rights_of(self.user):
            return
        for name in DECISION & self.fields.keys():
            self.fields[name].widget = forms.HiddenInput()  # what a cell decides has no paper with a number
        for name, values in self.model.of_the_cell.items():
            field = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0] in {"", *values}]
            field.error_messages["invalid_choice"] = self.model.outside


class MemberFactForm(RecordForm):
    """Records the same fact about each of the `members` named in the address (`dang_vien`), or about one chosen in it.

    What is refused for one is refused for all, and says for whom. A cell that tells of somebody tells it at once.
    """

    order = ("member",)
    member = MemberField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.members:
            del self.fields["member"]
            if Right.DECIDE not in rights_of(self.user):
                self.initial.setdefault("started_on", self.today)

    @cached_property
    def members(self):
        """The people named in the address; raises `Http404` unless the sender may change all of them."""
        return named_members(self.initial.get("dang_vien", ()), self.user, self.right)

    def save(self):
        """Act for each of the members and return what was written, a list for several."""
        given = self.action_data
        chosen = [given.pop("member")] if "member" in given else self.members
        written = [self._write_for(member, given) for member in chosen]
        return written if len(written) > 1 else written[0]

    def _write_for(self, member, given):
        try:
            return self.perform(member=member, **given)
        except ValidationError as refusal:
            if len(self.members) < 2:
                raise
            sentences = " ".join(refusal.messages)
            name = told_apart(self.members)[member.pk]
            raise Refusal(sentences if name in sentences else f"{name}: {sentences}") from refusal
