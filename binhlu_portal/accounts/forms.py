"""Forms of signing in and of choosing a password."""

import math

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from binhlu_portal.text.vietnamese import day

from . import lockout
from .devices import known_device
from .models import LONGEST_PASSWORD, SHORTEST_PASSWORD

WHOM_TO_ASK = f"Cần vào ngay thì gọi người quản trị tài khoản hoặc {settings.PORTAL_OFFICE}."


SHOWN_IN_SECONDS = 50
"""Up to how many seconds a wait is told in seconds."""

TOO_LONG = f"Mật khẩu dài nhất {LONGEST_PASSWORD} ký tự: ghi ngắn hơn."


def limit_password(field):
    """Let a field take a password that is read, and refuse a longer one before anything is made of it."""
    field.max_length = field.widget.attrs["maxlength"] = LONGEST_PASSWORD
    field.validators.append(MaxLengthValidator(LONGEST_PASSWORD, TOO_LONG))


def at(moment):
    """Return a point of time as people say it: 14:05 ngày 24/11/2026."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M} ngày {day(local)}"


class SignInForm(AuthenticationForm):
    """User name with password or start code, tried `now` from `address`; `tried` tells whether it came to that.

    `device` is the number of a device that the account knows, `until` when one who has to wait may try again.
    """

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Hãy xem lại phím Caps Lock và bộ gõ tiếng Việt.",
        "inactive": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "locked": "Đã sai quá nhiều lần. Hãy thử lại sau %(wait)s nữa (lúc %(until)s). " + WHOM_TO_ASK,
        "expired": "Mã khởi đầu đã hết hạn lúc %(until)s. Hãy đề nghị người quản trị tài khoản cấp mã mới.",
    }

    def __init__(self, request=None, *args, now, address, **kwargs):
        self.now, self.address, self.tried = now, address, False
        self.device, self.until = "", None
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        limit_password(self.fields["password"])
        self.fields["password"].help_text = "Lần đầu: ghi mã khởi đầu trên phiếu vào ô này."

    def clean(self):
        """Let nobody try who has to wait; the sentence does not tell whether there is such an account."""
        username = self.cleaned_data.get("username")
        if username:
            self.device = known_device(self.request, lockout.digest(username))
            self.until = lockout.locked_until(username, self.address, self.now, self.device)
        if self.until:
            wait = f"{-(-self.seconds // 60)} phút" if self.seconds > SHOWN_IN_SECONDS else f"{self.seconds} giây"
            raise self.error("locked", wait=wait, until=f"{timezone.localtime(self.until):%H:%M}")
        self.tried = bool(username and self.cleaned_data.get("password"))
        return super().clean()

    @property
    def seconds(self):
        """How long one who has to wait has to wait."""
        return math.ceil((self.until - self.now).total_seconds())

    def confirm_login_allowed(self, user):
        """Refuse a start code that is too old."""
        super().confirm_login_allowed(user)
        if user.must_choose_password and user.start_code_expires_at <= self.now:
            raise self.error("expired", until=at(user.start_code_expires_at))

    def error(self, code, **words):
        """Return the error `code` with its words."""
        return forms.ValidationError(self.error_messages[code], code=code, params=words)


LABELS = {
    "old_password": "Mật khẩu đang dùng",
    "new_password1": "Mật khẩu mới",
    "new_password2": "Ghi lại mật khẩu mới",
}
HOW_LONG = (
    f"Ít nhất {SHORTEST_PASSWORD} ký tự. Dễ nhớ mà khó đoán: ghép bốn từ không liên quan đến nhau; được dùng dấu cách."
)


class _NewPassword:
    """Words of the portal on Django's forms of a new password."""

    error_messages = {
        "password_mismatch": "Hai lần ghi mật khẩu mới không giống nhau.",
        "password_incorrect": "Mật khẩu đang dùng không đúng.",
        "password_unchanged": "Mật khẩu mới phải khác mật khẩu hoặc mã khởi đầu đang dùng.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            limit_password(field)
            field.help_text = HOW_LONG if name == "new_password1" else ""
            field.widget.attrs.pop("autofocus", None)

    def clean_new_password1(self):
        """Refuse what is the password already, a start code above all: that one is written on paper."""
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(self.error_messages["password_unchanged"], code="password_unchanged")
        return password


class ChoosePasswordForm(_NewPassword, SetPasswordForm):
    """The first password of one's own, after the start code."""


class ChangePasswordForm(_NewPassword, PasswordChangeForm):
    """Another password, by someone who knows the present one."""
