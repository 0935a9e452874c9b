"""Actions on second factors: a telephone or the whole turned on and off, codes printed, a browser remembered."""

from datetime import datetime

from binhlu_portal.accounts.models import RecoveryCode, RememberedDevice, User
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.db.actions import Refusal, action

from . import codes

NEEDED = "Vai trò của tài khoản này phải có xác minh hai bước: đổi điện thoại thì bấm “Đổi điện thoại”."
ONLY_TELEPHONE = "Mã trên điện thoại đang là cách xác minh duy nhất: thêm khóa truy cập trước, rồi bỏ điện thoại."


@action
def turn_on(*, user: User, secret: str, step: int, now: datetime) -> list[str]:
    """Let signing in take a code of the telephone that holds `secret`; return new codes for paper.

    `step` is that of the first code, which has been used by now.
    """
    guard(user, GuardedAct.SECOND_FACTOR, "Bật, đổi xác minh hai bước của mình")
    _set(user, secret=secret, step=step, at=now)
    return _issue(user)


@action
def turn_off(*, user: User) -> None:
    """Let `user` sign in by password alone. Raises Refusal where the roles ask for more."""
    guard(user, GuardedAct.SECOND_FACTOR, "Tắt xác minh hai bước của mình")
    if codes.is_required(user):
        raise Refusal(NEEDED)
    forget(user)


@action
def remove_telephone(*, user: User) -> None:
    """Take codes of the telephone of `user` no more. Raises Refusal where no passkey is left in its place."""
    guard(user, GuardedAct.SECOND_FACTOR, "Bỏ mã trên điện thoại của mình")
    if not user.passkeys.exists():
        raise Refusal(ONLY_TELEPHONE)
    _set(user, secret="", step=0, at=user.second_factor_at)


@action
def print_codes(*, user: User, keeper: User | None) -> list[str]:
    """Return new codes for paper of `user`; older ones are void. `keeper` is `user`, or None at the server itself."""
    guard(keeper, GuardedAct.PAPER_CODES, "In mã giấy mới của mình")
    return _issue(user)


@action
def remember_device(*, user: User, browser: str, now: datetime) -> str:
    """Remember a browser of a secretary; return the value of its cookie."""
    token = codes.new_token()
    user.remembered_devices.filter(expires_at__lte=now).delete()
    RememberedDevice.objects.create(
        user=user, digest=codes.digest(token), browser=browser, expires_at=now + codes.REMEMBERED
    )
    return token


@action
def forget_devices(*, user: User) -> None:
    """Let every browser of `user` be asked again, after a fresh sign-in."""
    check_fresh(user)
    user.remembered_devices.all().delete()


def begin(user: User, now: datetime) -> list[str]:
    """Let signing in take a second step of `user`, who has something to take it by; return new codes for paper."""
    _set(user, secret="", step=0, at=now)
    return _issue(user)


def forget(user: User) -> None:
    """Void the second factor of `user` with all that stands for it."""
    _set(user, secret="", step=0, at=None)
    user.passkeys.all().delete()
    user.recovery_codes.all().delete()


def _set(user, *, secret, step, at):
    user.totp_secret, user.totp_step, user.second_factor_at = secret, step, at
    user.save(update_fields=["totp_secret", "totp_step", "second_factor_at"])
    user.forget_browsers()


def _issue(user):
    """Return codes for paper in place of those before."""
    user.recovery_codes.all().delete()
    printed = codes.new_paper_codes()
    kept = [codes.digest(code.replace("-", "")) for code in printed]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=each) for each in kept)
    return printed
