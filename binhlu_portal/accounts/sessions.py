"""Session store with two limits: half an hour without a page, and half a day however busy (ASVS 5.0, 7.3.1 and 7.3.2).

Both are one date, the row's `expire_date`. A page adds no statement: the date is moved at most once a minute.
The row is known by a digest of the key in the browser's cookie: whoever reads the table, or a backup, can sign in as
nobody.
"""

import hashlib
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import models
from django.db.models.functions import Now

from binhlu_portal.db.outages import for_a_moment, is_busy
from binhlu_portal.db.statements import Parameter, PreparedRecords

from .models import Session

LONGEST = timedelta(hours=12)
GRAIN = timedelta(minutes=1)


class Ending(models.TextChoices):
    """Why a session is no more, as the sign-in page tells it."""

    IDLE = "nghi", f"Phiên làm việc đã hết vì hơn {settings.SESSION_COOKIE_AGE // 60} phút không thao tác."
    LONG = "lau", f"Phiên làm việc đã hết vì đã quá {LONGEST // timedelta(hours=1)} giờ kể từ lúc đăng nhập."
    ENDED = "dong", "Phiên làm việc đã bị đóng: đăng xuất từ nơi khác, đổi mật khẩu, hoặc quản trị đóng tài khoản."
    FORGOTTEN = "quen", "Điện thoại này không còn được nhớ: ghi tên đăng nhập và mật khẩu."


def key_digest(session_key: str | None) -> str:
    """Digest (SHA-256, as much as the column holds) by which the row of the session `session_key` is known.

    A key is random and long enough that no salt is needed.
    """
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Session store in the database, with its row at hand."""

    row = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of the rows."""
        return Session

    def load(self) -> dict[str, Any]:
        """Read the session; ask for it to be saved when that gives it a minute or more."""
        self.row = self._get_session_from_db()
        if self.row is None:
            return {}
        self.modified = self.modified or self.get_expiry_date(expiry=None) - self.row.expire_date >= GRAIN
        return self.decode(self.row.session_data)

    def save(self, must_create: bool = False) -> None:
        """Save the session; where nothing but its end has moved, that can as well be done by the next page.

        Django takes a database that is kept by another writer for a session that was ended meanwhile.
        """
        put_off = self.row is not None and self._get_session(no_load=True) == self.decode(self.row.session_data)
        try:
            with for_a_moment() if put_off else nullcontext():
                super().save(must_create)
        except UpdateError as error:
            busy = error.__context__
            if not is_busy(busy):
                raise
            if not put_off:
                raise busy from None

    def _get_session_from_db(self):
        row = _rows().first(key_digest(self.session_key))
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return super().exists(key_digest(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session `session_key`, else this one."""
        if key := session_key or self.session_key:
            super().delete(key_digest(key))

    def create(self) -> None:
        """Begin anew, with the full time."""
        self.row = None
        super().create()

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return when the session ends if nothing more happens."""
        date = super().get_expiry_date(**kwargs)
        return min(date, self.row.started_at + LONGEST) if self.row else date

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row with whose session it is and in which browser."""
        row = super().create_model_instance(data)
        row.pk = key_digest(self.session_key)
        row.user_id = data.get(SESSION_KEY)
        row.browser, row.address = data.get("browser", ""), data.get("address", "")
        return row


@cache
def _rows():
    """Return the statement that reads the row of a digest whose time is not over."""
    return PreparedRecords(Session.objects.filter(pk=Parameter(lambda digest: digest), expire_date__gt=Now()))


def ending_of(session_key: str) -> Ending:
    """Session expiry: why the session of a browser that still sends `session_key` has ended."""
    row = Session.objects.filter(pk=key_digest(session_key)).first()
    if row is None:
        return Ending.ENDED
    return Ending.LONG if row.expire_date >= row.started_at + LONGEST else Ending.IDLE
