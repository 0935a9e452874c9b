from datetime import date, timedelta
from functools import partial

import pytest

from binhlu_portal.dates.validity import OPEN
from members import choices
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
from organizations.models import UnitPeriod
from tests.factories import START, make_person, make_unit
from tests.proofs import DAY, GONE, again, broken, every_insert, every_update

BEFORE = START - timedelta(days=1)
LATER = date(2026, 6, 1)


def spell(member, unit, started_on=START, **fields):
    fields = {"start_reason": choices.StartReason.TRANSFERRED_IN} | fields
    return Spell(member=member, unit=unit, started_on=started_on, **fields)


def short_spell(member, unit, started_on, ended_on):
    return spell(member, unit, started_on, ended_on=ended_on, end_reason=choices.EndReason.TRANSFERRED_OUT)


def person(full_name="Người Khác", **fields):
    return Member(full_name=full_name, gender="female", ethnicity="thai", **fields)


def position(unit, post=choices.Post.SECRETARY, **fields):
    return Position(**{"unit": unit, "post": post, "started_on": DAY} | fields)


def vacancy(unit, post=choices.Post.VILLAGE_HEAD, **fields):
    return Vacancy(**{"unit": unit, "post": post, "started_on": DAY} | fields)


def headed_after_vacancy(unit):
    """Return a post taken on the day on which it was vacant no longer."""
    saved(vacancy(unit, ended_on=LATER))
    return saved(position(unit, choices.Post.VILLAGE_HEAD, holder_name="Người Ngoài", started_on=LATER))


def exemption(member, started_on=START, **fields):
    return Exemption(member=member, kind=choices.ExemptionKind.OTHER, started_on=started_on, **fields)


def fee(member, started_on=START, ended_on=DAY, **more):
    fields = {"kind": choices.FeeRelief.EXEMPT, "ground": choices.FeeGround.ILLNESS} | more
    return FeeReduction(member=member, started_on=started_on, ended_on=ended_on, **fields)


def basis(member, started_on=START, ended_on=DAY, **more):
    return FeeBasis(member=member, started_on=started_on, ended_on=ended_on, **{"group": "other"} | more)


def suspension(member, started_on=START, ended_on=DAY):
    return Suspension(member=member, level="committee", started_on=started_on, ended_on=ended_on)


def without_handbook(member, started_on=START, ended_on=DAY):
    fields = {"cause": "other", "source": "Mẫu", "started_on": started_on, "ended_on": ended_on}
    return HandbookAbsence(member=member, **fields)


def liaison(member, started_on=START, ended_on=DAY):
    return Liaison(member=member, source="Mẫu", started_on=started_on, ended_on=ended_on)


def change_report(member, unit, kind="died", **more):
    return ChangeReport(member=member, unit=unit, kind=kind, **{"reported_on": DAY} | more)


def newcomer_report(unit, newcomer="Lò Văn Mới", **more):
    return change_report(None, unit, "newcomer", newcomer=newcomer, **more)


def training(member, course="Lớp mẫu", **more):
    fields = {"program": choices.Program.OTHER, "level": "commune", "began_on": DAY} | more
    return Training(member=member, course=course, **fields)


def planning(member, term="2025-2030", **more):
    return Planning(member=member, post=choices.PlanningPost.UNIT_LEADERS, term=term, approved_on=DAY, **more)


def planning_step(member, term="2025-2030", *, step):
    return planning(member, term, step=step)


def discipline(member, decided_on=DAY, **more):
    form, level, violation = choices.DisciplineMeasure.WARNING, choices.DecidingLevel.CELL, choices.Violation.OTHER
    fields = {"form": form, "level": level, "violation": violation} | more
    return Discipline(member=member, decided_on=decided_on, **fields)


def pair(first, second):
    return DistinctPair(first=first, second=second, stated_on=DAY)


def by_key(*people):
    return sorted(people, key=lambda person: person.pk)


def again_stated(first, second):
    """Return the pair of two people of whom there is one."""
    saved(pair(first, second))
    return pair(first, second)


def two_pairs(first, second, third):
    """Return a pair of two people beside another, and what would make it the same."""
    saved(pair(first, second))
    return saved(pair(first, third)), {"second": second}


def badge(member, years=30):
    return Badge(member=member, years=years, awarded_on=DAY)


def saved(row):
    row.save()
    return row


def with_two(make, *, member, differing):
    """Save the same fact twice, the second time with one thing different; return the second."""
    saved(make(member))
    return saved(make(member, differing))


INSERTS = {
    "member_born_first": lambda w: person(born_on="1990-05", joined_on="1990-04-30"),
    "member_joined_first": lambda w: person(joined_on="2020-03", official_on="2020-02-28"),
    "member_enlisted_first": lambda w: person(enlisted_on="2020", discharged_on="2019-12"),
    "planning_term_of_years": lambda w: planning(w.lan, "2030-2025"),
    "discipline_of_level": lambda w: discipline(w.lan, form=choices.DisciplineMeasure.DISMISSAL),
    "discipline_expires_later": lambda w: discipline(w.lan, expires_on=START),
    "feebasis_has_income": lambda w: basis(w.lan, group=choices.FeeGroup.SALARY, ended_on=OPEN),
    "feereduction_of_ground": lambda w: fee(w.lan, kind=choices.FeeRelief.REDUCED_50),
    "feereduction_of_hardship_ends": lambda w: fee(w.lan, ground=choices.FeeGround.HARDSHIP, ended_on=OPEN),
    "training_finishes_later": lambda w: training(w.lan, finished_on=START),
    "position_from_a_cell": lambda w: position(w.b, member=w.mai),
    "members_member_citizen_id_once": lambda w: person(citizen_id="012345678901"),
    "members_member_card_number_once": lambda w: person(card_number="22222222"),
    "members_member_profile_number_once": lambda w: person(profile_number="012345L"),
    "members_memberstate_ends_after_start": lambda w: MemberState(member=w.minh, started_on=DAY, ended_on=DAY),
    "members_spell_ends_after_start": lambda w: short_spell(w.mai, w.a, DAY, DAY),
    "members_spell_end_has_reason": lambda w: spell(w.mai, w.a, ended_on=DAY),
    "members_spell_one_open": lambda w: spell(w.lan, w.b, DAY),
    "members_position_ends_after_start": lambda w: position(w.b, member=w.hoa, ended_on=DAY),
    "members_position_has_holder": lambda w: position(w.b),
    "members_exemption_ends_after_start": lambda w: exemption(w.lan, ended_on=START),
    "members_feebasis_ends_after_start": lambda w: basis(w.lan, ended_on=START),
    "members_feebasis_income_of_group": lambda w: basis(w.lan, group="student", income=1),
    "members_feereduction_ends_after_start": lambda w: fee(w.lan, ended_on=START),
    "members_training_once": lambda w: training(saved(training(w.lan)).member),
    "members_planning_once": lambda w: planning(saved(planning(w.lan)).member),
    "members_planning_removed_once": lambda w: planning_step(
        saved(planning_step(w.lan, step="removed")).member, step="removed"
    ),
    "members_planning_reviewed_once": lambda w: planning_step(
        saved(planning_step(w.lan, step="reviewed")).member, step="reviewed"
    ),
    "members_discipline_once": lambda w: discipline(saved(discipline(w.lan)).member),
    "members_badge_once": lambda w: badge(saved(badge(w.lan)).member),
    "members_distinctpair_in_order": lambda w: pair(w.lan, w.lan),
    "members_distinctpair_once": lambda w: again_stated(*by_key(w.lan, w.hoa)),
    "members_changereport_of_one": lambda w: change_report(None, w.a),
    "members_changereport_closed_on_a_day": lambda w: change_report(w.lan, w.a, state="done"),
    "members_changereport_says_what": lambda w: change_report(w.lan, w.a, state="asked"),
    "members_changereport_once": lambda w: change_report(saved(change_report(w.lan, w.a)).member, w.b),
    "members_changereport_newcomer_once": lambda w: newcomer_report(saved(newcomer_report(w.a)).unit),
    "changereport_in_life": lambda w: change_report(w.lan, w.gone),
    "members_admission_decided_first": lambda w: Admission(member=w.hoa, unit=w.a, ceremony_on=DAY),
    "members_admission_probation_first": lambda w: Admission(member=w.hoa, unit=w.a, official_on=DAY),
    "members_admission_official_by_decision": lambda w: Admission(
        member=w.hoa, unit=w.a, decision_date=GONE, ceremony_on=GONE, official_on=DAY, official_decided_on=GONE
    ),
    "members_admission_one_candidacy": lambda w: Admission(member=w.mai, unit=w.b),
    "members_admission_once_a_day": lambda w: Admission(member=w.son, unit=w.b, ceremony_on=START, decision_date=START),
    "members_admissiontarget_once": lambda w: AdmissionTarget(unit=saved(target(w)).unit, year=2026, target=1),
    "spell_no_overlap": lambda w: short_spell(w.thu, w.b, BEFORE + timedelta(days=2), GONE),
    "memberstate_no_overlap": lambda w: MemberState(member=w.lan, started_on=DAY),
    "exemption_no_overlap": lambda w: exemption(saved(exemption(w.lan)).member, DAY),
    "feebasis_no_overlap": lambda w: basis(saved(basis(w.lan)).member, GONE, LATER),
    "feereduction_no_overlap": lambda w: fee(saved(fee(w.lan)).member, GONE, LATER),
    "members_suspension_ends_after_start": lambda w: suspension(w.lan, ended_on=START),
    "suspension_no_overlap": lambda w: suspension(saved(suspension(w.lan)).member, GONE, LATER),
    "members_handbookabsence_ends_after_start": lambda w: without_handbook(w.lan, ended_on=START),
    "handbookabsence_no_overlap": lambda w: without_handbook(saved(without_handbook(w.lan)).member, GONE, LATER),
    "members_liaison_ends_after_start": lambda w: liaison(w.lan, ended_on=START),
    "liaison_no_overlap": lambda w: liaison(saved(liaison(w.lan)).member, GONE, LATER),
    "position_one_holder": lambda w: position(w.a, member=w.minh),
    "admission_in_life": lambda w: Admission(member=w.hoa, unit=w.gone, ceremony_on=DAY, decision_date=START),
    "spell_in_life": lambda w: spell(w.mai, w.gone),
    "spell_in_cell": lambda w: spell(w.mai, make_unit("trong", w.root, kind="party_organization")),
    "unitperiod_holds_no_members": lambda w: UnitPeriod(
        unit=saved(spell(w.mai, w.bare)).unit,
        started_on=START,
        name="Tên",
        kind="party_organization",
        sector="other",
        parent=w.root,
    ),
    "members_vacancy_ends_after_start": lambda w: vacancy(w.a, ended_on=DAY),
    "vacancy_no_overlap": lambda w: vacancy(saved(vacancy(w.a)).unit, started_on=LATER),
    "vacancy_of_nobody": lambda w: vacancy(w.a, choices.Post.SECRETARY),
    "position_not_vacant": lambda w: position(
        saved(vacancy(w.b)).unit, choices.Post.VILLAGE_HEAD, holder_name="Người Ngoài", started_on=LATER
    ),
    "vacancy_in_life": lambda w: vacancy(w.gone),
    "position_in_life": lambda w: position(w.gone, choices.Post.VILLAGE_HEAD, holder_name="Người Ngoài"),
}

UPDATES = {
    "discipline_of_level": lambda w: (saved(discipline(w.lan)), {"form": choices.DisciplineMeasure.DISMISSAL}),
    "discipline_expires_later": lambda w: (saved(discipline(w.lan)), {"expires_on": START}),
    "feebasis_has_income": lambda w: (saved(basis(w.lan, ended_on=OPEN)), {"group": choices.FeeGroup.SALARY}),
    "feereduction_of_ground": lambda w: (saved(fee(w.lan)), {"kind": choices.FeeRelief.REDUCED_50}),
    "feereduction_of_hardship_ends": lambda w: (
        saved(fee(w.lan, ended_on=OPEN)),
        {"ground": choices.FeeGround.HARDSHIP},
    ),
    "training_finishes_later": lambda w: (saved(training(w.lan)), {"finished_on": START}),
    "member_born_first": lambda w: (w.lan, {"born_on": "2011"}),
    "member_joined_first": lambda w: (w.lan, {"joined_on": "2011-02"}),
    "member_enlisted_first": lambda w: (saved(person(enlisted_on="2020")), {"discharged_on": "2019"}),
    "planning_term_of_years": lambda w: (saved(planning(w.lan)), {"term": "1-2"}),
    "position_from_a_cell": lambda w: (w.secretary, {"member": w.thu, "started_on": DAY}),
    "members_member_citizen_id_once": lambda w: (w.lan, {"citizen_id": "012345678901"}),
    "members_member_card_number_once": lambda w: (w.lan, {"card_number": "22222222"}),
    "members_member_profile_number_once": lambda w: (w.lan, {"profile_number": "012345L"}),
    "members_memberstate_ends_after_start": lambda w: (w.levels, {"ended_on": START}),
    "members_spell_ends_after_start": lambda w: (w.thu.spells.get(), {"ended_on": START}),
    "members_spell_end_has_reason": lambda w: (w.thu.spells.get(), {"end_reason": ""}),
    "members_spell_one_open": lambda w: (w.hoa.spells.get(), {"member": w.lan}),
    "members_position_ends_after_start": lambda w: (w.secretary, {"ended_on": START}),
    "members_position_has_holder": lambda w: (w.secretary, {"member": None}),
    "members_exemption_ends_after_start": lambda w: (saved(exemption(w.lan)), {"ended_on": START}),
    "members_feebasis_ends_after_start": lambda w: (saved(basis(w.lan)), {"ended_on": START}),
    "members_feebasis_income_of_group": lambda w: (saved(basis(w.lan)), {"income": 1}),
    "members_feereduction_ends_after_start": lambda w: (saved(fee(w.lan)), {"ended_on": START}),
    "members_training_once": lambda w: (
        with_two(training, member=w.lan, differing="Lớp khác"),
        {"course": "Lớp mẫu"},
    ),
    "members_planning_once": lambda w: (
        with_two(planning, member=w.lan, differing="2030-2035"),
        {"term": "2025-2030"},
    ),
    "members_planning_removed_once": lambda w: (
        with_two(partial(planning_step, step="removed"), member=w.lan, differing="2030-2035"),
        {"term": "2025-2030"},
    ),
    "members_planning_reviewed_once": lambda w: (
        with_two(partial(planning_step, step="reviewed"), member=w.lan, differing="2030-2035"),
        {"term": "2025-2030"},
    ),
    "members_discipline_once": lambda w: (with_two(discipline, member=w.lan, differing=GONE), {"decided_on": DAY}),
    "members_badge_once": lambda w: (with_two(badge, member=w.lan, differing=40), {"years": 30}),
    "members_changereport_of_one": lambda w: (saved(change_report(w.lan, w.a)), {"newcomer": "Lan"}),
    "members_changereport_closed_on_a_day": lambda w: (saved(change_report(w.lan, w.a)), {"closed_on": DAY}),
    "members_changereport_says_what": lambda w: (saved(change_report(w.lan, w.a)), {"state": "asked"}),
    "members_changereport_once": lambda w: (
        saved(change_report(w.minh, w.a)),
        {"member": saved(change_report(w.lan, w.a)).member},
    ),
    "members_changereport_newcomer_once": lambda w: (
        saved(newcomer_report(w.a, "Lò Văn Khác")),
        {"newcomer": saved(newcomer_report(w.a)).newcomer},
    ),
    "changereport_in_life": lambda w: (saved(change_report(w.lan, w.a)), {"unit": w.gone}),
    "members_distinctpair_in_order": lambda w: (
        saved(pair(*by_key(w.lan, w.hoa))),
        {"second": by_key(w.lan, w.hoa)[0]},
    ),
    "members_distinctpair_once": lambda w: two_pairs(*by_key(w.lan, w.hoa, w.mai)),
    "members_admission_decided_first": lambda w: (w.admission, {"decision_date": DAY}),
    "members_admission_probation_first": lambda w: (w.admission, {"official_on": START}),
    "members_admission_official_by_decision": lambda w: (w.admission, {"official_decided_on": DAY}),
    "members_admission_one_candidacy": lambda w: (
        saved(Admission(member=w.mai, unit=w.b, closed_on=DAY)),
        {"closed_on": None},
    ),
    "members_admission_once_a_day": lambda w: (
        saved(Admission(member=w.son, unit=w.b, ceremony_on=DAY, decision_date=START)),
        {"ceremony_on": START},
    ),
    "members_admissiontarget_once": lambda w: (
        saved(AdmissionTarget(unit=saved(target(w)).unit, year=2027, target=1)),
        {"year": 2026},
    ),
    "admission_in_life": lambda w: (
        saved(Admission(member=w.hoa, unit=w.a, ceremony_on=DAY, decision_date=START)),
        {"unit": w.gone},
    ),
    "spell_in_cell": lambda w: (w.hoa.spells.get(), {"unit": w.org}),
    "unitperiod_holds_no_members": lambda w: (w.a.periods.get(), {"kind": "party_organization"}),
    "spell_no_overlap": lambda w: (
        saved(short_spell(w.thu, w.b, GONE, DAY)),
        {"started_on": GONE - timedelta(days=1)},
    ),
    "memberstate_no_overlap": lambda w: (saved(MemberState(member=w.minh, started_on=DAY)), {"member": w.lan}),
    "exemption_no_overlap": lambda w: (saved(exemption(w.minh)), {"member": saved(exemption(w.lan)).member}),
    "feebasis_no_overlap": lambda w: (saved(basis(w.minh)), {"member": saved(basis(w.lan)).member}),
    "feereduction_no_overlap": lambda w: (saved(fee(w.minh)), {"member": saved(fee(w.lan)).member}),
    "members_suspension_ends_after_start": lambda w: (saved(suspension(w.lan)), {"ended_on": START}),
    "suspension_no_overlap": lambda w: (saved(suspension(w.minh)), {"member": saved(suspension(w.lan)).member}),
    "members_handbookabsence_ends_after_start": lambda w: (saved(without_handbook(w.lan)), {"ended_on": START}),
    "handbookabsence_no_overlap": lambda w: (
        saved(without_handbook(w.minh)),
        {"member": saved(without_handbook(w.lan)).member},
    ),
    "members_liaison_ends_after_start": lambda w: (saved(liaison(w.lan)), {"ended_on": START}),
    "liaison_no_overlap": lambda w: (saved(liaison(w.minh)), {"member": saved(liaison(w.lan)).member}),
    "position_one_holder": lambda w: (saved(position(w.b, member=w.hoa)), {"unit": w.a}),
    "spell_in_life": lambda w: (w.lan.spells.get(), {"unit": w.gone}),
    "members_vacancy_ends_after_start": lambda w: (saved(vacancy(w.a)), {"ended_on": DAY}),
    "vacancy_no_overlap": lambda w: (saved(vacancy(w.a)), {"unit": saved(vacancy(w.b)).unit}),
    "vacancy_of_nobody": lambda w: (saved(vacancy(w.b, choices.Post.SECRETARY)), {"unit": w.a}),
    "position_not_vacant": lambda w: (headed_after_vacancy(w.b), {"started_on": DAY}),
    "vacancy_in_life": lambda w: (saved(vacancy(w.a)), {"unit": w.gone}),
    "position_in_life": lambda w: (w.secretary, {"unit": w.gone}),
    "unit_outlived_by_members": lambda w: (without_periods(w.a), {"ended_on": DAY}),
}

ALSO = {"members_spell_one_open": ["spell_no_overlap"]}
"""Two open spells of one member overlap, so either rule may speak first."""


def target(world):
    return AdmissionTarget(unit=world.a, year=2026, target=3)


def without_periods(unit):
    """Take away what would forbid an early end before members are asked about."""
    unit.periods.all().delete()
    return unit


@every_insert
@pytest.mark.parametrize("rule", INSERTS)
def test_the_database_refuses_a_new_row_that_breaks(rule, insert, world):
    row = INSERTS[rule](world)
    with broken(rule, *ALSO.get(rule, [])):
        insert(row)


@every_update
@pytest.mark.parametrize("rule", UPDATES)
def test_the_database_refuses_a_change_that_breaks(rule, update, world):
    row, values = UPDATES[rule](world)
    with broken(rule, *ALSO.get(rule, [])):
        update(row, **values)


@every_update
def test_a_unit_may_not_end_while_a_post_is_held_there(update, world):
    world.a.spells.all().delete()
    with broken("unit_outlived_by_members"):
        update(without_periods(world.a), ended_on=DAY)


@every_insert
def test_nobody_belongs_to_a_cell_before_its_first_day(insert, world):
    with broken("spell_in_life"):
        insert(spell(world.mai, world.a, BEFORE))


def test_spells_that_follow_one_another_are_no_overlap(world):
    Spell.objects.bulk_create([spell(world.thu, world.b, GONE)])
    assert world.thu.spells.count() == 2


def test_a_committee_may_have_many_members(world):
    post = choices.Post.COMMITTEE_MEMBER
    Position.objects.bulk_create([position(world.a, post, member=person) for person in (world.lan, world.minh)])
    assert world.a.positions.filter(post=post).count() == 2


def test_people_without_numbers_do_not_share_one(db):
    make_person()
    assert again(make_person()).card_number == ""


def test_someone_outside_the_party_may_head_a_village_and_no_committee(world):
    Position.objects.bulk_create([position(world.a, choices.Post.VILLAGE_HEAD, holder_name="Người Ngoài")])
    with broken("members_position_has_holder"):
        Position.objects.bulk_create([position(world.b, choices.Post.SECRETARY, holder_name="Người Ngoài")])
