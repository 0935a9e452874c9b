"""Form that takes the figures of a printed report, as a file or typed."""

from django import forms

from binhlu_portal.spreadsheets.sandbox.limits import MEGABYTE, Unreadable

from . import printed_report

LARGEST = MEGABYTE
"""A file of figures, which has no more than a report."""


class PrintedForm(forms.Form):
    """Takes the figures of a report about `moment`; a valid form has them as `printed`."""

    lines = forms.CharField(
        label="Số liệu đã in, mỗi dòng một số",
        required=False,
        strip=False,
        max_length=60_000,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text="Mỗi dòng: mã hoặc tên số liệu; giá trị; tỷ lệ. Ví dụ: members.female; 383; 44,5. "
        "Số của một đơn vị hay một ngày khác thì ghi tiếp: mã đơn vị; ngày; từ ngày; năm xếp loại.",
    )
    file = forms.FileField(
        label="Tệp số liệu đã in",
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx", "class": "drop"}),
        help_text=f"Tệp .csv, .xlsx theo tệp mẫu, tối đa {LARGEST // MEGABYTE} MB. "
        "Cột tỷ lệ ghi 44,5, không định dạng ô kiểu phần trăm. Có chọn tệp thì hệ thống chỉ đọc tệp.",
    )
    field_order = ("file", "lines")

    def __init__(self, *args, moment, **kwargs):
        super().__init__(*args, **kwargs)
        self.moment, self.printed = moment, []

    def clean(self):
        """Read the lines; all that is wrong with them is said at once, where they came from."""
        file, lines = self.cleaned_data.get("file"), self.cleaned_data.get("lines")
        if self.errors:
            return
        source = "file" if file else "lines"
        try:
            rows = _rows(file) if file else printed_report.typed_rows(lines)
            self.printed = printed_report.read(rows, self.moment, typed=not file)
        except Unreadable as error:
            self.add_error(source, str(error))
        except printed_report.Faulty as error:
            self.add_error(source, error.faults)

    def shown_again(self):
        """Return a form with the lines read, to be put right and compared again."""
        typed = "\n".join(line.typed(self.moment) for line in self.printed)
        return PrintedForm(initial={"lines": typed}, moment=self.moment)


def _rows(file):
    if file.size > LARGEST:
        raise Unreadable(f"Tệp lớn hơn {LARGEST // MEGABYTE} MB: chỉ giữ lại các dòng số liệu rồi tải lên lại.")
    return printed_report.file_rows(file.read(), file.name)
