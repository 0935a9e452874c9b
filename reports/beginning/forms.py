"""Forms of the first day: the word from the console, the own committee with its first account, leaving the sample."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin

from binhlu_portal.accounts.forms import HOW_LONG, limit_password
from binhlu_portal.accounts.start_word import is_start_word
from binhlu_portal.records.forms.fields import UNKEPT, PastDayField, clean_input
from organizations.account_management.forms import PersonForm
from organizations.choices import Kind, Sector
from organizations.units.forms import CodeField

ROOTS = {
    "xa": ("Đảng bộ xã", Kind.COMMUNE, Sector.COMMUNE),
    "phuong": ("Đảng bộ phường", Kind.COMMUNE, Sector.WARD),
    "dac-khu": ("Đảng bộ đặc khu", Kind.COMMUNE, Sector.SPECIAL_ZONE),
    "tinh": ("Đảng bộ tỉnh, thành phố", Kind.PROVINCE, Sector.OTHER),
    "toan-dang": ("Toàn Đảng", Kind.NATION, Sector.OTHER),
}
"""What may stand at the top of the tree, as people call it: (name, kind, sector)."""


class WordForm(forms.Form):
    """The start word, in the address: `manage.py serve` prints a link that brings it along."""

    tu = forms.CharField(
        label="Từ khởi đầu",
        max_length=40,
        help_text="In ra ở cửa sổ dòng lệnh khi chạy hệ thống (make run).",
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false"} | UNKEPT),
        error_messages={"required": "Ghi từ khởi đầu."},
    )

    def clean_tu(self):
        """Refuse another word."""
        if not is_start_word(self.cleaned_data["tu"]):
            raise forms.ValidationError("Từ khởi đầu không đúng: xem lại ở cửa sổ dòng lệnh của lần chạy này.")
        return self.cleaned_data["tu"]


class BeginForm(SetPasswordMixin, PersonForm):
    """The own committee, and who administers it first."""

    name = forms.CharField(
        label="Tên đảng bộ",
        max_length=200,
        help_text="Ví dụ: Đảng bộ xã Mường Mẫu.",
        error_messages={"required": "Ghi tên đảng bộ."},
    )
    root = forms.ChoiceField(
        label="Loại",
        choices=[("", "Chọn …"), *((value, label) for value, (label, _, _) in ROOTS.items())],
        error_messages={"required": "Chọn loại đảng bộ."},
    )
    code = CodeField()
    day = PastDayField(
        label="Ghi hồ sơ từ ngày",
        help_text="Số liệu có từ ngày này, ví dụ ngày thành lập đảng bộ. Ghi 31/12/2025 hoặc 31122025.",
        error_messages={"required": "Ghi ngày."},
    )
    password, again = SetPasswordMixin.create_password_fields("Mật khẩu", "Ghi lại mật khẩu")
    field_order = ["name", "root", "code", "day", "full_name", "username", "password", "again"]
    error_messages = {"password_mismatch": "Hai lần ghi mật khẩu không giống nhau."}

    OF_COMMITTEE = ("name", "root", "code", "day")

    def __init__(self, data=None, *, today: date):
        self.today = today
        super().__init__(data)
        self.data = clean_input(data, self.fields) if data is not None else self.data
        self.fields["day"].set_choices(self)
        self.fields[
            "code"
        ].help_text = "Chữ không dấu, chữ số và gạch nối, ví dụ: muong-mau. Để trống thì lấy theo tên."
        self.fields["password"].help_text, self.fields["again"].help_text = HOW_LONG, ""
        for name in ("password", "again"):
            limit_password(self.fields[name])
            self.fields[name].error_messages = {"required": "Ghi mật khẩu."}

    def clean(self):
        """Refuse two passwords that differ; whether it is a good one is asked once the committee is known."""
        self.validate_passwords("password", "again")
        return super().clean()

    @property
    def committee_fields(self) -> list[forms.BoundField]:
        """The fields about the committee."""
        return [self[name] for name in self.OF_COMMITTEE]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        """The fields about the first account."""
        return [field for field in self if field.name not in self.OF_COMMITTEE]

    @property
    def given(self) -> dict[str, Any]:
        """What the action is given."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("root", "again")}
        _, kind, sector = ROOTS[self.cleaned_data["root"]]
        return found | {"kind": kind, "sector": sector}

    def refuse(self, error: forms.ValidationError) -> None:
        """Tell at their fields what the records refuse."""
        told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, sentences in told.items():
            self.add_error(name if name in self.fields else None, sentences)


class LeaveForm(forms.Form):
    """That somebody knows what goes."""

    known = forms.BooleanField(
        label="Tôi biết những gì kể trên sẽ mất khỏi hệ thống",
        error_messages={"required": "Đánh dấu vào ô này để bỏ dữ liệu mẫu."},
    )
