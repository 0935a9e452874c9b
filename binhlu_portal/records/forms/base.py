"""Base forms of records: their valid data go to an action."""

import uuid

from django import forms

from binhlu_portal.audit.display import in_words, record_names
from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.happened import future_days
from binhlu_portal.dates.validity import lacking_decision
from binhlu_portal.db.actions import Decision, correct, remove
from binhlu_portal.records.forms.fields import PastDayField, clean_input, form_field
from organizations.in_force import InForce
from organizations.rights import Right

from .submit import EditConflict, latest_entry

MACHINERY = ("reason", "token", "seen")
"""Fields of every form that no action is given."""

DECIDED = ("decision_number", "decision_date")
"""The fields of a decision."""

PLAIN = frozenset({"Sửa", "Xóa"})
"""Titles of forms that tell no more than the history tells anyway."""

LAST = (*DECIDED, "reason")
"""The fields a form ends with, those it has: on what it rests."""


REQUIRED = "Chưa ghi mục này: không được để trống."
NOT_OFFERED = "Mục đã chọn không có trong danh sách: chọn lại."


def _offers_nothing(field):
    """Whether a field is a list with nothing on it; what is searched by words is no list."""
    if not hasattr(field, "choices") or getattr(field, "is_searched", False):
        return False
    return not any(value not in ("", None) for value, _ in field.choices)


SINGLE_CHOICES = (forms.ChoiceField, forms.TypedChoiceField)
"""Fields in which one thing is chosen out of few."""


class RecordForm(forms.Form):
    """A form about `instance`, sent by `user`, whose valid data `perform` hands to an action.

    `model_fields` names the fields of `model` that the form has beside its own, with their labels, choices and rules;
    what has happened did not happen after `today`.
    A field with a method `set_choices` is told for whom it offers its choices. `right` is what the sender needs over
    the instance: that of the class, unless whoever makes the form hands it another. `order` puts the fields in order
    where those of the model first is not the one. A form that `has_preview` shows what it would write before it writes.
    A form about a saved record is offered where it `is_available_for` that record. Its button says `submit_label`.
    """

    title = ""
    submit_label = "Lưu"
    model = None
    model_fields = ()
    order = None
    right = Right.EDIT
    has_preview = False
    do_not_call_in_templates = True  # pages name forms by their class
    asks = ()

    reason = forms.CharField(
        label="Lý do ghi, sửa",
        required=False,
        max_length=200,
        help_text="Lý do, hoặc số văn bản nếu có. Lưu trong lịch sử thay đổi.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, user, today, instance=None, initial=None, right=None):
        super().__init__(data, files, initial=initial)
        self.user, self.today, self.instance = user, today, instance
        self.right = right or self.right
        self.conflict = ()
        if self.model_fields:
            taken = forms.fields_for_model(self.model, self.model_fields, formfield_callback=form_field)
            self.fields = taken | self.fields
        self.sent = data
        if data:
            self.data = clean_input(data, self.fields)
        self.order_fields(self.order)
        self.fields |= {name: self.fields.pop(name) for name in LAST if name in self.fields}
        in_force = InForce(today)
        for field in self.fields.values():
            field.help_text = in_force.cite(str(field.help_text))
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = REQUIRED
            if field.error_messages.get("invalid_choice") == forms.ChoiceField.default_error_messages["invalid_choice"]:
                field.error_messages["invalid_choice"] = NOT_OFFERED  # the usual one says a code that nobody has seen
            if hasattr(field, "set_choices"):
                field.set_choices(self)

    @classmethod
    def is_available_for(cls, record):
        """Whether the form has something to say about `record`."""
        return True

    def _post_clean(self):
        """Refuse days to come of what the model says has happened; no form forgets to ask."""
        super()._post_clean()
        if self.model_fields:
            given = {name: self.cleaned_data.get(name) for name in self.model_fields}
            for name, sentence in future_days(self.model, given, self.today).items():
                self.add_error(name, sentence)

    def get_initial_for_field(self, field, field_name):
        """Return what a field starts with; of a choice that must be made and offers one thing, that one."""
        initial = super().get_initial_for_field(field, field_name)
        if initial in (None, "") and field.required and type(field) in SINGLE_CHOICES:
            offered = [value for value, _ in field.choices if value not in (None, "")]
            return offered[0] if len(offered) == 1 else initial
        return initial

    @property
    def without_choice(self):
        """The fields that must be chosen in and offer nothing: as long as there are any the form can write nothing."""
        return [self[name] for name, field in self.fields.items() if field.required and _offers_nothing(field)]

    @property
    def log_message(self):
        """What the history says of the reason: the title of the form and what was typed."""
        title = self.title if self.title not in PLAIN else ""
        return ": ".join(filter(None, [title, self.cleaned_data.get("reason")]))

    @property
    def action_data(self):
        """The data that the action is given."""
        return {name: value for name, value in self.cleaned_data.items() if name not in MACHINERY}

    def save(self):
        """Do what the form asks and return the record written (or a list of them), if there is one to show."""
        return self.perform(**self.action_data)

    def perform(self, **given):
        """Call the action; every form says which."""
        raise NotImplementedError

    def refused(self, refusal):
        """Return what was refused of records of the model, each with the data typed for it."""
        return [(refusal, self.cleaned_data)]

    def check_unchanged(self):
        """Refuse to write over what the sender has not seen; only a correction can."""


class DecidedForm(RecordForm):
    """A form about something that rests on a written decision; the action is given `decision`.

    Of an `act` that is always decided, that of its model mostly, it asks for number and day; where that depends, the
    model refuses.
    """

    act = ""

    decision_number = forms.CharField(label="Số quyết định", required=False, max_length=40)
    decision_date = PastDayField(label="Ngày quyết định", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if act := self.act or getattr(self.model, "act", ""):
            for name, sentence in lacking_decision(act).items():
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence

    @property
    def action_data(self):
        """The data that the action is given."""
        given = super().action_data
        number, day = given.pop("decision_number"), given.pop("decision_date")
        return given | {"decision": Decision(number, day)}


class CorrectForm(RecordForm):
    """Corrects the `instance`, a saved record: what is wrong in it, not what has changed in life.

    `seen` is the newest entry of its history, or of all histories, when the form was opened; a newer one of the record
    at the time of writing is a conflict, and the sender is shown what the other has written before anything is
    overwritten.
    """

    title = "Sửa"

    def __init__(self, *args, instance, initial=None, **kwargs):
        fields = {name: getattr(instance, name) for name in self.model_fields}
        start = {name: value.pk if hasattr(value, "pk") else value for name, value in fields.items()}
        start["seen"] = latest_entry(instance)
        super().__init__(*args, instance=instance, initial=start | (initial or {}), **kwargs)

    def narrow(self, name):
        """Ask for one field alone: the others stay as they are."""
        for other in self.model_fields:
            if other != name:
                del self.fields[other]
        self.model_fields = (name,)

    def perform(self, **given):
        """Change the record."""
        return correct(row=self.instance, **given)

    def check_unchanged(self):
        """Raise `Conflict` when somebody else has changed one of the fields since the sender has seen the record."""
        type(self.instance)._base_manager.select_for_update().get(pk=self.instance.pk)
        newest, seen = latest_entry(self.instance), self.cleaned_data["seen"] or 0
        if newest <= seen:
            return
        then, now = self._version(seen), self._version(newest)
        columns = [self.model._meta.get_field(name).column for name in self.model_fields]
        if any(then.get(column) != now.get(column) for column in columns):
            raise EditConflict

    def show_conflict(self):
        """Set what the other has written beside what the sender typed; sent once more, the form is written."""
        then, now = self._version(self.cleaned_data["seen"]), type(self.instance)._base_manager.get(pk=self.instance.pk)
        found = []
        for name in self.model_fields:
            field = self.model._meta.get_field(name)
            theirs, yours = getattr(now, field.attname), self.cleaned_data[name]
            yours = getattr(yours, "pk", yours)
            if theirs != yours:
                values = [then.get(field.column), theirs, yours]
                names = (
                    record_names({(field.related_model, value) for value in values if value})
                    if field.remote_field
                    else {}
                )
                found.append((field.verbose_name, *(in_words(field, value, names) for value in values)))
        self.conflict = tuple(found)
        self.data = self.data.copy()
        self.data["seen"] = latest_entry(self.instance)

    def _version(self, entry):
        entries = Entry.objects.filter(pk__lte=entry or 0, table=self.model._meta.db_table, row=self.instance.pk)
        found = entries.order_by("-pk").first()
        return (found and found.after) or {}


class RemoveForm(RecordForm):
    """Deletes the `instance`, a record that was written by mistake; the history keeps it and can bring it back."""

    title = submit_label = "Xóa"
    reason = forms.CharField(label="Lý do xóa", max_length=200, help_text="Ghi vào lịch sử thay đổi.")

    def perform(self):
        """Delete the record."""
        remove(row=self.instance)
