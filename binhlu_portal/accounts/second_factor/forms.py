"""Forms that ask for a proof: in the second step of signing in, before what is guarded, and when a telephone is new."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from binhlu_portal.accounts import lockout
from binhlu_portal.accounts.models import AttemptOutcome, User
from binhlu_portal.accounts.proofs import Proof
from binhlu_portal.audit.access_log import note_access
from binhlu_portal.audit.models import AccessKind

from . import codes
from .passkeys import actions as passkeys
from .passkeys.ceremonies import LONGEST_ANSWER, PasskeyQuestion, Refused, Stale
from .passkeys.relying_party import LASTS

LONGEST, MINUTE = 256, timedelta(minutes=1)
ANSWER = "proof_passkey"
"""The hidden field in which a script sends what a passkey has answered."""

PASSWORD = {"label": "Mật khẩu", "help_text": "Ghi mật khẩu đang dùng, hoặc một mã giấy nếu có."}
CODE = {"label": "Mã xác minh", "help_text": "Ghi 6 chữ số đang hiện trên điện thoại, hoặc một mã giấy chưa dùng."}
PAPER = {"label": "Mã giấy", "help_text": "Ghi một mã chưa dùng trên tờ mã giấy. Chữ hoa, chữ thường đều được."}


class ProofField(forms.CharField):
    """A code or a password as a proof, of which no browser keeps a draft."""

    def __init__(self, *, is_password=False, **kwargs):
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "data-undrafted": True, "class": "short"}
        widget = forms.PasswordInput({"autocomplete": "current-password"}) if is_password else forms.TextInput(attrs)
        super().__init__(widget=widget, max_length=LONGEST, strip=not is_password, **kwargs)


class ProofForm(forms.Form):
    """A proof by `user`: a code where there is a second factor, else the password; `needed` asks for one `Proof`.

    In place of a code a browser answers the `question` for a passkey. A wrong proof counts like a wrong password;
    `given` is what a right one was.
    """

    error_messages = {
        "locked": "Đã sai quá nhiều lần. Hãy thử lại lúc %(until)s.",
        "wrong": "Mật khẩu hoặc mã không đúng, hoặc mã đã dùng rồi: ghi lại, hoặc chờ mã mới trên điện thoại.",
        "stale": f"Đã quá {LASTS // MINUTE} phút, hoặc trang này đã gửi một lần: bấm nút khóa truy cập lần nữa.",
        "refused": "Không nhận được khóa truy cập này: bấm lại, hoặc ghi mã.",
    }

    def __init__(
        self, data=None, *, user: User, now: datetime, address: str, question: PasskeyQuestion, needed: str = ""
    ):
        super().__init__(data)
        self.user, self.now, self.address, self.needed, self.given = user, now, address, needed, ""
        self.question = None if needed == Proof.PAPER else question
        self.answer = data.get(ANSWER, "") if data and self.question else ""
        by_password = not user.second_factor_at and not needed
        by_paper = needed == Proof.PAPER or not (by_password or user.has_telephone)
        words = PAPER if by_paper else PASSWORD if by_password else CODE
        required = {"required": f"Chưa ghi {words['label'].lower()}."}
        kind = {"is_password": by_password, "required": not self.answer}
        self.fields["proof"] = ProofField(error_messages=required, **kind, **words)

    def clean_proof(self):
        """Use up what was typed, unless its sender has to wait."""
        typed, name = self.cleaned_data["proof"], self.user.username
        if until := lockout.locked_until(name, self.address, self.now):
            self.refuse("locked", until=f"{timezone.localtime(until):%H:%M}")
        self.given = self.prove_by_passkey() if self.answer else self.prove(typed)
        if not self.given:
            lockout.record_attempt(AttemptOutcome.FAILED, name, self.address, self.now, self.user)
            self.refuse("refused" if self.answer else "wrong")
        if self.given == Proof.PAPER:
            note_access(self.user, AccessKind.GUARDED, "Mã giấy: dùng một mã thay cho điện thoại", "", 1)
        return typed

    def prove(self, typed):
        """Return which `Proof` was typed, or nothing."""
        user, now = self.user, self.now
        if codes.use_paper_code(user, typed, now):
            return Proof.PAPER
        if self.needed == Proof.PAPER:
            return ""
        if user.second_factor_at:
            return Proof.APP if codes.use_app_code(user, typed, now) else ""
        return Proof.PASSWORD if user.check_password(typed) else ""

    def prove_by_passkey(self):
        """Return that a passkey has answered, or nothing."""
        try:
            answer = self.question.judge(self.answer[:LONGEST_ANSWER])
        except Stale:
            self.refuse("stale")
        except Refused:
            return ""
        return Proof.PASSKEY if passkeys.use(answer, self.now) else ""

    def refuse(self, code, **words):
        """Raise the error `code` with its words."""
        raise forms.ValidationError(self.error_messages[code], code=code, params=words)


class SecondStepForm(ProofForm):
    """The second step of signing in; `remembered` is offered to secretaries of cells."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        if codes.may_be_remembered(self.user):
            label = f"Không hỏi mã ở trình duyệt này trong {codes.REMEMBERED.days} ngày (chỉ chọn trên máy của mình)"
            self.fields["remembered"] = forms.BooleanField(label=label, required=False)


class SetUpForm(forms.Form):
    """The first code of a telephone that has just read `secret`; `step` is that of the code."""

    code = ProofField(
        label="Mã đang hiện trên điện thoại",
        help_text="Ghi 6 chữ số để chắc chắn điện thoại đã nhận.",
        error_messages={"required": "Chưa ghi mã."},
    )

    def __init__(self, data=None, *, secret: str, now: datetime):
        super().__init__(data)
        self.secret, self.now, self.step = secret, now, None

    def clean_code(self):
        """Refuse a code that the telephone does not show."""
        typed = self.cleaned_data["code"]
        self.step = codes.step_of(self.secret, typed, self.now) if typed.isascii() else None
        if self.step is None:
            raise forms.ValidationError("Mã không đúng: xem lại giờ trên điện thoại, rồi ghi mã đang hiện.")
        return typed
