"""Who sees and who edits what: every table with a link to a unit or a member passes the one door."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from assessments.choices import NilRegister
from assessments.models import Absence, Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from binhlu_portal.dates.validity import OPEN
from members.choices import Post
from members.membership import actions as membership
from members.models import (
    Admission,
    AdmissionTarget,
    Badge,
    ChangeReport,
    Discipline,
    DistinctPair,
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
from members.models.distinct_pair import in_order
from members.models.scope import MemberFactQuerySet
from members.restructuring import actions as restructuring
from organizations.choices import Kind, RoleKind
from organizations.fact_kinds import FactKind
from organizations.models import Ancestry, Document, Role, Unit, UnitEvent, UnitFact, UnitPeriod
from organizations.scope import SYSTEM, ScopedQuerySet, holds_the_top, since_of
from organizations.tree_queries import find_unit
from organizations.units import actions as units
from reports.form_templates.models import Blank, BlankCell
from reports.narrative.models import ReportOutline, ReportTemplate
from reports.reporting_periods.closing.models import Closing, Frozen
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from tests.factories import clerk_of, make_member, make_person, make_root, make_unit, make_user
from tests.proofs import APPS, DAY, GONE

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


def one_row_of_each(unit, member, day=DAY):
    """Return {model: a row of `day`} about `unit` or about `member`, who is in it; "of the last year" is of 2025."""
    about_unit, about_member, year = {"unit": unit}, {"member": member}, 2025 if day <= DAY else 2026
    twin = make_person()
    soon = {"started_on": day, "ended_on": day + timedelta(days=10)}
    period = ReportingPeriod(**about_unit, as_of=day, since=day, year=2025, due_on=day, opened_on=day)
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    confirmed = {"user": make_user(f"confirms {unit.code} {day}"), "at": at}
    period.save()
    MemberState.objects.filter(**about_member, ended_on=OPEN).update(ended_on=day)
    closing = Closing.objects.create(period=period, number=1, closed_on=day, contents=b"")
    blank = Blank.objects.create(**about_unit, name=f"Biểu {day}")
    rows = [
        period,
        Frozen(**about_unit, closing=closing, name="Chi bộ"),
        Confirmation(**about_unit, period=period, **confirmed),
        ReportTemplate(**about_unit, **confirmed),
        ReportOutline(**about_unit, **confirmed, code="nq21", name="Mẫu"),
        blank,
        BlankCell(blank=blank, of=unit, sheet="Biểu", row=1, column=1, text="x"),
        Document(**about_unit, number=f"{day}", kind="Nghị quyết", issued_on=day, subject="Mẫu"),
        UnitEvent(**about_unit, kind="renamed", day=day),
        Position(**about_unit, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", **soon),
        Admission(**about_member, **about_unit, closed_on=day),
        AdmissionTarget(**about_unit, year=year, target=1),
        Badge(**about_member, years=30 if day <= DAY else 40, awarded_on=day),
        Discipline(**about_member, form="warning", level="cell", violation="other", decided_on=day),
        Exemption(**about_member, kind="age_health", **soon),
        FeeBasis(**about_member, group="other", **soon),
        FeeReduction(**about_member, kind="exempt", ground="illness", **soon),
        Suspension(**about_member, level="committee", **soon),
        HandbookAbsence(**about_member, cause="other", source="Mẫu", **soon),
        Liaison(**about_member, source="Mẫu", **soon),
        MemberState(**about_member, **soon),
        Planning(**about_member, post="unit_leaders", term=f"{year}-2030", approved_on=day),
        Admission(member=twin, **about_unit, closed_on=day),
        ChangeReport(**about_member, **about_unit, kind="died" if day <= DAY else "resigned", reported_on=day),
        DistinctPair(**in_order(member, twin, day)),
        Training(**about_member, program="other", course="Lớp mẫu", level="commune", began_on=day),
        MemberRating(**about_member, year=year, level="good", decided_on=day),
        UnitRating(**about_unit, year=year, level="good", decided_on=day),
        FourGoods(**about_unit, year=year),
        Meeting(**about_unit, held_on=day, kind="regular", expected=1, present=1),
        Case(**about_unit, kind="inspection", level="cell", subject="Mẫu", outcome="good", concluded_on=day),
        UnitDiscipline(**about_unit, form="warning", level="committee", violation="Mẫu", decided_on=day),
        UnitFact(**about_unit, kind=FactKind.AREA, value=5, source="Mẫu", **soon),
        Vacancy(**about_unit, post=Post.FRONT_HEAD, **soon),
        NilReturn(**about_unit, register=NilRegister.CASES, **soon, stated_by="Mẫu"),
    ]
    for row in rows:
        row.save()
    meeting = next(row for row in rows if type(row) is Meeting)
    absent = {"member": unit.spells.on(day).first().member, "reason": "ill"}
    rows.append(Absence.objects.create(**absent, **about_unit, meeting=meeting, held_on=day))
    found = {type(row): row for row in rows}
    return found | {
        Unit: unit,
        UnitPeriod: unit.periods.latest("started_on"),
        Member: member,
        Spell: Spell.objects.filter(**about_member).latest("started_on"),
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


def reads_by_the_top(user):
    return Unit.objects.filter(holds_the_top(user)).exists()


def test_only_a_standing_unit_that_alone_was_ever_at_the_top_gives_everything(clerk, secretary_a, commune, cell_a):
    leader = make_user("lanh-dao", (RoleKind.LEADER, commune))
    keeper = make_user("quan-tri-khac", (RoleKind.ADMINISTRATOR, commune))
    assert [*map(reads_by_the_top, (clerk, leader, keeper, secretary_a))] == [True, True, False, False]
    clerk.is_active = False
    assert not reads_by_the_top(clerk)
    other = make_root("khac")
    assert not reads_by_the_top(leader)
    UnitPeriod.objects.filter(unit=other).update(ended_on=DAY)
    assert not reads_by_the_top(leader), "what was at the top once may hold rows that are nobody else's"


def test_whoever_holds_the_top_reads_what_belongs_to_a_unit_and_nobody_who_belongs_nowhere(clerk, cell_a):
    member, nowhere = make_member(cell_a), make_person("Không Ở Đâu")
    assert reads_by_the_top(clerk)
    assert seen(Member.objects.visible_to(clerk)) == {member.pk}
    assert nowhere.pk in seen(Member.objects.visible_to(SYSTEM))


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
    assert UnitPeriod.objects.visible_to(present).filter(unit=cell).count() == 2
    assert UnitPeriod.objects.visible_to(former).get(unit=cell).ended_on == DAY


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


LEFT = date(2026, 3, 1)
AFTER = date(2026, 5, 15)
IDENTITIES = {Unit, UnitPeriod, Member, Spell}
"""What stands before and after a day as such, and is tried by itself."""

facts = pytest.mark.parametrize("model", [model for model in SCOPED if model not in IDENTITIES], ids=str)
UNDATED = {Blank, BlankCell}
"""What a committee works with, which is of no day."""


def sees(user, model, *rows):
    """Return for each of the rows whether `user` sees it."""
    visible = seen(model.objects.visible_to(user))
    return tuple(row.pk in visible for row in rows)


@pytest.fixture
def transferred(world):
    """What is of the time before and after Minh went from A to B: {model: (before, after)}."""
    before = one_row_of_each(world.a, world.minh)
    membership.transfer(member=world.minh, to=world.b, day=LEFT)
    after = one_row_of_each(world.b, world.minh, AFTER)
    return {model: (before[model], after[model]) for model in before}


@pytest.fixture
def of_a(world):
    """The secretary of the cell A of the world."""
    return make_user("of a", (RoleKind.CELL_SECRETARY, world.a))


@pytest.fixture
def of_b(world):
    """The secretary of its cell B."""
    return make_user("of b", (RoleKind.CELL_SECRETARY, world.b))


@pytest.fixture
def clerk_above(world):
    """The clerk of its commune."""
    return clerk_of(world.root, "above")


@facts
def test_a_former_cell_reads_of_a_member_what_is_of_its_time(model, transferred, of_a, of_b, clerk_above):
    rows = transferred[model]
    about_member = issubclass(type(model._default_manager.all()), MemberFactQuerySet)
    earns = model in SEEN_BY_EDITORS
    assert sees(of_a, model, *rows) == (not earns, False)
    assert sees(of_b, model, *rows) == (about_member, True)
    assert sees(clerk_above, model, *rows) == (True, True)


@facts
def test_a_former_superior_reads_of_a_cell_what_is_of_its_time(model, moved_away):
    cell, member, former, present = moved_away
    before = one_row_of_each(cell, member, DAY - timedelta(days=30))[model]
    ReportingPeriod.objects.update(closed_on=AFTER)
    rows = before, one_row_of_each(cell, member, AFTER)[model]
    earns = model in SEEN_BY_EDITORS
    assert sees(former, model, *rows) == (not earns, model in UNDATED)
    assert sees(present, model, *rows) == (True, True)


@facts
def test_who_has_a_role_at_a_dissolved_cell_reads_its_past_only(model, commune, clerk):
    cell = make_unit("x", commune)
    member, secretary = make_member(cell), make_user("sx", (RoleKind.CELL_SECRETARY, cell))
    before = one_row_of_each(cell, member)[model]
    membership.transfer_out(member=member, day=LEFT)
    restructuring.dissolve(cell=cell, day=LEFT)
    other = make_unit("y", commune)
    make_member(other)
    after = one_row_of_each(other, member, AFTER)[model]
    assert sees(secretary, model, before, after) == (model not in SEEN_BY_EDITORS, False)
    assert sees(clerk, model, before, after) == (True, True)


@pytest.mark.parametrize(
    ("day", "a_sees", "b_sees"),
    [(LEFT - timedelta(days=1), True, True), (LEFT, False, True), (LEFT + timedelta(days=1), False, True)],
)
def test_the_day_of_moving_is_of_the_new_cell(world, of_a, of_b, day, a_sees, b_sees):
    membership.transfer(member=world.minh, to=world.b, day=LEFT)
    row = Badge.objects.create(member=world.minh, years=30, awarded_on=day)
    assert (sees(of_a, Badge, row), sees(of_b, Badge, row)) == ((a_sees,), (b_sees,))


@pytest.mark.parametrize("days", [-1, 0, 1, 400])
def test_who_went_to_another_committee_stays_with_the_last_cell_until_another_has_the_member(world, of_a, of_b, days):
    row = Badge.objects.create(member=world.thu, years=30, awarded_on=GONE + timedelta(days=days))
    assert sees(of_a, Badge, row) == (True,)
    membership.transfer_in(member=world.thu, unit=world.b, day=GONE + timedelta(days=200), came_from="Nơi khác")
    assert sees(of_a, Badge, row) == (days <= 0,)
    assert sees(of_b, Badge, row) == (True,)


def test_a_list_of_candidates_is_a_cell_until_it_is_closed(world, of_a, of_b):
    listed = world.mai.admissions.get()
    Admission.objects.filter(pk=listed.pk).update(closed_on=LEFT)
    rows = [
        Training(member=world.mai, program="other", course=str(day), level="commune", began_on=day)
        for day in (DAY, AFTER)
    ]
    for row in rows:
        row.save()
    assert sees(of_a, Training, *rows) == (True, True)  # nobody else has taken her up
    Admission.objects.create(member=world.mai, unit=world.b, listed_on=LEFT)
    assert sees(of_a, Training, *rows) == (True, False)
    assert sees(of_b, Training, *rows) == (True, True)


@every_scoped_model
def test_every_table_of_records_says_since_when_a_record_holds(model):
    assert bool(since_of(model)) == (model not in UNDATED | {Member, Closing})
