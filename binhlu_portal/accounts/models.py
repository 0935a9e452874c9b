"""Accounts, sessions and attempts: who may sign in, from where they are signed in, and how they tried.

What a person may do in the portal is a role at a unit: `organizations.models.Role`.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import hashers
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Upper
from django.utils.crypto import salted_hmac

from binhlu_portal.text.normal_forms import compatible, composed
from binhlu_portal.text.vietnamese import clean, name_sort_key, search_key

from . import start_codes
from .password_hasher import READING

TAKEN_NAME = "Không dùng được tên đăng nhập này: chọn tên khác."
"""Where the account is that has the name, nobody is told."""

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
"""Letters of a password: more than the most are refused before they are read, and never cut off."""


def account_key(username: str) -> str:
    """Return by which account a typed user name is meant, however its letters are written (NFKC, case folded).

    Through capitals first, as databases compare: they take ı, the i without a dot, for an i, and ſ for an s.
    """
    return compatible(username.strip()).upper().casefold()


class AccountManager(UserManager):
    """Accounts; a user name is found however its letters are written, since telephones begin with a capital."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account that signs in as `username`."""
        return self.get(username__iexact=account_key(username or ""))


class User(AbstractUser):
    """An account of one named person; shared accounts would make the history worthless.

    As long as `start_code_expires_at` is set, the password is a one-time start code, and the account can do nothing
    but choose a password of its own. From `second_factor_at` on signing in also takes one of `passkeys`, or a code
    which a telephone reckons from `totp_secret`, if there is one; those up to `totp_step` were used.
    """

    first_name = last_name = None
    full_name = models.CharField("họ và tên", max_length=120)
    start_code_expires_at = models.DateTimeField("mã khởi đầu dùng được đến", null=True, blank=True, editable=False)
    second_factor_at = models.DateTimeField("xác minh hai bước từ", null=True, blank=True, editable=False)
    totp_secret = models.CharField(max_length=64, blank=True, editable=False)
    totp_step = models.BigIntegerField(default=0, editable=False)
    sort_name = models.CharField(max_length=400, editable=False)
    search_name = models.CharField(max_length=400, editable=False)

    objects = AccountManager()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        constraints = [
            models.UniqueConstraint(
                Upper("username"),
                name="accounts_user_username_once",
                violation_error_message=TAKEN_NAME,
            )
        ]

    called = "full_name"
    """By which the history calls a person."""

    proof = ""
    """A `Proof` given in this session within the last minutes; only the request of a browser brings one along."""

    def __str__(self):
        return self.full_name or self.username

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save with the keys by which the name is sorted and searched."""
        self.full_name = clean(self.full_name)
        self.sort_name, self.search_name = name_sort_key(self.full_name), search_key(self.full_name)
        if update_fields is not None and "full_name" in update_fields:
            update_fields = {*update_fields, "sort_name", "search_name"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def must_choose_password(self) -> bool:
        """Whether the account has only a start code yet."""
        return self.start_code_expires_at is not None

    @property
    def has_telephone(self) -> bool:
        """Whether a telephone reckons codes for the account."""
        return bool(self.totp_secret)

    @property
    def browser_key(self) -> str:
        """Digest that names the account to the scripts of its browser, which keep drafts by it."""
        return salted_hmac("binhlu_portal.accounts.browser", str(self.pk), algorithm="sha256").hexdigest()[:32]

    def set_password(self, raw_password: str | None) -> None:
        """Set the password; marks are composed alike on every device. Raises ValueError for one too long to be read."""
        if raw_password and len(raw_password) > LONGEST_PASSWORD:
            raise ValueError("The password is too long.")
        super().set_password(raw_password and composed(raw_password))

    def check_password(self, raw_password: str) -> bool:
        """Tell whether it is the password; a start code may be typed in small letters and without its dashes.

        One that was hashed by the hasher of before is hashed anew, unless another is read at the same time.
        """
        if len(raw_password) > LONGEST_PASSWORD:
            return False
        password = (start_codes.normalize if self.must_choose_password else composed)(raw_password)
        if not READING.acquire(blocking=False):
            return hashers.check_password(password, self.password)
        try:
            return super().check_password(password)
        finally:
            READING.release()

    def forget_browsers(self) -> None:
        """Forget every browser that is spared a password or a code, after whatever changes who the account is."""
        self.remembered_devices.all().delete()
        self.paired_phones.all().delete()

    def get_full_name(self) -> str:
        """Return the name shown on screen and in the history."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name, which Vietnamese write last."""
        return self.full_name.split()[-1] if self.full_name else self.username


class Session(AbstractBaseSession):
    """One browser that is signed in; `binhlu_portal.accounts.sessions` reads and writes it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions", null=True)
    started_at = models.DateTimeField("đăng nhập lúc", auto_now_add=True)
    seen_at = models.DateTimeField("dùng gần nhất", auto_now=True)
    browser = models.CharField("trình duyệt", max_length=60)
    address = models.CharField("địa chỉ mạng", max_length=45)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "phiên làm việc"
        verbose_name_plural = "phiên làm việc"

    def save(self, *, force_update: bool = False, **kwargs: Any) -> None:
        """Save; the store makes the row anew each time and does not know when it began."""
        fields = ["session_data", "expire_date", "user", "seen_at", "browser", "address"]
        super().save(force_update=force_update, update_fields=fields if force_update else None, **kwargs)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        """Return the store of these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore  # it is built on this model


class RecoveryCode(models.Model):
    """A one-time code on paper that stands for a second factor; kept as a digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField("dùng lúc", null=True)

    class Meta:
        verbose_name = "mã giấy"
        verbose_name_plural = "mã giấy"

    def __str__(self):
        return str(self.user)


class RememberedDevice(models.Model):
    """A browser that is asked for no second factor for a while; known by the digest of what its cookie holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="remembered_devices")
    digest = models.CharField(max_length=64)
    browser = models.CharField("trình duyệt", max_length=60)
    expires_at = models.DateTimeField("nhớ đến")

    class Meta:
        verbose_name = "thiết bị được nhớ"
        verbose_name_plural = "thiết bị được nhớ"

    def __str__(self):
        return self.browser


class PairedPhone(models.Model):
    """A telephone on which its secretary signs in by a PIN (`binhlu_portal.accounts.phones`) up to `expires_at`.

    Known by the digest of the secret in its cookie; `pin` is made of the PIN and that secret together. `failures` are
    wrong PINs since the last right one.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="paired_phones")
    digest = models.CharField(max_length=64, db_index=True)
    pin = models.CharField(max_length=64)
    browser = models.CharField("trình duyệt", max_length=60)
    paired_at = models.DateTimeField("nhớ từ")
    used_at = models.DateTimeField("dùng gần nhất", null=True)
    expires_at = models.DateTimeField("nhớ đến")
    failures = models.PositiveSmallIntegerField("số lần sai mã PIN", default=0)

    class Meta:
        verbose_name = "điện thoại được nhớ"
        verbose_name_plural = "điện thoại được nhớ"
        ordering = ["pk"]

    def __str__(self):
        return self.browser


class Passkey(models.Model):
    """A key within a device, or carried along, that proves who signs in (WebAuthn); known by its public half.

    It holds for `host` alone. `handle` is by what the key knows the account, random and the same for all of an account;
    `challenge` is the digest of what it answered last, `sign_count` how often it has, where it counts.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField("tên gọi", max_length=60)
    host = models.CharField("tên máy chủ", max_length=253)
    handle = models.CharField(max_length=88)
    credential_id = models.CharField("mã của khóa", max_length=1400, unique=True)
    public_key = models.CharField(max_length=1400)
    sign_count = models.BigIntegerField(default=0)
    challenge = models.CharField(max_length=64, blank=True, default="")
    added_at = models.DateTimeField("thêm lúc")
    used_at = models.DateTimeField("dùng gần nhất", null=True)

    class Meta:
        verbose_name = "khóa truy cập"
        verbose_name_plural = "khóa truy cập"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class AttemptOutcome(models.TextChoices):
    """How an attempt to sign in ended, and what takes the failures back."""

    SUCCEEDED = "succeeded", "Đăng nhập được"
    FAILED = "failed", "Sai mật khẩu"
    UNLOCKED = "unlocked", "Quản trị mở khóa"


class Attempt(models.Model):
    """An attempt to sign in, from which `binhlu_portal.accounts.lockout` counts.

    `name` is a digest of what was typed: people type passwords into the wrong field, and what is typed there must
    not be readable here. `user` is the account of that name, if there is one; `device` the number of the device, where
    the account had signed in on it before.
    """

    at = models.DateTimeField("lúc")
    name = models.CharField("tên đã gõ (băm)", max_length=64)
    address = models.CharField("địa chỉ mạng", max_length=45)
    device = models.CharField("máy đã biết", max_length=32, blank=True, default="")
    outcome = models.CharField("kết quả", max_length=9, choices=AttemptOutcome)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="attempts",
        verbose_name="tài khoản",
    )

    class Meta:
        verbose_name = "lượt đăng nhập"
        verbose_name_plural = "lượt đăng nhập"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["name", "at"], name="accounts_attempt_name"),
            models.Index(fields=["address", "at"], name="accounts_attempt_address"),
            models.Index(fields=["user", "at"], name="accounts_attempt_user"),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()} {self.at}"
