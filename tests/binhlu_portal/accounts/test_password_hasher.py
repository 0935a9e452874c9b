"""What a password costs to hash: never less than OWASP asks for, and what was hashed before is still read."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, make_password

from binhlu_portal import settings
from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.password_hasher import READING, PacedArgon2Hasher

PASSWORD = "bốn từ không liên quan"


class HasherOfBefore(MD5PasswordHasher):
    """Fast, and not the first."""

    algorithm = "md5_before"


HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", f"{__name__}.{HasherOfBefore.__name__}"]


def test_passwords_are_hashed_by_no_less_than_owasp_asks_for_and_older_hashes_are_read():
    first, *others = settings.PASSWORD_HASHERS
    assert first == f"{PacedArgon2Hasher.__module__}.{PacedArgon2Hasher.__name__}"
    assert others == ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    assert PacedArgon2Hasher.memory_cost >= 19 * 1024
    assert PacedArgon2Hasher.time_cost >= 2
    assert PacedArgon2Hasher.algorithm == "argon2"  # Argon2id: params() of Django's hasher


@pytest.fixture
def hashed_before(settings, db):
    """Somebody whose password was hashed by the second of the hashers."""
    settings.PASSWORD_HASHERS = HASHERS
    return User.objects.create(username="lan", password=make_password(PASSWORD, hasher="md5_before"))


def is_hashed_anew(user):
    return user.check_password(PASSWORD) and User.objects.get(pk=user.pk).password.startswith("md5$")


def test_what_was_hashed_before_is_hashed_anew_when_its_owner_signs_in(hashed_before):
    assert not hashed_before.check_password("khác")
    assert is_hashed_anew(hashed_before)


def test_in_a_rush_passwords_are_read_as_they_were_hashed_and_one_at_a_time_is_hashed_anew(hashed_before):
    with READING:
        assert hashed_before.check_password(PASSWORD)
        assert not is_hashed_anew(hashed_before)
    assert is_hashed_anew(hashed_before)
