"""What a verb refuses is refused by whatever door it comes: the verb, the form, the workbook, plain SQL.

Every refusal in the verbs and models of records is found in the source: it is tried here, or it is of the act alone and
leaves no row that could be wrong. Where a door lets something through, that is told with its reason.
"""

import ast
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from assessments.models import Case, FourGoods, Meeting, MemberRating, NilReturn, UnitRating
from assessments.nil_returns.actions import state_nil
from assessments.ratings import actions as ratings
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision, create, error_message
from binhlu_portal.records.types import RECORD_TYPES
from members.admissions import actions as admissions
from members.choices import EndReason, Post
from members.discipline.actions import correct_discipline
from members.fees import actions as fees
from members.member_records import actions as facts
from members.membership import actions as membership
from members.models import (
    Admission,
    Badge,
    Discipline,
    Exemption,
    FeeBasis,
    FeeReduction,
    HandbookAbsence,
    Member,
    MemberState,
    Planning,
    Position,
    Spell,
    Suspension,
    Training,
    Vacancy,
)
from members.positions import actions as positions
from organizations.choices import Kind, Sector
from organizations.models import Document, Unit, UnitFact, UnitPeriod
from organizations.units import actions as units
from tests.binhlu_portal.spreadsheets.books import Book, mark_of
from tests.factories import START, admit, clerk_of, leave_party, make_member, make_person
from tests.proofs import DAY, GONE, again, insert_by_sql, records
from tests.record_types import filled

DECISION = {"decision_number": "06-QĐ/ĐU", "decision_date": START}
EARLY = date(2025, 1, 5)


def struck_off(w):
    """Return somebody who was struck off."""
    member = make_member(w.b)
    leave_party(member, GONE, EndReason.STRUCK_OFF)
    return member


def stay(member, unit, day=DAY, **more):
    """Return a stay that begins on a day."""
    return Spell(**{"member": member, "unit": unit, "started_on": day, "start_reason": "transferred_in"} | more)


def post(unit, post, member):
    """Return a post that a member takes on the day."""
    return Position(unit=unit, post=post, member=member, started_on=DAY, **DECISION)


def exemption(member, day=DAY, **more):
    """Return an exemption for age."""
    return Exemption(**{"member": member, "kind": "age_health", "started_on": day} | more)


def relief(member, **more):
    """Return a relief of the fee of a year."""
    usual = {"kind": "exempt", "ground": "hardship", "started_on": DAY, "ended_on": date(2027, 1, 15)}
    return FeeReduction(**{"member": member} | usual | DECISION | more)


def measure(member, **more):
    """Return a disciplinary measure of the committee."""
    usual = {"form": "warning", "level": "committee", "violation": "other", "decided_on": DAY}
    return Discipline(**{"member": member} | usual | DECISION | more)


def meeting(unit, **more):
    """Return a meeting of one member."""
    return Meeting(**{"unit": unit, "held_on": DAY, "kind": "regular", "expected": 1, "present": 1} | more)


def case(unit, **more):
    """Return a case that ended well."""
    usual = {"kind": "inspection", "level": "cell", "subject": "Mẫu", "outcome": "good", "concluded_on": DAY}
    return Case(**{"unit": unit} | usual | more)


def rating(member, year=2025, day=DAY):
    """Return the rating of a member."""
    return MemberRating(member=member, year=year, level="good", decided_on=day)


def period(unit, parent, **more):
    """Return a cell of a village."""
    usual = {"name": "Chi bộ mẫu", "kind": Kind.SUBORDINATE_CELL, "sector": Sector.VILLAGE, "started_on": START}
    return UnitPeriod(**{"unit": unit, "parent": parent} | usual | more)


def installed(w):
    """Return Lan, who has the handbook."""
    Member.objects.filter(pk=w.lan.pk).update(handbook_installed_on=START)
    return again(w.lan)


LATE = date(2026, 2, 1)


def planning(member, step="approved", day=DAY):
    return Planning(member=member, post="unit_leaders", term="2025-2030", step=step, approved_on=day)


def said(row):
    """Save a row and return it."""
    row.save()
    return row


RULES = {
    "in no cell": lambda w: post(w.a, Post.COMMITTEE_MEMBER, w.thu),
    "looks after a unit from beside it": lambda w: post(w.b, Post.OVERSEER, w.lan),
    "on probation": lambda w: post(w.a, Post.COMMITTEE_MEMBER, admit(w.a, START).member),
    "held by another": lambda w: post(w.a, Post.SECRETARY, w.minh),
    "vacant while it is held": lambda w: Vacancy(unit=w.a, post=Post.SECRETARY, started_on=DAY),
    "a stay in no cell": lambda w: stay(w.thu, w.org),
    "a stay beside another": lambda w: stay(w.lan, w.b),
    "a stay of somebody put out": lambda w: stay(struck_off(w), w.a),
    "a unit beneath what does not suit it": lambda w: period(w.bare, w.a),
    "a unit beneath itself": lambda w: period(w.bare, w.bare),
    "a pair of kind and sector that is none": lambda w: period(w.bare, w.root, kind=Kind.GRASSROOTS_CELL),
    "a day on which the unit is not": lambda w: Document(
        unit=w.gone, number="01", kind="Nghị quyết", issued_on=GONE, subject="Mẫu"
    ),
    "a part of a person": lambda w: UnitFact(
        unit=w.a, kind="population", value=Decimal("5.5"), source="Mẫu", started_on=START
    ),
    "a candidate who is a member": lambda w: Admission(member=w.lan, unit=w.a, listed_on=DAY),
    "an admission by a later decision": lambda w: Admission(
        member=make_person(), unit=w.a, ceremony_on=START, decision_number="01", decision_date=DAY
    ),
    "an admission too young": lambda w: Admission(
        member=make_person(born_on="2010-01-05"), unit=w.a, ceremony_on=DAY, decision_number="01", decision_date=DAY
    ),
    "an admission of a member": lambda w: Admission(
        member=w.lan, unit=w.a, ceremony_on=DAY, decision_number="01", decision_date=DAY
    ),
    "an exemption of somebody who is not here": lambda w: exemption(w.thu),
    "a second exemption meanwhile": lambda w: exemption(said(exemption(w.lan, START)).member),
    "a fact that ends before it begins": lambda w: exemption(w.lan, ended_on=START),
    "levels beside others": lambda w: MemberState(member=w.lan, started_on=EARLY, theory="elementary"),
    "a basis without income": lambda w: FeeBasis(member=w.lan, group="salary", started_on=DAY),
    "an income of nobody": lambda w: FeeBasis(member=w.lan, group="other", income=5, started_on=DAY),
    "a basis before another": lambda w: FeeBasis(
        member=said(FeeBasis(member=w.lan, group="other", started_on=DAY)).member, group="other", started_on=START
    ),
    "a hardship for ever": lambda w: relief(w.lan, ended_on=OPEN),
    "a hardship that lasts too long": lambda w: relief(w.lan, ended_on=date(2028, 1, 15)),
    "half a fee where all is free": lambda w: relief(w.lan, ground="illness", kind="reduced_50"),
    "a ground of years that nobody has": lambda w: relief(w.lan, ground="years"),
    "no reason with the handbook": lambda w: HandbookAbsence(
        member=installed(w), cause="no_smartphone", started_on=DAY, source="Mẫu"
    ),
    "a course that ends before it begins": lambda w: Training(
        member=w.lan, program="digital", course="Lớp", level="commune", began_on=DAY, finished_on=START
    ),
    "a term that is none": lambda w: Planning(member=w.lan, post="unit_leaders", term="2030-2025", approved_on=DAY),
    "a review of what nobody approved": lambda w: planning(w.lan, "reviewed"),
    "a review after the end": lambda w: planning(
        said(planning(said(planning(w.lan)).member, "removed")).member, "reviewed", LATE
    ),
    "an approval after its review": lambda w: planning(said(planning(w.lan, "reviewed")).member, "approved", LATE),
    "an end before a review": lambda w: planning(
        said(planning(said(planning(w.lan, day=START)).member, "reviewed", LATE)).member, "removed"
    ),
    "a badge too early": lambda w: Badge(member=w.lan, years=30, awarded_on=DAY, **DECISION),
    "a measure that no cell decides": lambda w: measure(w.lan, form="dismissal", level="cell"),
    "a measure that nobody on probation suffers": lambda w: measure(admit(w.a, START).member, form="dismissal"),
    "a measure over before it begins": lambda w: measure(w.lan, expires_on=START),
    "an expulsion that leaves the stay": lambda w: measure(w.lan, form="expulsion"),
    "a second suspension meanwhile": lambda w: Suspension(
        member=said(Suspension(member=w.lan, level="committee", started_on=START)).member,
        level="committee",
        started_on=DAY,
        **DECISION,
    ),
    "a second rating of the year": lambda w: rating(said(rating(w.lan)).member),
    "a rating of nobody here": lambda w: rating(w.lan, 2024, date(2025, 1, 15)),
    "a rating decided too late": lambda w: rating(w.lan, 2025, date(2027, 1, 15)),
    "a second rating of the unit": lambda w: UnitRating(
        unit=said(UnitRating(unit=w.a, year=2025, level="good", decided_on=DAY)).unit,
        year=2025,
        level="good",
        decided_on=DAY,
    ),
    "a year in which the unit was not": lambda w: FourGoods(unit=w.a, year=2024, **DECISION),
    "a meeting of no cell": lambda w: meeting(w.org, expected=0, present=0),
    "a meeting of nobody": lambda w: meeting(w.a, expected=0, present=0),
    "a meeting to which nobody came": lambda w: meeting(w.a, present=0),
    "more present than expected": lambda w: meeting(w.a, present=2),
    "more expected than there are": lambda w: meeting(w.a, expected=9),
    "a case of somebody from elsewhere": lambda w: case(w.b, member=w.lan),
    "an outcome of another kind of case": lambda w: case(w.a, outcome="settled"),
    "nothing for ever": lambda w: NilReturn(unit=w.a, register="admissions", started_on=START, stated_by="Bí thư"),
    "a number that is none": lambda w: Member(full_name="Người Mẫu", gender="male", ethnicity="kinh", citizen_id="1"),
}
"""Rows that nobody may write."""

NOTHING_NEW = "a second time: nothing is written"

REFUSALS = {
    "members.models.position.Position.check_holder": ["in no cell"],
    "members.positions.actions.appoint": ["held by another"],
    "members.positions.actions.declare_vacant": ["vacant while it is held"],
    "members.membership.actions.check_cell": ["a stay in no cell"],
    "members.membership.actions.start": ["a stay beside another", "a stay of somebody put out"],
    "organizations.units.actions.check_place": ["a unit beneath what does not suit it"],
    "organizations.units.actions._check_change": ["a unit beneath itself", "a unit beneath what does not suit it"],
    "organizations.units.actions.check_pair": ["a pair of kind and sector that is none"],
    "organizations.units.actions.period_on": ["a day on which the unit is not"],
    "organizations.mixins.OfUnit.clean": ["a day on which the unit is not"],
    "organizations.models.facts.UnitFact.clean": ["a part of a person"],
    "members.models.admission.Admission.clean": ["a candidate who is a member"],
    "members.admissions.actions.list_candidate": ["a candidate who is a member"],
    "members.admissions.actions.admit": [
        "an admission by a later decision",
        "an admission too young",
        "an admission of a member",
    ],
    "members.models.member.OfMember.clean": ["an exemption of somebody who is not here"],
    "members.models.member.OncePerMember.clean": ["a second exemption meanwhile"],
    "members.member_records.actions.set_levels": ["levels beside others"],
    "members.models.fees.FeeBasis.clean": ["a basis without income", "an income of nobody"],
    "members.fees.actions.set_basis": ["a basis before another"],
    "members.models.fees.FeeReduction._check_length": ["a hardship that lasts too long"],
    "members.models.fees.FeeReduction.clean": ["half a fee where all is free"],
    "members.models.fees.FeeReduction._check_years": ["a ground of years that nobody has"] * 2,
    "members.models.handbook_and_residence.HandbookAbsence.clean": ["no reason with the handbook"],
    "members.models.member_records.Training.clean": ["a course that ends before it begins"],
    "members.models.member_records.Planning.clean": ["a term that is none"],
    "members.models.member_records.Planning._check_order": [
        "an approval after its review",
        "a review of what nobody approved",
        "a review after the end",
        "an end before a review",
    ],
    "members.models.member_records.Badge.clean": ["a badge too early"],
    "members.models.member_records.Badge.due_on": ["a badge too early"] * 3,
    "members.member_records.actions.award_badge": ["a badge too early"],
    "members.models.discipline.Discipline._check_level": ["a measure that no cell decides"],
    "members.models.discipline.Discipline._check_official": ["a measure that nobody on probation suffers"],
    "members.models.discipline.Discipline.clean": ["a measure over before it begins"],
    "members.discipline.actions.correct_discipline": ["an expulsion that leaves the stay"],
    "members.discipline.expulsion.correct": ["an expulsion that leaves the stay"],
    "assessments.ratings.actions.rate": ["a second rating of the year"],
    "assessments.models.ratings.MemberRating.clean": ["a rating of nobody here"],
    "assessments.ratings.actions.rate_many": ["a rating of nobody here"],
    "assessments.models.ratings.check_decided": ["a rating decided too late"],
    "assessments.ratings.actions.rate_unit": ["a second rating of the unit"],
    "assessments.models.ratings.check_unit": ["a year in which the unit was not"],
    "assessments.ratings.actions.rate_many_units": ["a year in which the unit was not"],
    "assessments.models.unit_records.Meeting.clean": ["a meeting of no cell", "more present than expected"],
    "assessments.models.unit_records.Meeting.validate_constraints": [
        "a meeting of nobody",
        "more expected than there are",
        "a meeting to which nobody came",
    ],
    "assessments.models.unit_records.Case.clean": [
        "a case of somebody from elsewhere",
        "an outcome of another kind of case",
    ],
    "assessments.nil_returns.actions.state_nil": ["nothing for ever", NOTHING_NEW],
    "members.validators.validate_card_number": ["a number that is none"],
    "members.validators.validate_citizen_id": ["a number that is none"],
    "members.validators.validate_old_identity_number": ["a number that is none"],
    "members.validators.validate_profile_number": ["a number that is none"],
}
"""The refusals of each function, in its order, by the row that is refused for them."""

OF_THE_ACT = {
    "assessments.meetings.actions._numbers": "who was not expected is not absent: tests of attendance try it",
    "assessments.meetings.actions.correct_meeting": "what the names say is not typed: tests of attendance try it",
    "members.roster_import.new_units.found": "where a file founds a unit it asks first: tests of new units try it",
    "members.secretary_accounts.actions.open_all": "who has an account gets no second one: tests of accounts try it",
    "members.secretary_accounts.actions.print_anew": "who has a password needs no start code: tests of accounts try it",
    "assessments.ratings.actions._write": "a mark that is none; a mark without its day",
    "members.change_reports.actions._go_on": "what is closed goes on no more",
    "members.change_reports.rules._in_the_cell": "no file brings reports: tests of reports try every kind",
    "members.change_reports.rules._moves": "no file brings reports: tests of reports try every kind",
    "members.change_reports.rules._leaves_post": "no file brings reports: tests of reports try every kind",
    "members.change_reports.rules._is_not_so": "no file brings reports: tests of reports try every kind",
    "members.change_reports.actions.report_change": "the same twice: constraints of the report",
    "members.models.change_report.ChangeReport.clean": "no file brings reports: tests of reports try it",
    "members.admissions.actions.drop_candidate": "who is admitted or dropped is dropped no more",
    "members.admissions.actions.make_official": "who is official, or gone, or no member yet",
    "members.admissions.actions.record_course": "what is said after a candidate was dropped or admitted",
    "members.admissions.entry._check_probation": "how long probation lasts is dated: tests of admissions try it",
    "members.admissions.readmission.check_readmission": "who may come back is dated: tests of admissions try it",
    "members.discipline.actions.discipline": "an expulsion is not asked for an end",
    "members.discipline.actions.end_suspension": "what has ended ends no more",
    "members.discipline.expulsion.restore": "who was put out is restored: see a stay of somebody put out",
    "members.discipline.expulsion.take_back": "what others rest on is not taken back",
    "members.duplicates.actions._refuse_other_stay": "two stays at once: see a stay beside another",
    "members.positions.actions.replace_holder": "nobody is replaced by himself",
    "members.duplicates.actions.merge": "one record is not merged into itself, nor into that of somebody else",
    "members.duplicates.actions.state_distinct": "the same person twice, or the same pair: constraints of the pair",
    "members.member_records.actions.correct_levels": "see levels beside others",
    "members.member_records.actions.end_exemption": "what has ended ends no more",
    "members.membership.actions.end": "what has ended ends no more; posts end with the stay",
    "members.membership.actions.end_membership": "which form writes what",
    "members.membership.actions.open_spell": "nobody leaves on the day of coming",
    "members.membership.actions.current_spell": "nobody leaves who is not here",
    "members.membership.actions.receive": "who came with the unit came on its day: a check of the records tells it",
    "members.membership.actions.transfer": "nobody moves to where they are",
    "members.positions.actions.check_ends": "what has ended ends no more, nor on the day on which it began",
    "members.restructuring.actions._close": "posts that begin later: see unit_outlived_by_people in the triggers",
    "members.restructuring.actions._hand_on_candidates": "where candidates go is asked by the act",
    "members.restructuring.actions._move": "stays that begin later, as above",
    "members.restructuring.corrections._check": "an end that is none is not put right",
    "members.restructuring.corrections._move_rows": "what is recorded between two ends, as above",
    "members.restructuring.corrections._move_stay": "who has gone on since, as above",
    "members.restructuring.corrections._move_stays": "who came or went between two ends, as above",
    "members.restructuring.corrections.correct_end": "an end without its event",
    "members.restructuring.actions.dissolve": "where members go is asked by the act",
    "members.restructuring.actions.merge": "what the act is about",
    "members.restructuring.actions.split": "what the act is about",
    "organizations.units.actions._change": "what is so already, and the order of changes: periods share no day",
    "organizations.units.actions.close": "the order of changes; units beneath: see unit_outlived in the triggers",
}
"""Refusals that leave no row which could be wrong: what there is left to do, in which order, by which form."""

VERBS = {
    "held by another": lambda w, row: positions.appoint(unit=row.unit, post=row.post, member=row.member, day=DAY),
    "vacant while it is held": lambda w, row: positions.declare_vacant(unit=row.unit, post=row.post, day=DAY),
    "a stay in no cell": lambda w, row: transfer_in(row),
    "a stay beside another": lambda w, row: transfer_in(row),
    "a stay of somebody put out": lambda w, row: transfer_in(row),
    "a unit beneath what does not suit it": lambda w, row: establish(row),
    "a unit beneath itself": lambda w, row: units.move(unit=w.org, parent=w.nested, day=DAY),
    "a pair of kind and sector that is none": lambda w, row: establish(row),
    "a candidate who is a member": lambda w, row: admissions.list_candidate(member=row.member, unit=row.unit, day=DAY),
    "an admission by a later decision": lambda w, row: admit_by(row),
    "an admission too young": lambda w, row: admit_by(row),
    "an admission of a member": lambda w, row: admit_by(row),
    "levels beside others": lambda w, row: facts.set_levels(member=row.member, day=row.started_on, theory="elementary"),
    "a basis before another": lambda w, row: fees.set_basis(member=row.member, day=row.started_on, group=row.group),
    "an expulsion that leaves the stay": lambda w, row: correct_discipline(row=said(measure(w.lan)), form="expulsion"),
    "a second rating of the year": lambda w, row: ratings.rate(
        member=row.member, year=2025, decided_on=DAY, level="good"
    ),
    "a second rating of the unit": lambda w, row: ratings.rate_unit(
        unit=row.unit, year=2025, decided_on=DAY, level="good"
    ),
    "nothing for ever": lambda w, row: state_nil(
        unit=row.unit, registers=[row.register], started_on=START, ended_on=OPEN, stated_by="Bí thư"
    ),
}
"""The verbs that refuse more than the model itself."""


def transfer_in(row):
    """Write a stay by its verb."""
    return membership.transfer_in(member=row.member, unit=row.unit, day=row.started_on)


def establish(row):
    """Found another unit as a period tells it."""
    told = {"kind": row.kind, "sector": row.sector, "parent": row.parent, "day": row.started_on}
    return units.establish(code="khac", name=row.name, **told)


def admit_by(row):
    """Write an admission by its verb."""
    decision = Decision(row.decision_number, row.decision_date)
    return admissions.admit(member=row.member, unit=row.unit, day=row.ceremony_on, decision=decision)


def values(row):
    """Return what is said of a row, {name of the field: value}."""
    fields = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    told = {field.name: getattr(row, field.name) for field in fields}
    return {name: value for name, value in told.items() if value not in ("", None, False, OPEN)}


def by_verb(rule, world, row, client):
    if rule in VERBS:
        return VERBS[rule](world, row)
    return create(type(row), **values(row))


def by_form(rule, world, row, client):
    code = next((code for code, kind in RECORD_TYPES.items() if kind.model is type(row) and kind.add_form), None)
    if code is None:
        return by_verb(rule, world, row, client)  # its form is the own one of the verb
    client.force_login(clerk_of(world.root))
    address = reverse("record-add", args=[code])
    typed = {name: typed_as(value) for name, value in values(row).items()}
    if isinstance(row, NilReturn):
        typed["registers"] = [typed.pop("register")]
    page = client.post(address, filled(client, address) | typed)
    assert page.status_code in (200, 302)
    if page.status_code == 200:
        raise ValidationError(page.context["form"].errors.as_text())


def typed_as(value):
    """Return a value as it is typed into a form."""
    if isinstance(value, models.Model):
        return value.code if isinstance(value, Unit) else value.pk
    return told_as(value)


def told_as(value):
    """Return a day as people write it, and another value as it is."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value).replace(".", ",")


def by_workbook(rule, world, row, client):
    clerk = clerk_of(world.root)
    book = Book.of(clerk) if rule in VERBS else Book()  # what is refused beside another row stands beside it
    book.add(type(row), **{name: in_workbook(row, name, value) for name, value in values(row).items()})
    if faults := book.bring(clerk).faults:
        raise ValidationError([fault.message for fault in faults])


def in_workbook(row, name, value):
    """Return a value as it stands in the workbook."""
    if isinstance(value, models.Model):
        return value.code if isinstance(value, Unit) else mark_of(value)
    return getattr(row, f"get_{name}_display")() if row._meta.get_field(name).choices else told_as(value)


def by_sql(rule, world, row, client):
    if isinstance(row, Member):
        row.refresh_keys()
    insert_by_sql(row)


DOORS = {"verb": by_verb, "form": by_form, "workbook": by_workbook, "sql": by_sql}

OUTSIDE = {
    ("looks after a unit from beside it", "sql"): "who writes in bulk may write the seat above later",
    ("on probation", "sql"): "how long probation lasts is dated, which a rule of the table cannot ask",
    ("a stay of somebody put out", "sql"): "which stay came before is known when all are written: an agreement",
    ("a candidate who is a member", "sql"): "as above",
    ("an admission too young", "sql"): "the least age is dated",
    ("an admission of a member", "sql"): "admission and stay tell of one act: an agreement",
    ("an exemption of somebody who is not here", "sql"): "a fact may be older than the stay here",
    ("a hardship that lasts too long", "sql"): "how long it lasts is dated",
    ("a ground of years that nobody has", "sql"): "how many years is dated",
    ("no reason with the handbook", "sql"): "the card may be put right later",
    ("a review of what nobody approved", "sql"): "plannings move row by row when two records are one: a check tells it",
    ("a review after the end", "sql"): "as above",
    ("an approval after its review", "sql"): "as above",
    ("an end before a review", "sql"): "as above",
    ("a badge too early", "sql"): "who may have it earlier is dated",
    ("a measure that nobody on probation suffers", "sql"): "the card may be put right later",
    ("an expulsion that leaves the stay", "form"): "the form ends the stay too",
    ("an expulsion that leaves the stay", "sql"): "measure and stay tell of one act: an agreement",
    ("nothing for ever", "form"): "the form asks for no day: it says until when itself",
}
"""Where a rule does not reach, and why."""


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("rule", RULES)
def test_what_a_verb_refuses_is_refused_at_every_door(rule, door, world, client):
    row = RULES[rule](world)
    for name in ("member", "unit", "parent"):
        if getattr(row, f"{name}_id", None):
            setattr(row, name, again(getattr(row, name)))
    before = records()[row._meta.label]
    if (rule, door) in OUTSIDE:
        with transaction.atomic():
            DOORS[door](rule, world, row, client)
            transaction.set_rollback(True)
        return
    with pytest.raises((ValidationError, IntegrityError)) as caught, transaction.atomic():
        DOORS[door](rule, world, row, client)
    told = error_message(caught.value) if isinstance(caught.value, IntegrityError) else " ".join(caught.value.messages)
    assert "Cơ sở dữ liệu không nhận" not in told
    assert rule in VERBS or records()[row._meta.label] == before


def refusals():
    """Return how often each function of the records refuses, {path of the function: times}."""
    found = Counter()
    for app in ("organizations", "members", "assessments"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if {"forms", "forms.py", "grid.py", "migrations", "account_management"}.isdisjoint(path.parts):
                module = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
                found.update(raises(ast.parse(path.read_text()), module))
    return found


def raises(node, name):
    """Yield the path of the function around each refusal in a part of a module."""
    for child in ast.iter_child_nodes(node):
        inner = f"{name}.{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else name
        if isinstance(child, ast.Raise) and getattr(getattr(child.exc, "func", None), "id", "") in (
            "Refusal",
            "ValidationError",
        ):
            yield name
        yield from raises(child, inner)


def test_every_refusal_is_tried_here_or_is_of_the_act():
    found = refusals()
    assert found.keys() == REFUSALS.keys() | OF_THE_ACT.keys()
    for name, rules in REFUSALS.items():
        assert len(rules) == found[name], name
        assert {*rules} <= RULES.keys() | {NOTHING_NEW}, name
