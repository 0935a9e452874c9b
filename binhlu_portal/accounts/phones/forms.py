"""Forms of paired phones: choosing a PIN, and typing it."""

import re
from datetime import datetime

from django import forms

from binhlu_portal.accounts.models import PairedPhone
from binhlu_portal.accounts.proofs import Proof
from binhlu_portal.accounts.second_factor.forms import ANSWER
from binhlu_portal.accounts.second_factor.passkeys import actions as passkeys
from binhlu_portal.accounts.second_factor.passkeys.ceremonies import LONGEST_ANSWER, PasskeyQuestion, Refused, Stale

from . import actions, pins

PIN = re.compile(rf"[0-9]{{{pins.DIGITS}}}")


class PinField(forms.CharField):
    """A PIN: typed on the keys for numbers, hidden, and offered to no keeper of passwords."""

    default_error_messages = {
        "required": "Chưa ghi mã PIN.",
        "no_pin": f"Mã PIN là {pins.DIGITS} chữ số: ghi lại cho đủ.",
    }

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
        super().__init__(widget=forms.PasswordInput(attrs), max_length=pins.DIGITS, **kwargs)

    def clean(self, value):
        """Refuse what is no PIN before anything is made of it."""
        value = super().clean(value)
        if value and not PIN.fullmatch(value):
            raise forms.ValidationError(self.error_messages["no_pin"], code="no_pin")
        return value


class PairForm(forms.Form):
    """A PIN for a phone that is to be paired, typed twice."""

    pin = PinField(
        label="Mã PIN mới",
        help_text=f"{pins.DIGITS} chữ số, chỉ dùng trên điện thoại này. Không dùng ngày sinh, dãy số liền nhau, mã PIN "
        "của thẻ ngân hàng.",
    )
    again = PinField(label="Ghi lại mã PIN")

    error_messages = {
        "guessable": "Mã PIN này dễ đoán (ngày tháng, dãy số liền nhau, số lặp lại): chọn mã khác.",
        "mismatch": "Hai lần ghi mã PIN không giống nhau: ghi lại.",
    }

    def clean_pin(self):
        """Refuse what is tried first."""
        pin = self.cleaned_data["pin"]
        if pins.is_guessable(pin):
            raise forms.ValidationError(self.error_messages["guessable"], code="guessable")
        return pin

    def clean_again(self):
        """Refuse another one the second time."""
        again = self.cleaned_data["again"]
        if self.cleaned_data.get("pin", again) != again:
            raise forms.ValidationError(self.error_messages["mismatch"], code="mismatch")
        return again


class PinForm(forms.Form):
    """The PIN of a paired phone with this secret, or in its place what a passkey answers to the `question`.

    `given` is the `Proof` that came, which a PIN is not: acts that ask for a fresh one want the password.
    """

    pin = PinField(label="Mã PIN", required=False)

    error_messages = {
        "wrong": "Mã PIN không đúng. Còn %(left)s lần; sau đó phải ghi mật khẩu.",
        "refused": "Không nhận được khóa truy cập này: bấm lại, hoặc ghi mã PIN.",
    }

    def __init__(self, data=None, *, phone: PairedPhone, secret: str, question: PasskeyQuestion, now: datetime):
        super().__init__(data)
        self.phone, self.secret, self.question, self.now, self.given = phone, secret, question, now, ""
        self.answer = data.get(ANSWER, "") if data and question else ""
        self.fields["pin"].widget.attrs["autofocus"] = True

    def clean(self):
        """Try what was typed, or judge the answer."""
        typed = super().clean().get("pin")
        if self.answer:
            self._judge()
        elif typed:
            self._try(typed)
        elif not self.errors:
            self.add_error("pin", PinField.default_error_messages["required"])

    def _try(self, typed):
        if not actions.try_pin(phone=self.phone, pin=pins.hashed(typed, self.secret), now=self.now):
            left = {"left": pins.MOST_FAILURES - self.phone.failures}
            self.add_error("pin", forms.ValidationError(self.error_messages["wrong"], code="wrong", params=left))

    def _judge(self):
        try:
            answer = self.question.judge(self.answer[:LONGEST_ANSWER])
        except (Stale, Refused):
            answer = None
        if answer is None or not passkeys.use(answer, self.now):
            self.add_error("pin", forms.ValidationError(self.error_messages["refused"], code="refused"))
        self.given = Proof.PASSKEY
