"""Filters of the history and of the log of access, and the form that consents to a revert."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone

from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import DayField
from binhlu_portal.search_boxes import UnitChoiceField
from binhlu_portal.text.vietnamese import clock, search_key, search_words
from organizations.rights import Right
from organizations.scope import rights_of
from organizations.tree_queries import subtree, tree_of_day

from . import display, permissions, revert
from .models import AccessKind


class LogFilter(forms.Form):
    """Who did something, and when, out of an address; what it cannot mean narrows nothing."""

    ai = forms.CharField(label="Ai", required=False, widget=forms.TextInput({"type": "search", "autocomplete": "off"}))
    tu = DayField(label="Từ ngày", required=False, help_text="")
    den = DayField(label="Đến hết ngày", required=False, help_text="")

    def __init__(self, data, *, today):
        super().__init__(data)
        for name in ("tu", "den"):
            self.fields[name].today = today

    def narrow(self, notes):
        """Return those of `notes` that are asked for."""
        self.is_valid()
        asked = self.cleaned_data
        for word in search_words(asked.get("ai") or ""):
            notes = notes.filter(user__search_name__contains=word)
        if day := asked.get("tu"):
            notes = notes.filter(at__gte=midnight(day))
        if day := asked.get("den"):
            notes = notes.filter(at__lt=midnight(day + timedelta(days=1)))
        return notes


class HistoryFilter(LogFilter):
    """The filters of the history: also the kind of record, and the unit with everything beneath it."""

    loai = forms.ChoiceField(label="Loại hồ sơ", required=False)
    don_vi = UnitChoiceField(label="Tổ chức đảng", required=False)
    field_order = ["ai", "loai", "don_vi", "tu", "den"]

    def __init__(self, data, *, user, today):
        super().__init__(data, today=today)
        self.places = tree_of_day(user, today)
        self.fields["don_vi"].offer(unit_choices(self.places), "Mọi đơn vị")
        self.fields["loai"].choices = [("", "Mọi loại"), *kinds(user)]

    def narrow(self, notes):
        """Return those of the entries that are asked for."""
        notes = super().narrow(notes)
        if table := self.cleaned_data.get("loai"):
            notes = notes.filter(table=table)
        if code := self.cleaned_data.get("don_vi"):
            unit = next(place.unit_id for place in self.places if place.unit.code == code)
            notes = permissions.lies_within(notes, [place.unit_id for place in subtree(self.places, unit)])
        return notes


class AccessFilter(LogFilter):
    """The filters of the log of access: also what was done."""

    viec = forms.ChoiceField(label="Việc", required=False, choices=[("", "Mở và xuất"), *AccessKind.choices])
    field_order = ["ai", "viec", "tu", "den"]

    def narrow(self, notes):
        """Return those of the lines that are asked for."""
        notes = super().narrow(notes)
        kind = self.cleaned_data.get("viec")
        return notes.filter(kind=kind) if kind else notes


class RevertForm(RecordForm):
    """Reverts the entries that are its instance; its effect is shown first."""

    title = "Hoàn tác"
    has_preview = True
    keep_later = forms.BooleanField(
        label="Giữ nguyên những gì đã sửa sau đó, chỉ hoàn tác phần còn lại", required=False
    )
    order = ("keep_later",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = revert.plan_revert(self.instance)
        if not self.plan.later:
            del self.fields["keep_later"]

    @property
    def log_message(self):
        """What the history says of the reason: which act was taken back, and what was typed."""
        first = self.plan.entries[0]
        done = f"Hoàn tác lần ghi lúc {clock(first.at)}"
        return ": ".join(filter(None, [done, self.cleaned_data.get("reason") or first.reason]))

    def perform(self, keep_later=False):
        """Take the entries back."""
        revert.revert(user=self.user, entries=self.instance, keep_later=keep_later)


def kinds(user):
    """Return the kinds of record whose history `user` may read, as choices."""
    tables = permissions.scoped_table_names() if Right.SEE in rights_of(user) else []
    if Right.ACCOUNTS in rights_of(user):
        accounts = get_user_model()
        tables = [
            *tables,
            accounts._meta.db_table,
            accounts._meta.get_field("roles").related_model._meta.db_table,
        ]
    named = {table: str(display.model_of(table)._meta.verbose_name).capitalize() for table in tables}
    return sorted(named.items(), key=lambda kind: search_key(kind[1]))


def midnight(day):
    """Return the moment at which `day` begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
