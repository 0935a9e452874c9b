"""Actions of the first day: a committee begins with its first administrator, or the sample is left behind."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.db.actions import Refusal, action
from organizations.account_management import actions as accounts
from organizations.choices import RoleKind
from organizations.models import Unit
from organizations.units import actions as units

from . import sample
from .single_beginning import begin_alone

ROLES_OF_THE_FIRST = (RoleKind.ADMINISTRATOR, RoleKind.SECRETARIAT)
"""Who begins opens accounts for others and writes down the first records; roles can be given to others later."""

NO_SAMPLE = "Cơ sở dữ liệu này không phải dữ liệu mẫu nên không có gì để bỏ."
NOT_THE_OWNER = (
    "Tài khoản PostgreSQL đang chạy hệ thống không được phép xóa lịch sử: người giữ máy chủ chạy lệnh "
    "“manage.py leave_sample” bằng tài khoản sở hữu cơ sở dữ liệu."
)


@action
def begin_committee(
    *, name: str, kind: str, sector: str, code: str, day: date, full_name: str, username: str, password: str
) -> User:
    """Begin with a committee at the top of the tree, recorded from `day` on, and its first account.

    Raises Refusal unless the portal is empty, ValidationError for a password that breaks a rule.
    """
    begin_alone()
    root = units.receive(
        code=code or units.unused_code(name), name=name, kind=kind, sector=sector, parent=None, day=day
    )
    user = User(username=username, full_name=full_name)
    user.set_password(password)
    user.full_clean()
    user.save()
    for role in ROLES_OF_THE_FIRST:
        accounts.give_role(user=user, unit=root, kind=role, keeper=None)
    try:
        validate_password(password, user)  # the names of the own unit are known only now
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    transaction.on_commit(sample.forget_word_and_accounts)
    return user


@action
def leave_sample(*, user: User | None, now: datetime) -> None:
    """Leave the sample behind with everything that was added to it, after a fresh sign-in of `user`.

    `user` is None where the keeper of the server does it. What people have written is kept in a backup. Raises Refusal
    where no sample is, where the role of the connection may not take away a history, or where no backup can be made.
    """
    check_fresh(user)
    if not Unit.objects.filter(is_sample=True).exists():
        raise Refusal(NO_SAMPLE)
    if not sample.may_be_emptied():
        raise Refusal(NOT_THE_OWNER)
    sample.keep_copy(now)
    sample.empty()
