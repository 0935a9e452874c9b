"""The form of a sheet of ratings, a grid with one mark a row: written in one act, filled or pasted before."""

from django import forms
from django.utils.functional import cached_property

from assessments.choices import NotRated, Rating
from assessments.ratings import actions as ratings
from binhlu_portal.db.actions import Decision
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow
from organizations.rights import Right

from .ceiling import CEILING, Ceiling
from .paste import read_column
from .sheet import member_sheet, unit_sheet

SHORT = {
    Rating.EXCELLENT: "Xuất sắc",
    Rating.GOOD: "Tốt",
    Rating.FAIR: "Hoàn thành",
    Rating.FAILED: "Không hoàn thành",
    NotRated.EXEMPT: "Miễn",
    NotRated.NEW: "Mới",
    NotRated.SUSPENDED: "Đình chỉ",
    NotRated.OTHER: "Khác",
}
"""The marks in a word or two, as they head the columns: nobody has to know what letters stand for."""

CHOICES = [
    *((level.value, SHORT[level], level.label) for level in Rating),
    ("", "Chưa", "Chưa xếp loại"),
    *((reason.value, SHORT[reason], reason.label) for reason in NotRated),
]
"""What each row can be given: the mark, its short and its full name; in the order of the columns."""

LABELS = {mark: label for mark, _, label in CHOICES} | {"1": "Bốn tốt"}
"""What a mark, or the tick of "bốn tốt", says in full."""


def mark_field(row):
    """Return the field of the mark of a row."""
    unknown = {"invalid_choice": "Có mức xếp loại không đọc được: tải lại trang rồi chọn lại."}
    return forms.ChoiceField(
        choices=[(mark, label) for mark, _, label in CHOICES], required=False, error_messages=unknown
    )


def goods_field(row):
    """Return the field of the tick of "bốn tốt"."""
    return forms.ChoiceField(choices=[("1", "Bốn tốt")], required=False)


MARK = GridColumn("mark", "Mức xếp loại", mark_field)
GOODS = GridColumn("goods", "Bốn tốt", goods_field)


class SheetForm(GridForm):
    """The ratings of the sheet of a unit (the instance) and a year.

    Everybody who sees the unit may open it; `sheet` says which rows the sender may write.
    """

    right = Right.SEE
    kind = ""
    sheet_of = None
    write_marks = None
    columns = (MARK,)
    filling = "dòng có đề xuất không xếp loại nhận đề xuất đó"
    most_rows = most_cells = 900
    decided_on = PastDayField(
        label="Ngày quyết định xếp loại", required=False, help_text="Của những kết quả ghi lần này. Ghi 31/12/2025."
    )
    decided_on.needed = True  # with every new mark, though a sheet on which only marks are taken away has none
    for_all = forms.BooleanField(label="Ghi ngày này cho cả những kết quả đã có trên bảng", required=False)
    paste = forms.CharField(
        label="Các dòng đã chép",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="Mỗi dòng gồm họ tên, dấu Tab và mức (chép hai cột từ Excel); hoặc chỉ có mức, theo đúng thứ tự các "
        "dòng trên bảng. Nhận cả chữ viết tắt: HTXSNV (xuất sắc), HTTNV (tốt), HTNV (hoàn thành), KHTNV (không hoàn "
        "thành).",
    )

    def __init__(self, data=None, *, initial, **kwargs):
        self.year = initial["year"]
        self.title = f"{self.kind} năm {self.year}"
        super().__init__(data, initial=initial, **kwargs)
        self.initial.setdefault("decided_on", self.sheet.decided_on)
        typed = initial.get("marks")
        self.marks = typed or {name: text for name in self.cells if (text := self.text_of(name))}
        self.problems = ()

    def read_rows(self):
        """Return the rows of the sheet."""
        self.sheet = type(self).sheet_of(self.instance, self.year, self.user, self.today)
        locked = frozenset(column.name for column in self.columns)
        return [
            GridRow(
                str(row.subject.pk),
                row.name,
                {"mark": row.mark, "goods": row.goods},
                row,
                row.subject,
                row.about,
                frozenset() if row.writable else locked,
            )
            for row in self.sheet.rows
        ]

    # --- What the page shows ---

    @property
    def lines(self):
        """The rows of the sheet with the mark and the "bốn tốt" that the page shows for each."""
        return [
            (row, self.marks.get(row.key, "") if row.writable else row.mark, self.marks.get(row.goods_key, row.goods))
            for row in self.sheet.rows
        ]

    @cached_property
    def ceilings(self):
        """The groups of the sheet as (key, name, ceiling beside the marks that the page shows, places allowed).

        The places are those when the base counts 0, 1, … all of the rows.
        """
        threshold = self.sheet.in_force.threshold(CEILING)
        if threshold is None:
            return []
        found = [
            (key, name, Ceiling.of(threshold, self.sheet.numbers(self.marks, key)))
            for key, name in self.sheet.groups.items()
        ]
        return [(*group, group[-1].table(len(self.sheet.rows))) for group in found]

    def called(self, name):
        """Return what a row is called where two versions are compared."""
        row, _ = self.cells[name]
        return f"{row.name}, {row.about}"

    def said(self, name, text):
        """Return the full name of a mark."""
        return LABELS[text]

    @property
    def fillable(self):
        """The marks for rows that have none: good; where a reason for no rating is proposed that reason, or none."""
        empty = [row for row in self.sheet.writable if not self.marks.get(row.key)]
        return {row.key: mark for row in empty if (mark := self.filled_with(row))}

    def fill(self):
        """Mark whoever has no mark yet."""
        self.marks |= self.fillable

    def filled_with(self, row):
        """Return the mark with which a row without one is filled."""
        return row.proposed or Rating.GOOD.value

    def take_in(self, text):
        """Give the marks of a pasted column to the rows they are for, and keep what could not be read."""
        pasted = read_column(text, {row.key: row.name for row in self.sheet.writable})
        self.marks |= pasted.marks
        self.problems = tuple(pasted.problems)
        return len(pasted.marks)

    # --- What is written ---

    @property
    def is_idle(self):
        """Whether the day of what stands there is not to be written either."""
        return not self.cleaned_data["for_all"]

    def clean(self):
        """Ask for the day of decision of new marks."""
        asked = super().clean()
        new = any(text for name, text in self.changed_cells().items() if self.cells[name][1] is MARK)
        if (new or not self.is_idle) and not asked.get("decided_on") and "decided_on" not in self.errors:
            self.add_error("decided_on", "Ghi ngày quyết định xếp loại.")
        return asked

    def perform(self, *, decided_on, for_all, **others):
        """Write what was changed, and with `for_all` the day of all that stands on the sheet."""
        marks = (self.sheet.saved if for_all else {}) | self.changed_cells()
        wanted = {row.subject: marks[row.key] for row in self.sheet.writable if row.key in marks}
        type(self).write_marks(year=self.year, marks=wanted, decided_on=decided_on)

    def show_conflict(self):
        """Show the marks of both beside each other, and on the sheet what is sent once more."""
        super().show_conflict()
        self.marks = {name: text for name in self.cells if (text := self.text_of(name))}


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
    columns = (MARK, GOODS)
    filling = "tổ chức mới thành lập để trống, chọn từng dòng"
    goods_number = forms.CharField(label="Số quyết định công nhận bốn tốt", required=False, max_length=40)
    goods_date = PastDayField(label="Ngày quyết định công nhận bốn tốt", required=False)

    def filled_with(self, row):
        """Return good; a unit founded of others is new by its day alone, so whoever fills the sheet decides."""
        return "" if row.proposed else Rating.GOOD.value

    def perform(self, *, goods_number, goods_date, **given):
        """Write the ratings and the recognitions."""
        super().perform(**given)
        changed = self.changed_cells()
        goods = {row.subject: bool(changed[row.goods_key]) for row in self.sheet.writable if row.goods_key in changed}
        ratings.recognise_many(year=self.year, units=goods, decision=Decision(goods_number, goods_date))
