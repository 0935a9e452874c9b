"""Forms that write one value for all the people chosen in the list (`instance`); what would change is shown first."""

from django.core.exceptions import ValidationError

from binhlu_portal.db.actions import Refusal, correct
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import PastDayField
from members.member_records.actions import set_levels
from members.models import Member, MemberState
from members.namesakes import told_apart

NOTHING_NEW = "Những người đã chọn vốn đã như vậy: không có gì để lưu."


class BulkForm(RecordForm):
    """One value for all; people who have it already are passed over."""

    has_preview = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.model_fields:
            field = self.fields[name]
            field.required = True
            if hasattr(field, "choices"):
                field.choices = [(value, label if value else "Chọn …") for value, label in field.choices]

    def perform(self, **given):
        """Write the value for each; what is refused for one is refused for all, by name."""
        differing = [member for member in self.instance if self.differs(member, **given)]
        if not differing:
            raise Refusal(NOTHING_NEW)
        for member in differing:
            try:
                self.set(member, **given)
            except ValidationError as refusal:
                name = told_apart(self.instance)[member.pk]
                raise Refusal(f"{name}: {' '.join(refusal.messages)}") from refusal


class BulkCardForm(BulkForm):
    """A field of the card."""

    model = Member

    def differs(self, member, **given):
        """Whether the card says something else."""
        return any(getattr(member, name) != value for name, value in given.items())

    def set(self, member, **given):
        """Put the card right."""
        correct(row=member, **given)


class BulkLevelForm(BulkForm):
    """A level, new from a day on."""

    model = MemberState
    day = PastDayField(label="Từ ngày", help_text="Trước ngày này vẫn là trình độ cũ. Ghi 31/12/2025 hoặc 31122025.")

    def differs(self, member, *, day, **given):
        """Whether the level on the day is another; read once for all the people."""
        if not hasattr(self, "known"):
            states = MemberState.objects.filter(member__in=self.instance).on(day)
            self.known = {state.member_id: state for state in states}
        state = self.known.get(member.pk)
        return any(getattr(state, name, "") != value for name, value in given.items())

    def set(self, member, **given):
        """Record the new level."""
        set_levels(member=member, **given)


def bulk_form(base: type[BulkForm], name: str) -> type[BulkForm]:
    """Return the form that writes the field `name`: a factory like `modelform_factory`, run once for each field below.

    The forms differ in nothing but that field, and take their title from it.
    """

    class OneFieldForm(base):
        title = f"Sửa chung: {base.model._meta.get_field(name).verbose_name}"
        model_fields = (name,)
        order = (name, "day")

    return OneFieldForm


FORMS = {
    "dan-toc": bulk_form(BulkCardForm, "ethnicity"),
    "ton-giao": bulk_form(BulkCardForm, "religion"),
    "thuong-tru": bulk_form(BulkCardForm, "residence"),
    "so-tay": bulk_form(BulkCardForm, "handbook_installed_on"),
    "hoc-van": bulk_form(BulkLevelForm, "education"),
    "chuyen-mon": bulk_form(BulkLevelForm, "qualification"),
    "ly-luan": bulk_form(BulkLevelForm, "theory"),
    "nghe-nghiep": bulk_form(BulkLevelForm, "occupation"),
}
"""The forms by their name in the address."""
