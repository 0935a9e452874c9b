"""Form of a new passkey: how it is called, and what the browser answered."""

from datetime import timedelta

from django import forms

from .ceremonies import LONGEST_ANSWER, PasskeyOrder, Refused, Stale
from .relying_party import LASTS


class PasskeyForm(forms.Form):
    """A passkey that a browser has made after an `order`; `new` is what is kept of it."""

    name = forms.CharField(
        label="Tên gọi của khóa",
        max_length=60,
        help_text="Để sau này nhận ra, ví dụ: máy tính phòng làm việc, điện thoại của tôi.",
        error_messages={"required": "Chưa ghi tên gọi của khóa."},
    )
    credential = forms.CharField(max_length=LONGEST_ANSWER, required=False, widget=forms.HiddenInput)

    error_messages = {
        "stale": f"Đã quá {LASTS // timedelta(minutes=1)} phút, hoặc trang này đã gửi một lần: "
        "bấm “Thêm khóa truy cập” lần nữa.",
        "refused": "Chưa nhận được khóa truy cập: bấm “Thêm khóa truy cập” lần nữa.",
    }

    def __init__(self, data=None, *, order: PasskeyOrder, **kwargs):
        super().__init__(data, **kwargs)
        self.order, self.new = order, None

    def clean(self):
        """Judge what the browser answered."""
        cleaned = super().clean()
        if self.errors or not self.order:
            return cleaned
        try:
            self.new = self.order.judge(cleaned["credential"])
        except (Stale, Refused) as error:
            code = "stale" if isinstance(error, Stale) else "refused"
            raise forms.ValidationError(self.error_messages[code], code=code) from error
        return cleaned
