"""Actions on accounts and their roles, by those who keep them: holders of `Right.ACCOUNTS` over the units concerned."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from binhlu_portal.accounts import lockout, start_codes
from binhlu_portal.accounts.models import TAKEN_NAME, AttemptOutcome, User
from binhlu_portal.accounts.proofs import Proof, check_fresh
from binhlu_portal.accounts.second_factor import actions as second_factor
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.audit.uniqueness import TAKEN
from binhlu_portal.db.actions import Refusal, action, change, create
from organizations.choices import RoleKind
from organizations.models import Ancestry, Role, Unit
from organizations.rights import Right
from organizations.scope import units_kept_by

WEIGHTY = (RoleKind.SECRETARIAT, RoleKind.ADMINISTRATOR)
"""Roles whose giving is a guarded act."""

OWN_ROLES = "Không ai tự đổi vai trò của mình: đề nghị người quản trị khác làm."
LAST = "Đây là người quản trị cuối cùng của đơn vị: giao vai trò quản trị cho một tài khoản đang mở khác trước."


def accounts_of(keeper: User) -> QuerySet[User]:
    """Accounts with a role at a unit that `keeper` keeps; `reaches_out` marks a role elsewhere too.

    Whose account reaches out has rights that the keeper has no say in, so only the roles here may be changed.
    """
    units = units_kept_by(keeper, Right.ACCOUNTS)
    roles = Role.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(roles.filter(unit__in=units))).annotate(
        reaches_out=Exists(roles.exclude(unit__in=units))
    )


@action
def open_account(
    *, username: str, full_name: str, unit: Unit, kind: str, now: datetime, keeper: User | None
) -> tuple[User, str]:
    """Open an account with a role and return (account, start code); the code is shown once and kept as a hash only.

    `keeper` is None where the keeper of the server does it. Raises Refusal when the user name is taken.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(TAKEN_NAME, TAKEN)
    user = User(username=username, full_name=full_name)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    give_role(user=user, unit=unit, kind=kind, keeper=keeper)
    return user, give_start_code(user=user, now=now)


@action
def rename(*, user: User, full_name: str) -> None:
    """Rename the person of an account."""
    change(user, full_name=full_name)


@action
def give_role(*, user: User, unit: Unit, kind: str, keeper: User | None) -> None:
    """Give `user` a role (`kind` is a `RoleKind`) at `unit`; a guarded act where the role is one of `WEIGHTY`.

    Raises Refusal for the keeper's own account, unless nobody else keeps accounts and it is done by a code on paper.
    """
    is_own = _is_own(user, unit, keeper)
    create(Role, user=user, unit=unit, kind=kind)
    user.forget_browsers()
    if is_own or kind in WEIGHTY:
        guard(keeper, GuardedAct.ROLE, f"giao {RoleKind(kind).label} cho {user}")


@action
def take_role(*, role: Role, keeper: User) -> None:
    """Take a role away. An account keeps at least one, or nobody could find it; closing it takes all rights.

    Raises Refusal for the last role, for an own one as `give_role` does, and for the unit's last administrator.
    """
    if _is_own(role.user, role.unit, keeper):
        guard(keeper, GuardedAct.ROLE, f"tự bỏ {role.get_kind_display()} của {keeper}")
    if not role.user.roles.exclude(pk=role.pk).exists():
        raise Refusal("Tài khoản phải còn ít nhất một vai trò: giao vai trò mới trước, hoặc đóng tài khoản.")
    if role.kind == RoleKind.ADMINISTRATOR:
        _check_not_last(role)
    role.delete()
    role.user.forget_browsers()


@action
def close(*, user: User, keeper: User) -> None:
    """Close an account: it is signed out at once and cannot sign in, and its name stays in the history.

    Raises Refusal for the keeper's own account and for the last administrator of a unit.
    """
    if user == keeper:
        raise Refusal("Không thể tự đóng tài khoản của mình: đề nghị người quản trị khác làm.")
    for role in user.roles.filter(kind=RoleKind.ADMINISTRATOR):
        _check_not_last(role)
    change(user, is_active=False)
    user.sessions.all().delete()
    user.forget_browsers()


@action
def reopen(*, user: User) -> None:
    """Reopen a closed account; its password and roles are what they were."""
    change(user, is_active=True)


@action
def give_start_code(*, user: User, now: datetime, keeper: User | None = None) -> str:
    """Issue a start code to `user` and return it; the old password or code and all sessions are void.

    A guarded act over those with a role of `WEIGHTY`, for whoever holds the code holds the role.

    Raises Refusal for the keeper's own account and for a closed one.
    """
    if user == keeper:
        raise Refusal("Không tự cấp mã cho mình: đổi mật khẩu ở trang “Tài khoản của tôi”.")
    if not user.is_active:
        raise Refusal("Tài khoản đang đóng: mở lại trước khi cấp mã.")
    if user.roles.filter(kind__in=WEIGHTY).exists():
        guard(keeper, GuardedAct.START_CODE, f"cấp cho {user}")
    return start_codes.give(user, now)


@action
def remove_second_factor(*, user: User, keeper: User) -> None:
    """Take the second factor away from who has lost it, with all sessions; a guarded act.

    Raises Refusal for the keeper's own account.
    """
    if user == keeper:
        raise Refusal("Không tự bỏ xác minh hai bước của mình ở đây: dùng trang “Tài khoản của tôi”.")
    guard(keeper, GuardedAct.SECOND_FACTOR, f"bỏ của {user}")
    second_factor.forget(user)
    user.sessions.all().delete()


@action
def unlock(*, user: User, now: datetime) -> None:
    """Unlock an account (rate limit): failures to sign in before `now` no longer count."""
    lockout.record_attempt(AttemptOutcome.UNLOCKED, user.username, "", now, user)


def _is_own(user, unit, keeper):
    """Tell whether a keeper's own roles are changed; refuse that where there is a second person for it.

    Who keeps the accounts alone needs a code on paper, which lies with somebody else.
    """
    if user != keeper:
        return False
    if _other_administrators(unit, keeper).exists():
        raise Refusal(OWN_ROLES)
    check_fresh(keeper, Proof.PAPER)
    return True


def _other_administrators(unit, user):
    """Return the roles of open accounts other than `user` that administer `unit`, from there or from above."""
    above = Ancestry.objects.filter(unit=unit, ended_on=F("unit__ended_on")).values("ancestor")
    found = Role.objects.filter(kind=RoleKind.ADMINISTRATOR, user__is_active=True, unit__in=above)
    return found.exclude(user=user)


def _check_not_last(role):
    """Refuse to lose the last open account that administers the unit of `role`.

    First the roles of all administrators are locked, so that two cannot remove each other at the same moment.
    """
    list(Role.objects.filter(kind=RoleKind.ADMINISTRATOR).select_for_update().values_list("pk"))
    if not _other_administrators(role.unit, role.user).exists():
        raise Refusal(LAST)
