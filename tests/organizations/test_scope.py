"""Who sees and who edits what: every table with a link to a unit or a member passes the one door."""

from datetime import UTC, datetime

import pytest
from django.apps import apps

from assessments.choices import NilRegister
from assessments.models import Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from members.choices import Post
from members.membership import actions as membership
from members.models import (
    Admission,
    AdmissionTarget,
    Badge,
    Discipline,
    Exemption,
    FeeBasis,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    Member,
    MemberState,
    Planning,
    Position,
    Spell,
    Suspension,
    Training,
    Vacancy,
)
from organizations.choices import FactKind, Kind, RoleKind
from organizations.models import Ancestry, Document, Role, Unit, UnitEvent, UnitFact, UnitPeriod
from organizations.scope import SYSTEM, ScopedQuerySet
from organizations.tree_queries import find_unit
from organizations.units import actions as units
from reports.form_templates.models import Blank, BlankCell
from reports.narrative.models import ReportOutline, ReportTemplate
from reports.reporting_periods.closing.models import Closing, Frozen
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from tests.factories import clerk_of, make_member, make_person, make_root, make_unit, make_user
from tests.proofs import APPS, DAY

UNSCOPED = {
    Ancestry: "names units only, and is what the door itself asks",
    Role: "belongs to accounts, which administrators keep",
}


def linked_models():
    """Return the models with a link to a unit or a member, and those two."""
    found = [model for model in apps.get_models() if model._meta.app_label in APPS]
    own = {Unit, Member}
    return [model for model in found if own & {model, *(field.related_model for field in model._meta.fields)}]


SCOPED = [model for model in linked_models() if model not in UNSCOPED]
every_scoped_model = pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)


def seen(queryset):
    return set(queryset.values_list("pk", flat=True))


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_every_table_of_records_has_the_door(model):
    assert isinstance(model._default_manager.all(), ScopedQuerySet), f"{model.__name__} needs a scoped manager"


def test_what_is_exempt_exists_and_has_a_reason():
    assert set(UNSCOPED) <= set(linked_models())
    assert all(UNSCOPED.values())


def one_row_of_each(unit, member):
    """Return {model: a row} about `unit` or about `member`, who is in it."""
    about_unit, about_member = {"unit": unit}, {"member": member}
    period = ReportingPeriod(**about_unit, as_of=DAY, since=DAY, year=2025, due_on=DAY, opened_on=DAY)
    confirmed = {"user": make_user(f"confirms {unit.code}"), "at": datetime(2026, 1, 15, tzinfo=UTC)}
    period.save()
    closing = Closing.objects.create(period=period, number=1, closed_on=DAY, contents=b"")
    blank = Blank.objects.create(**about_unit, name="Biểu 12")
    rows = [
        period,
        Frozen(**about_unit, closing=closing, name="Chi bộ"),
        Confirmation(**about_unit, period=period, **confirmed),
        ReportTemplate(**about_unit, **confirmed),
        ReportOutline(**about_unit, **confirmed, code="nq21", name="Mẫu"),
        blank,
        BlankCell(blank=blank, of=unit, sheet="Biểu", row=1, column=1, text="x"),
        Document(**about_unit, number="01", kind="Nghị quyết", issued_on=DAY, subject="Mẫu"),
        UnitEvent(**about_unit, kind="renamed", day=DAY),
        Position(**about_unit, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", started_on=DAY),
        Admission(**about_member, **about_unit, closed_on=DAY),
        AdmissionTarget(**about_unit, year=2026, target=1),
        Badge(**about_member, years=30, awarded_on=DAY),
        Discipline(**about_member, form="warning", level="cell", violation="other", decided_on=DAY),
        Exemption(**about_member, kind="age_health", started_on=DAY),
        FeeBasis(**about_member, group="other", started_on=DAY),
        FeeReduction(**about_member, kind="exempt", ground="illness", started_on=DAY),
        Suspension(**about_member, level="committee", started_on=DAY),
        HandbookAbsence(**about_member, cause="other", source="Mẫu", started_on=DAY),
        Liaison(**about_member, source="Mẫu", started_on=DAY),
        MemberState(**about_member, started_on="2020-01-01", ended_on="2020-02-01"),
        Planning(**about_member, post="unit_leaders", term="2025-2030", approved_on=DAY),
        Training(**about_member, program="other", course="Lớp mẫu", level="commune", began_on=DAY),
        MemberRating(**about_member, year=2025, level="good", decided_on=DAY),
        UnitRating(**about_unit, year=2025, level="good", decided_on=DAY),
        FourGoods(**about_unit, year=2025),
        Meeting(**about_unit, held_on=DAY, kind="regular", expected=1, present=1),
        Case(**about_unit, kind="inspection", level="cell", subject="Mẫu", outcome="good", concluded_on=DAY),
        UnitDiscipline(**about_unit, form="warning", level="committee", violation="Mẫu", decided_on=DAY),
        UnitFact(**about_unit, kind=FactKind.AREA, value=5, source="Mẫu", started_on=DAY),
        Vacancy(**about_unit, post=Post.FRONT_HEAD, started_on=DAY),
        NilReturn(**about_unit, register=NilRegister.CASES, started_on=DAY, ended_on="2026-02-01", stated_by="Mẫu"),
    ]
    for row in rows:
        row.save()
    found = {type(row): row for row in rows}
    return found | {
        Unit: unit,
        UnitPeriod: unit.periods.get(),
        Member: member,
        Spell: Spell.objects.get(**about_member),
    }


@pytest.fixture
def rows(world):
    """A row of every scoped table in A and one in B: {model: (of A, of B)}."""
    in_a, in_b = one_row_of_each(world.a, world.lan), one_row_of_each(world.b, world.hoa)
    return {model: (in_a[model], in_b[model]) for model in in_a}


def test_every_scoped_table_is_tried(rows):
    assert set(rows) == set(SCOPED)


def accounts(unit_a):
    """Return {words: (account, sees A, sees B, edits A, edits B)}."""
    root = Unit.objects.get(code="xa")
    return {
        "clerk": (clerk_of(root), True, True, True, True),
        "secretary of A": (make_user("sa", (RoleKind.CELL_SECRETARY, unit_a)), True, False, True, False),
        "leader": (make_user("leader", (RoleKind.LEADER, root)), True, True, False, False),
        "leader of A": (make_user("la", (RoleKind.LEADER, unit_a)), True, False, False, False),
        "administrator": (make_user("admin", (RoleKind.ADMINISTRATOR, root)), False, False, False, False),
        "stranger": (make_user("stranger"), False, False, False, False),
        "leader and secretary of A": (
            make_user("both", (RoleKind.LEADER, root), (RoleKind.CELL_SECRETARY, unit_a)),
            True,
            True,
            True,
            False,
        ),
        "clerk who has left": (make_user("old", (RoleKind.SECRETARIAT, root), is_active=False), *[False] * 4),
        "the machine": (SYSTEM, True, True, True, True),
    }


SEEN_BY_EDITORS = {FeeBasis}
"""Records that hold an income: nobody sees them but who keeps them."""


@every_scoped_model
def test_everybody_sees_and_edits_what_the_role_says(model, rows):
    of_a, of_b = rows[model]
    for words, (user, sees_a, sees_b, edits_a, edits_b) in accounts(Unit.objects.get(code="a")).items():
        visible, editable = seen(model.objects.visible_to(user)), seen(model.objects.editable_by(user))
        found = (of_a.pk in visible, of_b.pk in visible, of_a.pk in editable, of_b.pk in editable)
        if model in SEEN_BY_EDITORS:
            sees_a, sees_b = edits_a, edits_b
        assert found == (sees_a, sees_b, edits_a, edits_b), words
        assert editable <= visible, words


def test_a_secretary_does_not_see_the_commune_above(secretary_a, commune, cell_a):
    assert seen(Unit.objects.visible_to(secretary_a)) == {cell_a.pk}


def test_units_beneath_beneath_are_seen(clerk, commune):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("nested", org)
    assert {commune.pk, org.pk, nested.pk} <= seen(Unit.objects.visible_to(clerk))


def test_two_communes_do_not_see_each_other(clerk, commune):
    other = make_root("khac")
    cell = make_unit("c", other)
    make_member(cell)
    assert not seen(Unit.objects.visible_to(clerk)) & {other.pk, cell.pk}
    assert not seen(Member.objects.visible_to(clerk))


@pytest.fixture
def moved_away(db):
    """A cell that moved from one commune to another, with a member, and the clerks of both."""
    province = make_root("tinh", kind=Kind.PROVINCE)
    old, new = (make_root(code, parent=province) for code in ("cu", "moi"))
    cell = make_unit("c", old)
    member = make_member(cell)
    units.move(unit=cell, parent=new, day=DAY)
    return cell, member, clerk_of(old, "old"), clerk_of(new, "new")


def test_a_cell_that_moved_away_stays_visible_to_its_former_superior(moved_away):
    cell, member, former, present = moved_away
    for user in (former, present):
        assert cell in Unit.objects.visible_to(user)
        assert member in Member.objects.visible_to(user)
        assert Spell.objects.visible_to(user).get().member == member
        assert UnitPeriod.objects.visible_to(user).filter(unit=cell).count() == 2


def test_a_cell_that_moved_away_is_edited_by_its_present_superior_only(moved_away):
    cell, member, former, present = moved_away
    assert cell in Unit.objects.editable_by(present)
    assert member in Member.objects.editable_by(present)
    assert cell not in Unit.objects.editable_by(former)
    assert member not in Member.objects.editable_by(former)


def test_a_member_who_moved_stays_visible_to_the_former_cell(secretary_a, secretary_b, cell_a, cell_b):
    member = make_member(cell_a)
    membership.transfer(member=member, to=cell_b, day=DAY)
    assert member in Member.objects.visible_to(secretary_a)
    assert member in Member.objects.editable_by(secretary_b)


def test_a_member_who_moved_is_not_edited_by_the_former_cell(secretary_a, cell_a, cell_b):
    member = make_member(cell_a)
    membership.transfer(member=member, to=cell_b, day=DAY)
    assert member not in Member.objects.editable_by(secretary_a)


def test_a_member_who_went_to_another_committee_stays_with_the_last_cell(secretary_a, cell_a):
    member = make_member(cell_a)
    membership.transfer_out(member=member, day=DAY)
    assert member in Member.objects.visible_to(secretary_a)


def test_a_person_of_no_unit_is_seen_by_the_machine_only(clerk):
    person = make_person()
    assert person not in Member.objects.visible_to(clerk)
    assert person in Member.objects.visible_to(SYSTEM)


def test_nobody_sees_a_row_twice(cell_a, cell_b, commune):
    user = make_user("two", *[(kind, unit) for kind in RoleKind for unit in (commune, cell_a)])
    member = make_member(cell_a)
    membership.transfer(member=member, to=cell_b, day=DAY)
    assert list(Member.objects.visible_to(user)) == [member]
    assert Unit.objects.visible_to(user).count() == 3


def test_a_unit_is_found_by_its_code_within_the_scope(clerk, secretary_a, stranger, cell_a, cell_b):
    assert find_unit("a", secretary_a) == find_unit("a", clerk) == find_unit("a", SYSTEM) == cell_a
    assert find_unit("b", secretary_a) is None
    assert find_unit("a", stranger) is None
    assert find_unit("khong-co", SYSTEM) is None


@every_scoped_model
def test_the_door_costs_one_query(model, rows, django_assert_num_queries):
    in_a, in_b = rows[model]
    secretary = make_user("sa", (RoleKind.CELL_SECRETARY, Unit.objects.get(code="a")))
    with django_assert_num_queries(1):
        found = list(model.objects.visible_to(secretary))
    assert in_a in found
    assert in_b not in found
