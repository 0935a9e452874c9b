"""Secretaries of cells as keepers of accounts see them: whom the posts name, and who can sign in for the cell already.

It is the one thing that a keeper of accounts is told of the records: the name for which an account is to be opened.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.db.models import F, Prefetch

from binhlu_portal.accounts.models import User
from binhlu_portal.text.vietnamese import search_key
from members.choices import Post
from members.models import Position, Vacancy
from organizations.account_management.actions import accounts_of
from organizations.choices import CELLS, RoleKind
from organizations.models import Role, Unit, UnitPeriod
from organizations.rights import Right
from organizations.scope import units_kept_by

LONGEST_USERNAME = 26
"""Letters of a proposed user name, before a number that tells it from others."""


@dataclass(frozen=True)
class CellPost:
    """The post of secretary of a cell: `name` is "" where nobody has written down who holds it, or it is vacant.

    `others` are the people who sign in for the cell, `namesakes` the user names of accounts of the same name.
    """

    unit: Unit
    cell: str
    name: str
    is_vacant: bool
    has_account: bool
    others: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()

    @property
    def lacks_account(self) -> bool:
        """Whether an account may be opened: somebody is known to hold the post, and does not sign in for the cell."""
        return bool(self.name) and not self.has_account


def cell_posts(keeper: User, day: date) -> list[CellPost]:
    """Posts of secretary in the cells of `keeper` on `day`, by the names of the cells."""
    periods = UnitPeriod.objects.editable_by(keeper, Right.ACCOUNTS).on(day).filter(kind__in=CELLS)
    held = Position.objects.editable_by(keeper, Right.ACCOUNTS).on(day).filter(post=Post.SECRETARY)
    names = dict(held.values_list("unit", "member__full_name"))
    vacant = Vacancy.objects.editable_by(keeper, Right.ACCOUNTS).on(day).filter(post=Post.SECRETARY)
    vacant = set(vacant.values_list("unit", flat=True))
    signs_in, namesakes = _people_by_unit(keeper), _usernames_by_name(keeper)
    found = []
    for period in sorted(periods.select_related("unit"), key=lambda period: search_key(period.name)):
        name, people = names.get(period.unit_id, ""), signs_in[period.unit_id]
        key = search_key(name)
        others = tuple(person for person in people if search_key(person) != key)
        known = namesakes[key] if name else ()
        has_account = len(others) < len(people)
        found.append(CellPost(period.unit, period.name, name, period.unit_id in vacant, has_account, others, known))
    return found


def without_account(keeper: User, day: date) -> list[CellPost]:
    """Posts of secretary whose holder is known and has no open account for the cell."""
    return [post for post in cell_posts(keeper, day) if post.lacks_account]


def not_begun(keeper: User) -> list[User]:
    """Open accounts of secretaries that have but a start code, with the `cell` of each, by the names of the cells.

    Left out is whose account reaches out to units of others.
    """
    waiting = accounts_of(keeper).filter(is_active=True, start_code_expires_at__isnull=False, reaches_out=False)
    roles = Role.objects.filter(kind=RoleKind.CELL_SECRETARY).with_unit_names()
    waiting = waiting.filter(roles__kind=RoleKind.CELL_SECRETARY).distinct()
    found = list(waiting.prefetch_related(Prefetch("roles", roles, to_attr="of_cells")))
    for user in found:
        user.cell = ", ".join(role.unit_name for role in user.of_cells)
    return sorted(found, key=lambda user: search_key(user.cell))


def free_usernames(names: Iterable[str]) -> list[str]:
    """User names for new accounts of people: as the example of the form has them, with a number where one is taken."""
    taken = {username.lower() for username in User.objects.values_list("username", flat=True)}
    found = []
    for name in names:
        letters = "".join(filter(str.isalnum, search_key(name)))[:LONGEST_USERNAME] or "bithu"
        numbered = (f"{letters}{number}" for number in count(2))
        username = letters if letters not in taken else next(each for each in numbered if each not in taken)
        taken.add(username)
        found.append(username)
    return found


def _people_by_unit(keeper):
    """Return the names of those who sign in as secretary of each unit."""
    roles = Role.objects.filter(kind=RoleKind.CELL_SECRETARY, user__is_active=True)
    roles = roles.filter(unit__in=units_kept_by(keeper, Right.ACCOUNTS)).order_by("pk")
    found = defaultdict(list)
    for unit, name in roles.values_list("unit", F("user__full_name")):
        found[unit].append(name)
    return found


def _usernames_by_name(keeper):
    """Return the user names of the keeper's accounts by the search keys of their names."""
    found = defaultdict(tuple)
    for name, username in accounts_of(keeper).order_by("pk").values_list("search_name", "username"):
        found[name] += (username,)
    return found
