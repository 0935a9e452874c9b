"""PIN of a paired phone: six digits that are worth something on that phone only, together with the secret it keeps.

The secret is 256 random bits in a cookie that no script reads; the database holds its digest alone. A PIN is hashed
with the secret as the salt, so what the database holds cannot be guessed at without the phone, and no hash however slow
would protect a million PINs from somebody who had the salt too. Therefore it may be cheap, and a rush of people costs
little: just slow enough that whoever has both the cookie and the database, and with it all records, waits hours for a
PIN that may be used elsewhere. Who has the cookie alone has `MOST_FAILURES` guesses here.

The secret stays the same as long as the phone is paired: a new one at each use would tell of a copied cookie, but on a
line that breaks the answer with the new one gets lost, and with it the pairing.
"""

import hashlib
import secrets
from datetime import timedelta
from hmac import compare_digest

from binhlu_portal.accounts.passwords import what_is_left

PAIRED_FOR = timedelta(days=30)
MOST_FAILURES = 5
"""Wrong PINs in a row, after which the phone is forgotten and only the password opens."""

DIGITS = 6
LEAST_LEFT = 4
"""Digits that must be left of a PIN without dates, rows of keys and repetition."""

ROUNDS = 50_000


def new_secret() -> str:
    """Secret of a phone, the value of its cookie."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Digest (SHA-256) by which a phone is known; its secret is long and random enough that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hashed(pin: str, secret: str) -> str:
    """Hash (PBKDF2) of a PIN on the phone with this secret."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), secret.encode(), ROUNDS).hex()


def is_same(one: str, other: str) -> bool:
    """Whether two hashes are the same, told in the same time either way."""
    return compare_digest(one, other)


def is_guessable(pin: str) -> bool:
    """Whether a PIN is a date, a row of keys, or little but repetition: what is tried first."""
    return len(what_is_left(pin, ())) < LEAST_LEFT
