"""Actions on passkeys: to add one, to use one, to give one up."""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from binhlu_portal.accounts.models import Passkey, User
from binhlu_portal.accounts.second_factor import actions as second_factor
from binhlu_portal.accounts.second_factor import codes
from binhlu_portal.audit.access_log import note_access
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.db.actions import Refusal, action

from .ceremonies import NewPasskey, PasskeyAnswer

MOST = 10
"""Passkeys of one account."""

TOO_MANY = f"Mỗi tài khoản có nhiều nhất {MOST} khóa truy cập: bỏ bớt khóa không dùng nữa, rồi thêm lại."
KNOWN = "Khóa truy cập này đã được thêm rồi."
LAST = (
    "Vai trò của tài khoản này phải có xác minh hai bước: thêm khóa khác hoặc bật mã trên điện thoại, rồi bỏ khóa này."
)


@action
def add(*, user: User, new: NewPasskey, name: str, now: datetime) -> list[str]:
    """Let signing in take a passkey; return codes for paper where it is the first second factor of `user`.

    Raises Refusal for one too many, and for one that is there already.
    """
    guard(user, GuardedAct.SECOND_FACTOR, f"Thêm khóa truy cập “{name}” của mình")
    if user.passkeys.count() >= MOST:
        raise Refusal(TOO_MANY)
    if Passkey.objects.filter(credential_id=new.credential_id).exists():
        raise Refusal(KNOWN)
    Passkey.objects.create(user=user, name=name, added_at=now, **asdict(new))
    return [] if user.second_factor_at else second_factor.begin(user, now)


@action
def remove(*, user: User, passkey: Passkey) -> None:
    """Take a passkey of `user` no more; with the last second factor all that stands for it goes too.

    Raises Refusal for the last one where the roles ask for a second factor.
    """
    guard(user, GuardedAct.SECOND_FACTOR, f"Bỏ khóa truy cập “{passkey.name}” của mình")
    if user.has_telephone or user.passkeys.exclude(pk=passkey.pk).exists():
        passkey.delete()
    elif codes.is_required(user):
        raise Refusal(LAST)
    else:
        second_factor.forget(user)


def use(answer: PasskeyAnswer, now: datetime) -> bool:
    """Use up an answer of a passkey; one statement decides between two that come at once.

    A key that counts must have counted on: where it has not, another one like it is in use. That is written down.
    """
    passkey, count = answer.passkey, answer.sign_count
    counted = Q(sign_count__lt=count) if count else Q(sign_count=0)
    unused = Passkey.objects.filter(counted, pk=passkey.pk).exclude(challenge=answer.challenge)
    if unused.update(sign_count=count, challenge=answer.challenge, used_at=now):
        return True
    if Passkey.objects.filter(pk=passkey.pk, sign_count__gte=count).exclude(challenge=answer.challenge).exists():
        what = f"Khóa truy cập: từ chối “{passkey.name}” vì số đếm không tăng, khóa có thể đã bị sao chép"
        note_access(passkey.user, AccessKind.GUARDED, what, "", 1)
    return False
