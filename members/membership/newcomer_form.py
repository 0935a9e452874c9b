"""The form that writes a member down for the first time."""

from django import forms

from binhlu_portal.records.forms.base import DecidedForm
from binhlu_portal.records.forms.fields import PastDayField, form_field
from binhlu_portal.search_boxes import key_in
from binhlu_portal.text.vietnamese import name_key
from members import choices, field_groups
from members.change_reports.settlement import SettlingForm
from members.duplicates import queries
from members.duplicates import queries as duplicate_queries
from members.membership import actions as membership
from members.models import Member, MemberState
from members.models.change_report import ChangeKind
from organizations.choices import CELLS
from organizations.forms import UnitField
from organizations.rights import Right

WHO = field_groups.WHO[:-1]
INTO_THE_PARTY = field_groups.INTO_THE_PARTY[:4]
LEVELS = ("education", "qualification", "theory", "occupation", "job")

LevelFields = type(
    "LevelFields", (forms.Form,), forms.fields_for_model(MemberState, LEVELS, formfield_callback=form_field)
)
"""The fields of the levels with which a member comes."""


class NewMemberForm(SettlingForm, LevelFields, DecidedForm):
    """The card of a member who comes to us, in the groups `parts`; `don_vi` in the address prefills the cell.

    Someone who is written down already is shown (`similar`) before another record is made of the same person.
    """

    title = "Thêm đảng viên"
    settles = (ChangeKind.NEWCOMER,)
    model = Member
    right = Right.DECIDE
    model_fields = (*WHO, *INTO_THE_PARTY, *field_groups.CARD)
    parts = (
        ("Đến chi bộ", ("unit", "way", "day", "came_from", "decision_number", "decision_date")),
        ("Thông tin cá nhân", WHO),
        ("Vào Đảng", INTO_THE_PARTY),
        ("Thẻ, hồ sơ", field_groups.CARD),
        ("Trình độ, nghề nghiệp hiện nay", LEVELS),
    )
    order = tuple(name for _, names in parts for name in names)

    unit = UnitField(label="Chi bộ", kinds=CELLS)
    way = forms.ChoiceField(
        label="Lý do tăng", choices=[("", "Chọn …"), *((way.value, way.label) for way in choices.WAYS_IN)]
    )
    day = PastDayField(label="Ngày đến")
    came_from = forms.CharField(label="Từ tổ chức đảng", required=False, max_length=200)
    another = forms.BooleanField(
        label="Đây là người khác, vẫn thêm hồ sơ mới", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial={"unit": (initial or {}).get("don_vi")} | (initial or {}), **kwargs)
        self.similar = []

    def reported(self, reports):
        """Return those of `reports` that tell of somebody of the name that was typed, for the cell."""
        name = name_key(self.data.get("full_name", ""))
        found = reports.filter(unit__code=key_in(self.data.get("unit", ""))) if name else ()
        return [report for report in found if name_key(report.newcomer) == name]

    @property
    def groups(self):
        """The groups with their fields, and last of all what stands in none."""
        placed = {name for _, names in self.parts for name in names}
        rest = [field for field in self.visible_fields() if field.name not in placed]
        return [*((heading, [self[name] for name in names]) for heading, names in self.parts), ("Căn cứ", rest)]

    @property
    def action_data(self):
        """The data that the action is given: the card and the levels apart from the rest."""
        given = super().action_data
        del given["another"]
        person = {name: given.pop(name) for name in self.model_fields}
        levels = {name: given.pop(name) for name in LEVELS}
        return given | {"person": person, "levels": levels}

    def clean(self):
        """Ask whether the person is one of those who are written down already."""
        super().clean()
        asked = self.cleaned_data
        if {"full_name", "born_on"} <= asked.keys():
            card = {name: asked[name] for name in queries.READ if name in asked}
            self.similar = duplicate_queries.possible_duplicates(Member(**card), Member.objects.in_hand(self.user))
        if self.similar and not asked.get("another"):
            self.add_error("another", "Đã có hồ sơ giống như vậy. Xem ở trên; nếu đúng là người khác, đánh dấu ô này.")
        if self.similar:
            self.fields["another"].widget = forms.CheckboxInput()

    def perform(self, **given):
        """Take the member in."""
        return membership.register_newcomer(**given)
