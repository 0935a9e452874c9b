"""Forms about blanks: a workbook is kept as one, replaced, renamed, laid aside; its cells are bound."""

from django import forms

from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.base import CorrectForm, RecordForm, RemoveForm
from binhlu_portal.spreadsheets.sandbox.limits import MEGABYTE
from binhlu_portal.text.vietnamese import clean
from organizations.choices import LEADING
from organizations.forms import UnitField
from organizations.rights import Right
from reports.form_templates.models import Blank, BlankCell

from . import actions as form_templates
from .limits import LARGEST, MOST_ROWS


class WorkbookField(forms.FileField):
    """A workbook of Excel."""

    def __init__(self):
        super().__init__(
            label="Tệp mẫu (.xlsx)",
            help_text=f"Tệp Excel của cấp trên, không có macro, tối đa {LARGEST // MEGABYTE} MB. "
            "Ô đã ghi {{ mã số liệu }} được gắn ngay.",
            widget=forms.FileInput({"accept": ".xlsx", "class": "drop"}),
            error_messages={
                "required": "Chưa chọn tệp nào: chọn tệp Excel (.xlsx) của cấp trên.",
                "empty": "Tệp trống, không có nội dung: chọn tệp khác.",
            },
        )


class FormTemplateFileForm(RecordForm):
    """A form that takes a workbook; the page sets `now`."""

    right = Right.DECIDE
    reason = now = None
    file = WorkbookField()

    def perform(self, file, **given):
        """Give the action the file, who has sent it and when."""
        sent = {"user": self.user, "now": self.now, "file_name": clean(file.name), "content": file.read(LARGEST + 1)}
        return self.send(**sent, **given)


class AddFormTemplateForm(FormTemplateFileForm):
    """Keeps a workbook as a blank."""

    title = "Thêm mẫu của cấp trên"
    submit_label = "Kiểm tra và thêm mẫu"
    model = Blank
    model_fields = ("name",)
    order = ("unit", "name", "file")
    unit = UnitField(label="Cấp ủy lập biểu này", kinds=LEADING)

    def send(self, **given):
        """Keep it."""
        return form_templates.keep_blank(**given)


class ReplaceFileForm(FormTemplateFileForm):
    """Gives the blank that is its instance another file."""

    title = "Thay tệp của mẫu"
    submit_label = "Kiểm tra và thay tệp"

    def send(self, **given):
        """Replace it."""
        return form_templates.replace_file(blank=self.instance, **given)


class RenameFormTemplateForm(CorrectForm):
    """Names the blank that is its instance."""

    title = "Sửa tên mẫu"
    model = Blank
    model_fields = ("name",)
    right = Right.DECIDE


class StopForm(RecordForm):
    """Lays the blank that is its instance aside."""

    title = submit_label = "Ngừng dùng mẫu"
    right = Right.DECIDE

    def perform(self):
        """Lay it aside."""
        return correct(row=self.instance, is_used=False)


class ResumeForm(RecordForm):
    """Takes up the blank that is its instance again."""

    title = submit_label = "Dùng lại mẫu"
    right = Right.DECIDE

    def perform(self):
        """Take it up."""
        return correct(row=self.instance, is_used=True)


class BindForm(RecordForm):
    """Binds one cell of the blank that is its instance; the page sets `place` (sheet, row, column)."""

    title = "Gắn ô"
    right = Right.DECIDE
    model = BlankCell
    order = ("text", "of", "earlier", "last_row")
    reason = None
    place = ()
    text = forms.CharField(
        label="Nội dung của ô",
        max_length=300,
        widget=forms.TextInput({"list": "cho-dien", "autocomplete": "off", "class": "wide"}),
        help_text="Gõ vài chữ của tên số liệu rồi chọn, ví dụ members.total; hoặc viết cả câu có {{ mã }}. "
        'Số của ngày khác: members.total | ngay:"01/7/2025".',
    )
    of = UnitField(label="Số liệu của tổ chức đảng", required=False, help_text="Để trống: của chính cấp ủy lập biểu.")
    earlier = forms.BooleanField(label="Cùng kỳ năm trước", required=False)
    last_row = forms.IntegerField(
        label="Mỗi hàng một đơn vị trực thuộc, đến hàng",
        required=False,
        min_value=1,
        max_value=MOST_ROWS,
        widget=forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text="Ghi số hàng cuối của bảng nếu ô này là hàng đầu của bảng liệt kê các đơn vị; "
        "{{ don_vi }} là tên đơn vị, {{ stt }} là số thứ tự.",
    )

    def perform(self, **given):
        """Bind it."""
        sheet, row, column = self.place
        return form_templates.bind(blank=self.instance, sheet=sheet, row=row, column=column, user=self.user, **given)


class UnbindForm(RemoveForm):
    """Lets the portal write nothing into the bound cell that is its instance any more."""

    title = submit_label = "Bỏ gắn ô"
    right = Right.DECIDE
    reason = None
