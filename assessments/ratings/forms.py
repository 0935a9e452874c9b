"""The form of a sheet of ratings: one mark a row, written in one act; what others wrote meanwhile is never lost."""

import json

from django import forms
from django.utils.functional import cached_property

from assessments.choices import NotRated, Rating
from assessments.ratings import actions as ratings
from binhlu_portal.db.actions import Decision
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.records.forms.submit import EditConflict
from organizations.in_force import InForce
from organizations.models import Unit
from organizations.rights import Right

from .ceiling import CEILING, Ceiling
from .paste import ABBREVIATIONS, read_column
from .sheet import member_sheet, unit_sheet

SHORT = {NotRated.EXEMPT: "Miễn", NotRated.NEW: "Mới", NotRated.SUSPENDED: "Đình chỉ", NotRated.OTHER: "Khác"}
"""The reasons for no rating in a word."""

CHOICES = [
    *((level.value, ABBREVIATIONS[level], level.label) for level in Rating),
    ("", "Chưa", "Chưa xếp loại"),
    *((reason.value, SHORT[reason], reason.label) for reason in NotRated),
]
"""What each row can be given: the mark, its short and its full name; in the order of the columns."""

LABELS = {mark: label for mark, _, label in CHOICES} | {"1": "Bốn tốt"}
"""What a mark, or the tick of "bốn tốt", says in full."""


class SheetForm(RecordForm):
    """The ratings of the sheet of a unit (the instance) and a year.

    Everybody who sees the unit may open it; `sheet` says which rows the sender may write. `was` holds what the sender
    saw, so that only what was changed is written, and a row that another has changed meanwhile is a conflict.
    """

    right = Right.SEE
    kind = ""
    sheet_of = None
    write_marks = None
    decided_on = PastDayField(
        label="Ngày quyết định xếp loại", required=False, help_text="Của những kết quả ghi lần này. Ghi 31/12/2025."
    )
    for_all = forms.BooleanField(label="Ghi ngày này cho cả những kết quả đã có trên bảng", required=False)
    paste = forms.CharField(
        label="Các dòng đã chép",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="Mỗi dòng gồm họ tên, dấu Tab và mức (chép hai cột từ Excel); hoặc chỉ có mức, theo đúng thứ tự các "
        "dòng trên bảng. Nhận các chữ viết tắt HTXSNV, HTTNV, HTNV, KHTNV.",
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, instance, initial, **kwargs):
        super().__init__(data, instance=instance, initial=initial, **kwargs)
        self.year = initial["year"]
        self.title = f"{self.kind} năm {self.year}"
        self.sheet = self._read()
        self.marks = initial.get("marks", self.sheet.saved) if data is None else self.typed(data)
        self.initial = {"was": json.dumps(self.sheet.saved), "decided_on": self.sheet.decided_on} | self.initial
        self.problems = ()

    # --- What the page shows ---

    @property
    def lines(self):
        """The rows with the mark and the "bốn tốt" that the page shows for each."""
        return [
            (row, self.marks.get(row.key, "") if row.writable else row.mark, self.marks.get(row.goods_key, row.goods))
            for row in self.sheet.rows
        ]

    @cached_property
    def ceilings(self):
        """The groups of the sheet as (key, name, ceiling beside the marks that the page shows, places allowed).

        The places are those when the base counts 0, 1, … all of the rows.
        """
        threshold = InForce(self.sheet.day).threshold(CEILING)
        if threshold is None:
            return []
        found = [
            (key, name, Ceiling.of(threshold, self.sheet.numbers(self.marks, key)))
            for key, name in self.sheet.groups.items()
        ]
        return [(*group, group[-1].table(len(self.sheet.rows))) for group in found]

    def fill(self):
        """Mark good whoever has no mark yet; those for whom a reason for no rating is proposed get that."""
        for row in self.sheet.writable:
            if not self.marks.get(row.key):
                self.marks[row.key] = row.proposed or Rating.GOOD.value

    def take_in(self, text):
        """Give the marks of a pasted column to the rows they are for, and keep what could not be read."""
        pasted = read_column(text, {row.key: row.name for row in self.sheet.writable})
        self.marks |= pasted.marks
        self.problems = tuple(pasted.problems)
        return len(pasted.marks)

    # --- What is written ---

    def typed(self, data):
        """Return the marks in sent data; a row that was not sent stays as the sender saw it."""
        was, found = seen(data), {}
        for row in self.sheet.writable:
            sent = data if row.key in data else was
            found[row.key], found[row.goods_key] = sent.get(row.key, ""), sent.get(row.goods_key, "")
        return {key: value for key, value in found.items() if value}

    def clean(self):
        """Ask for something to write, and for the day of decision of new marks."""
        day, changed = self.cleaned_data.get("decided_on"), self._changed()
        needs_day = self.cleaned_data["for_all"] or any(changed.get(row.key) for row in self.sheet.writable)
        if needs_day and not day and "decided_on" not in self.errors:
            self.add_error("decided_on", "Ghi ngày quyết định xếp loại.")
        if not changed and not self.cleaned_data["for_all"]:
            self.add_error(None, "Chưa có gì thay đổi để lưu: chọn mức trên bảng rồi bấm “Lưu kết quả”.")
        if not set(changed.values()) <= {*LABELS}:
            self.add_error(None, "Có mức xếp loại không đọc được: tải lại trang rồi chọn lại.")

    def perform(self, *, decided_on, for_all, **others):
        """Write what was changed, and with `for_all` the day of all that stands on the sheet."""
        marks = (self.sheet.saved if for_all else {}) | self._changed()
        wanted = {row.subject: marks[row.key] for row in self.sheet.writable if row.key in marks}
        type(self).write_marks(year=self.year, marks=wanted, decided_on=decided_on)

    def check_unchanged(self):
        """Raise `Conflict` when a row that the sender changed has been changed by another since it was shown."""
        Unit.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        self.sheet = self._read()
        if self._foreign():
            raise EditConflict

    def show_conflict(self):
        """Set what the other has written beside what the sender chose; sent once more, the form is written."""
        saved, changed, foreign = self.sheet.saved, self._changed(), self._foreign()
        names = {key: f"{row.name}, {row.about}" for row in self.sheet.rows for key in (row.key, row.goods_key)}
        self.conflict = tuple((names[key], *map(LABELS.get, values)) for key, values in foreign.items())
        self.marks = {key: value for key, value in (saved | changed).items() if value}
        self.data = self.data.copy()
        self.data["was"] = json.dumps(saved)

    def _changed(self):
        """Return the marks that differ from what the sender saw, by name in the form; "" for one taken back."""
        was = seen(self.data)
        keys = [key for row in self.sheet.writable for key in (row.key, row.goods_key)]
        return {key: self.marks.get(key, "") for key in keys if self.marks.get(key, "") != was.get(key, "")}

    def _foreign(self):
        """Return {name in the form: (as seen, as it is now, as chosen)} of what another has changed meanwhile."""
        was, now = seen(self.data), self.sheet.saved
        found = {key: (was.get(key, ""), now.get(key, ""), chosen) for key, chosen in self._changed().items()}
        return {key: values for key, values in found.items() if values[1] not in (values[0], values[2])}

    def _read(self):
        return type(self).sheet_of(self.instance, self.year, self.user, self.today)


class MemberSheetForm(SheetForm):
    """The ratings of the members of a cell."""

    kind = "Xếp loại đảng viên"
    sheet_of = member_sheet
    write_marks = ratings.rate_many


class UnitSheetForm(SheetForm):
    """The ratings of the units directly beneath one, with "bốn tốt" beside them."""

    kind = "Xếp loại tổ chức đảng"
    sheet_of = unit_sheet
    write_marks = ratings.rate_many_units
    goods_number = forms.CharField(label="Số quyết định công nhận bốn tốt", required=False, max_length=40)
    goods_date = PastDayField(label="Ngày quyết định công nhận bốn tốt", required=False)

    def perform(self, *, goods_number, goods_date, **given):
        """Write the ratings and the recognitions."""
        super().perform(**given)
        changed = self._changed()
        goods = {row.subject: bool(changed[row.goods_key]) for row in self.sheet.writable if row.goods_key in changed}
        ratings.recognise_many(year=self.year, units=goods, decision=Decision(goods_number, goods_date))


def seen(data):
    """Return what the sender saw in the rows, from sent data; what cannot be read counts as nothing seen."""
    try:
        found = json.loads(data.get("was") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
