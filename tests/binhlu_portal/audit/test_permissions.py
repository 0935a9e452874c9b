"""Who reads which part of the history, who may take it back, and who sees who opened which list."""

from datetime import date

import pytest

from binhlu_portal.audit import permissions
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.display import model_of
from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.actions import correct
from members.membership import actions as membership
from members.models import Member, Spell
from organizations.choices import Kind, RoleKind
from organizations.models import Threshold
from tests.factories import make_member, make_person, make_root, make_unit, make_user

DAY = date(2026, 2, 1)
ACCOUNTS = {"accounts_user", "organizations_role"}


def rows(user, table):
    """Return the records of a table whose history `user` reads."""
    return set(permissions.readable(user).filter(table=table).values_list("row", flat=True))


@pytest.fixture
def world(world):
    """The small world without its unit that stands in no tree."""
    world.bare.delete()
    return world


@pytest.fixture
def readers(world):
    """People of every role at the commune and at one cell, and of a party organization."""
    return [
        make_user("c", (RoleKind.SECRETARIAT, world.root)),
        make_user("l", (RoleKind.LEADER, world.root)),
        make_user("a", (RoleKind.CELL_SECRETARY, world.a)),
        make_user("b", (RoleKind.CELL_SECRETARY, world.b)),
        make_user("o", (RoleKind.LEADER, world.org)),
        make_user("two", (RoleKind.CELL_SECRETARY, world.a), (RoleKind.LEADER, world.nested)),
        make_user("admin", (RoleKind.ADMINISTRATOR, world.root)),
        make_user("none"),
        make_user("closed", (RoleKind.SECRETARIAT, world.root), is_active=False),
    ]


def test_the_history_of_a_record_is_read_by_those_who_may_read_the_record(world, readers):
    membership.transfer(member=world.minh, to=world.b, day=DAY)
    for reader in readers:
        for table in permissions.scoped_table_names():
            records = model_of(table).objects
            visible = set(records.visible_to(reader).values_list("pk", flat=True))
            there = set(records.values_list("pk", flat=True))
            # What stands on cards was all written after Minh had left A; B and those above read it.
            unread = {world.minh.pk} if table == "members_member" and reader.username in ("a", "two") else set()
            assert rows(reader, table) & there == visible - unread, (reader.username, table)


def test_every_table_with_a_scope_is_tied_to_a_unit_or_a_member_or_has_a_scope_of_its_own():
    by_link = {model._meta.label for column, model in permissions.scoped_tables() if column != "row"}
    assert by_link == {"organizations.Unit", "members.Member"}
    assert {"members_spell", "members_member", "organizations_unit", "assessments_meeting"} <= set(
        permissions.scoped_table_names()
    )
    assert not ACCOUNTS & {*permissions.scoped_table_names()}


def test_a_deleted_record_is_judged_by_what_it_was(world, readers):
    _, _, secretary_a, secretary_b, *_ = readers
    spell = world.lan.spells.get()
    pk = spell.pk
    spell.delete()
    assert pk in rows(secretary_a, "members_spell")
    assert pk not in rows(secretary_b, "members_spell")


def test_people_and_units_who_are_no_more_are_read_by_who_sees_everything(world, readers):
    clerk, leader, secretary_a, *_ = readers
    person = make_person("Không còn")
    pk = person.pk
    person.delete()
    assert pk in rows(clerk, "members_member") & rows(leader, "members_member")
    assert pk not in rows(secretary_a, "members_member")
    make_root("khac")
    assert pk not in rows(clerk, "members_member")


def test_thresholds_are_read_by_every_reader(world, readers):
    limit = Threshold.objects.create(code="x", low=1, started_on=DAY, source="Mẫu")
    read = [reader.username for reader in readers if limit.pk in rows(reader, "organizations_threshold")]
    assert read == ["c", "l", "a", "b", "o", "two"]


def test_accounts_are_read_by_who_keeps_them(world, readers):
    keeper = next(reader for reader in readers if reader.username == "admin")
    other = make_root("khac")
    foreign = make_user("foreign", (RoleKind.LEADER, other))
    assert rows(keeper, "accounts_user") >= {reader.pk for reader in readers if reader.roles.exists()}
    assert foreign.pk not in rows(keeper, "accounts_user")
    assert not {*foreign.roles.values_list("pk", flat=True)} & rows(keeper, "organizations_role")
    for reader in readers:
        if reader != keeper:
            assert rows(reader, "accounts_user") == rows(reader, "organizations_role") == set()


def test_a_unit_is_followed_down_the_tree(world, readers):
    clerk = readers[0]
    below = permissions.lies_within(permissions.readable(clerk), [world.org.pk, world.nested.pk])
    units = set(below.filter(table="organizations_unit").values_list("row", flat=True))
    assert units == {world.org.pk, world.nested.pk}
    people = permissions.lies_within(permissions.readable(clerk), [world.a.pk]).filter(table="members_member")
    assert world.lan.pk in people.values_list("row", flat=True)
    assert world.hoa.pk not in people.values_list("row", flat=True)


def act_of(user, write):
    """Return the entries of what `write` writes in the name of `user`."""
    with acting(user) as act:
        write()
    return Entry.objects.filter(act=act)


def test_who_decides_offers_revert_what_others_wrote_and_others_what_they_wrote_themselves(
    world, clerk_and_secretary, leader_of_all
):
    clerk, secretary = clerk_and_secretary
    by_clerk = act_of(clerk, lambda: correct(row=world.lan, phone="0912345678"))
    by_secretary = act_of(secretary, lambda: correct(row=world.lan, phone="0999999999"))
    assert permissions.may_revert(clerk, by_secretary)
    assert permissions.may_revert(secretary, by_secretary)
    assert not permissions.may_revert(secretary, by_clerk)
    assert not permissions.may_revert(leader_of_all, by_clerk)


@pytest.fixture
def clerk_and_secretary(world):
    return make_user("vp", (RoleKind.SECRETARIAT, world.root)), make_user("bt", (RoleKind.CELL_SECRETARY, world.a))


@pytest.fixture
def leader_of_all(world):
    return make_user("ld", (RoleKind.LEADER, world.root))


def test_nobody_offers_revert_what_reaches_out_of_the_own_units(world, clerk_and_secretary):
    clerk, secretary = clerk_and_secretary
    spell = world.lan.spells.get()
    there = act_of(secretary, lambda: Spell.objects.filter(pk=spell.pk).update(unit=world.b))
    assert permissions.may_revert(clerk, there)
    assert not permissions.may_revert(secretary, there)
    back = act_of(secretary, lambda: Spell.objects.filter(pk=spell.pk).update(unit=world.a))
    assert not permissions.may_revert(secretary, back)


def test_nobody_offers_revert_what_was_written_about_accounts_or_nothing(world, readers):
    clerk, admin = readers[0], next(reader for reader in readers if reader.username == "admin")
    entries = act_of(admin, lambda: make_user("moi", (RoleKind.SECRETARIAT, world.root)))
    assert entries.exists()
    assert not permissions.may_revert(clerk, entries)
    assert not permissions.may_revert(admin, entries)
    assert not permissions.may_revert(clerk, Entry.objects.none())


def test_what_was_deleted_can_be_taken_back_by_who_keeps_everything(world, clerk_and_secretary):
    clerk, secretary = clerk_and_secretary
    person = make_member(world.a, "Bỏ")

    def remove():
        person.spells.all().delete()
        Member.objects.filter(pk=person.pk).delete()

    removed = act_of(clerk, remove)
    assert permissions.may_revert(clerk, removed)
    assert not permissions.may_revert(secretary, removed)


def test_the_log_of_access_shows_the_own_lines_and_those_of_the_own_people(commune, cell_a, cell_b):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    other = make_root("khac")
    people = {
        "clerk": make_user("clerk", (RoleKind.SECRETARIAT, commune)),
        "keeper": make_user("keeper", (RoleKind.ADMINISTRATOR, org)),
        "a": make_user("a", (RoleKind.CELL_SECRETARY, cell_a)),
        "b": make_user("b", (RoleKind.CELL_SECRETARY, cell_b)),
        "org": make_user("org", (RoleKind.LEADER, org)),
        "both": make_user("both", (RoleKind.CELL_SECRETARY, cell_a), (RoleKind.LEADER, other)),
        "none": make_user("none"),
    }
    for person in people.values():
        Access.objects.create(user=person, kind=AccessKind.OPENED, what="Đảng viên", address="/", rows=1)
    seen = {name: {line.user.username for line in permissions.accesses(person)} for name, person in people.items()}
    assert seen["clerk"] == {"clerk", "keeper", "a", "b", "org"}
    assert seen["keeper"] == {"keeper", "org"}
    assert seen["a"] == {"a"}
    assert seen["none"] == {"none"}


def test_reading_needs_one_statement(world, readers, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(permissions.readable(readers[2]))
