"""The table of permissions, said again in words of its own."""

import pytest

from organizations.choices import RoleKind
from organizations.rights import RIGHTS, Right, roles_with
from organizations.scope import rights_of

SECRETARIAT, SECRETARY, LEADER, ADMINISTRATOR = RoleKind


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        (Right.SEE, [SECRETARIAT, SECRETARY, LEADER]),
        (Right.EXPORT, [SECRETARIAT, SECRETARY, LEADER]),
        (Right.EDIT, [SECRETARIAT, SECRETARY]),
        (Right.CONFIRM, [SECRETARIAT, SECRETARY]),
        (Right.DECIDE, [SECRETARIAT]),
        (Right.ACCOUNTS, [ADMINISTRATOR]),
        (Right.WATCH, [LEADER]),
    ],
)
def test_who_holds_a_right(right, roles):
    assert roles_with(right) == roles


def test_every_role_and_every_right_is_in_the_table():
    assert set(RIGHTS) == set(RoleKind)
    assert frozenset().union(*RIGHTS.values()) == set(Right)


def test_a_person_holds_the_rights_of_all_roles(clerk, administrator, stranger, commune):
    clerk.roles.create(unit=commune, kind=ADMINISTRATOR)
    assert rights_of(clerk) == RIGHTS[SECRETARIAT] | RIGHTS[ADMINISTRATOR]
    assert rights_of(administrator) == {Right.ACCOUNTS}
    assert rights_of(stranger) == frozenset()


def test_a_closed_account_holds_none(clerk):
    clerk.is_active = False
    assert rights_of(clerk) == frozenset()
