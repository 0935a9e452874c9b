"""Actions on paired phones: pairing one, trying a PIN on it, forgetting it."""

from datetime import datetime

from binhlu_portal.accounts.models import PairedPhone, User
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.accounts.second_factor import codes
from binhlu_portal.audit.access_log import note_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.db.actions import Refusal, action

from . import pins

NOT_FOR_YOU = "Chỉ nhớ điện thoại của bí thư chi bộ: vai trò của tài khoản này xem được hồ sơ ngoài một chi bộ."

MOST = 3
"""Phones of one account; one more takes the place of the oldest."""


@action
def pair(*, user: User, pin: str, browser: str, now: datetime, replaces: str = "") -> str:
    """Pair a phone with a secretary after a fresh sign-in; return the secret for its cookie.

    `replaces` is the secret that the browser kept before. Raises Refusal for other roles.
    """
    check_fresh(user)
    if not codes.may_be_remembered(user):
        raise Refusal(NOT_FOR_YOU)
    PairedPhone.objects.filter(digest=pins.digest(replaces)).delete()
    user.paired_phones.filter(expires_at__lte=now).delete()
    kept = user.paired_phones.order_by("-pk").values_list("pk", flat=True)[: MOST - 1]
    user.paired_phones.exclude(pk__in=[*kept]).delete()
    secret = pins.new_secret()
    PairedPhone.objects.create(
        user=user,
        digest=pins.digest(secret),
        pin=pins.hashed(pin, secret),
        browser=browser,
        paired_at=now,
        expires_at=now + pins.PAIRED_FOR,
    )
    note_access(user, AccessKind.PHONE, f"Nhớ điện thoại: {browser}", "", 1)
    return secret


@action
def try_pin(*, phone: PairedPhone, pin: str, now: datetime) -> bool:
    """Tell whether the hashed `pin` is that of the phone; after the last wrong one in a row the phone is forgotten.

    The row is locked, so of many guesses at once no more than that are answered. Raises Refusal when it is no more.
    """
    if pins.is_same(phone.pin, pin):
        phone.failures, phone.used_at = 0, now
        phone.save(update_fields=["failures", "used_at"])
        return True
    phone.failures += 1
    phone.save(update_fields=["failures"])
    if phone.failures >= pins.MOST_FAILURES:
        what = f"Điện thoại được nhớ: sai mã PIN {pins.MOST_FAILURES} lần, đã quên {phone.browser}"
        note_access(phone.user, AccessKind.GUARDED, what, "", 1)
        phone.delete()
    return False


@action
def forget(*, phone: PairedPhone, by: User, here: str = "") -> None:
    """Forget a phone that may be in other hands: all sessions of its account end, but that with the key `here`.

    Its owner needs a fresh sign-in; whoever else does it keeps the account.
    """
    user = phone.user
    if by == user:
        check_fresh(by)
    whose = "" if by == user else f" của {user}"
    note_access(by, AccessKind.PHONE, f"Quên điện thoại: {phone.browser}{whose}", "", 1)
    phone.delete()
    user.sessions.exclude(pk=here).delete()
