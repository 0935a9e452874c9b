"""What a password costs to hash: never less than OWASP asks for, and what was hashed before is still read."""

from binhlu_portal import settings
from binhlu_portal.accounts.password_hasher import PacedArgon2Hasher


def test_passwords_are_hashed_by_no_less_than_owasp_asks_for_and_older_hashes_are_read():
    first, *others = settings.PASSWORD_HASHERS
    assert first == f"{PacedArgon2Hasher.__module__}.{PacedArgon2Hasher.__name__}"
    assert others == ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    assert PacedArgon2Hasher.memory_cost >= 19 * 1024
    assert PacedArgon2Hasher.time_cost >= 2
    assert PacedArgon2Hasher.algorithm == "argon2"  # Argon2id: params() of Django's hasher
