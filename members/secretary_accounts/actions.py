"""Actions on the accounts of all secretaries of cells: opening them in one act, and printing new codes for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.db.actions import Refusal, action
from organizations.account_management import actions as accounts
from organizations.choices import RoleKind
from organizations.models import Unit

from .queries import free_usernames, not_begun, without_account

OPENED_MEANWHILE = "Có chi bộ vừa có tài khoản của bí thư, hoặc bí thư vừa thay: mở lại trang này rồi chọn lại."
BEGUN_MEANWHILE = "Có người vừa đặt mật khẩu, hoặc tài khoản vừa đóng: mở lại trang này rồi chọn lại."


@dataclass(frozen=True)
class StartCard:
    """What is printed for one person: the account, its cell and its start code, which is kept nowhere else."""

    account: User
    cell: str
    code: str


@action
def open_all(*, units: Sequence[Unit], keeper: User, day: date, now: datetime) -> list[StartCard]:
    """Open the accounts of the secretaries of cells, all or none; a guarded act.

    Raises Refusal where one has got an account since the page was opened.
    """
    guard(keeper, GuardedAct.START_CODE, f"mở tài khoản của {len(units)} bí thư chi bộ một lượt")
    posts = {post.unit: post for post in without_account(keeper, day)}
    if not posts.keys() >= set(units):
        raise Refusal(OPENED_MEANWHILE)
    chosen = [posts[unit] for unit in units]
    cards = []
    for post, username in zip(chosen, free_usernames(post.name for post in chosen), strict=True):
        user, code = accounts.open_account(
            username=username,
            full_name=post.name,
            unit=post.unit,
            kind=RoleKind.CELL_SECRETARY,
            now=now,
            keeper=keeper,
        )
        cards.append(StartCard(user, post.cell, code))
    return cards


@action
def print_anew(*, users: Sequence[User], keeper: User, now: datetime) -> list[StartCard]:
    """Issue new start codes to those who have not begun, in place of those printed before; a guarded act.

    Raises Refusal where somebody has chosen a password since the page was opened.
    """
    guard(keeper, GuardedAct.START_CODE, f"in lại phiếu của {len(users)} bí thư chi bộ một lượt")
    waiting = {user: user.cell for user in not_begun(keeper)}
    if not waiting.keys() >= set(users):
        raise Refusal(BEGUN_MEANWHILE)
    return [
        StartCard(user, waiting[user], accounts.give_start_code(user=user, now=now, keeper=keeper)) for user in users
    ]
