"""Every action happens whole or not at all, whatever fails in it and wherever."""

import importlib
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext

from assessments.choices import (
    AbsenceReason,
    CaseKind,
    CaseOutcome,
    MeetingKind,
    NilRegister,
    Rating,
    UnitDisciplineMeasure,
)
from assessments.meetings import actions as meetings
from binhlu_portal.accounts.models import Attempt, AttemptOutcome, Passkey
from binhlu_portal.audit.models import Submission
from binhlu_portal.audit.retention import RETENTIONS
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from binhlu_portal.db.derived import deriving
from members.change_reports.actions import report_change
from members.choices import (
    CourseLevel,
    DecidingLevel,
    DisciplineMeasure,
    EndReason,
    ExemptionKind,
    FeeGround,
    FeeGroup,
    FeeRelief,
    NoHandbookReason,
    PlanningPost,
    Post,
    Program,
    StartReason,
    Violation,
)
from members.discipline.actions import suspend
from members.member_records.actions import exempt, set_levels
from members.models import Spell
from members.restructuring import actions as restructuring
from organizations.choices import EventKind, Kept, Kind, RoleKind, Sector
from organizations.fact_kinds import FactKind
from organizations.models import Ancestry, Unit
from reports.beginning import sample
from reports.narrative.document import own_template
from reports.narrative.outline.actions import start_outline
from reports.narrative.outline.builtin import text_of
from reports.narrative.outline.queries import built_in
from reports.reporting_periods import actions as reporting_periods
from tests.factories import START, discipline, leave_party, make_member, make_person, make_unit, make_user
from tests.proofs import APPS, DAY, again, constraints, guards, records, refused, undone
from tests.reports.form_templates.factories import TABLE, keep, workbook_of

DECIDED = Decision("05-QĐ/ĐU", DAY)
NOW = datetime(2026, 1, 15, tzinfo=UTC)
NEW_UNIT = {"code": "moi", "name": "Chi bộ mới", "kind": Kind.SUBORDINATE_CELL, "sector": Sector.VILLAGE}


def expelled(world):
    """Return someone whose membership was ended by expulsion."""
    reason = {"end_reason": EndReason.EXPELLED, "start_reason": StartReason.ADMITTED}
    decided = {"end_decision_number": DECIDED.number, "end_decision_date": DECIDED.day}
    create(Spell, member=world.mai, unit=world.a, started_on=START, ended_on=DAY, **reason, **decided)
    return world.mai


def holder(world, **fields):
    """Return an account with two roles in the world."""
    return make_user("holder", (RoleKind.LEADER, world.a), (RoleKind.SECRETARIAT, world.a), **fields)


def keeper(world):
    """Return who keeps the accounts of the world, and has just proved it."""
    user = make_user("keeper", (RoleKind.ADMINISTRATOR, world.root))
    user.proof = "password"
    return user


def not_begun(world):
    """Return the secretary of a cell, who has but a start code."""
    user = make_user("begins", (RoleKind.CELL_SECRETARY, world.a))
    return change(user, start_code_expires_at=NOW)


CARD = {"full_name": "Người Mới", "gender": "female", "born_on": "1990-05-17", "ethnicity": "kinh"}
PERIOD = {"as_of": DAY, "since": START, "year": 2025, "due_on": DAY, "today": DAY}


def workbook(user):
    """Return what is given with a workbook that `user` sends."""
    return {"user": user, "now": NOW, "file_name": "mau.xlsx", "content": workbook_of(TABLE)}


def outline_in(w):
    return {"period": period(w), "user": holder(w), "now": NOW, "text": text_of("nq21")}


def another_outline(w):
    started = outline_in(w)
    start_outline(**started)
    return {"period": started["period"], "outline": "nq21"}


def another_file(world):
    """Return what is given with another file for a blank of the world."""
    user = holder(world)
    return {"blank": keep(world.root, user), **workbook(user)}


def period(world):
    """Return an open reporting period of the world."""
    return reporting_periods.open_period(unit=world.root, **PERIOD)


def confirmation(world):
    """Return what unit A has confirmed for an open period."""
    user = make_user("confirms", (RoleKind.SECRETARIAT, world.a))
    return reporting_periods.confirm(period=period(world), unit=world.a, user=user, now=NOW)


def reported(world):
    """Return a report of what the secretary of A knows of Lan."""
    return report_change(kind="died", member=world.lan, reported_on=DAY)


def attended(world):
    """Return what is said of a meeting of unit A from which one member was absent."""
    absent = [meetings.Absent(world.minh, AbsenceReason.ILL)]
    return {"unit": world.a, "day": DAY, "kind": MeetingKind.REGULAR, "absent": absent}


def merged(world):
    """Return a cell of the world that was merged into another one."""
    restructuring.merge(cells=[world.a], into=world.b, day=DAY, decision=DECIDED)
    return again(world.a)


def old_attempt():
    """Return an attempt to sign in that is older than any is kept."""
    when = datetime(2001, 1, 1, tzinfo=UTC)
    return Attempt.objects.create(at=when, name="x", address="10.0.0.1", outcome=AttemptOutcome.FAILED)


def retention_of(table):
    """Return how long the lines of a table are kept."""
    return next(one for one in RETENTIONS if one.table == table)


def without_ancestry(world):
    """Take a line away that follows from the tree."""
    with deriving():
        Ancestry.objects.filter(unit=world.nested, depth__gt=0).delete()
    return {}


def in_an_empty_portal(world):
    """Take everything away and return with what somebody begins."""
    sample.empty()
    committee = NEW_UNIT | {"kind": Kind.COMMUNE, "sector": Sector.COMMUNE, "day": DAY}
    return committee | {"full_name": "Lò Thị Mẫu", "username": "lothimau", "password": "nồi niêu xoong chảo"}


def in_the_sample(world):
    """Take the world for the sample, without anything that people have written."""
    type(world.root).objects.filter(pk=world.root.pk).update(is_sample=True)
    return {"user": None, "now": NOW}


CALLS = {
    "organizations.ancestry.derive": without_ancestry,
    "organizations.units.actions.establish": lambda w: NEW_UNIT | {"parent": w.root, "day": DAY},
    "organizations.units.actions.receive": lambda w: NEW_UNIT | {"parent": w.org, "day": DAY},
    "organizations.units.actions.rename": lambda w: {"unit": w.a, "name": "Tên mới", "day": DAY},
    "organizations.units.actions.move": lambda w: {"unit": w.a, "parent": w.org, "day": DAY},
    "organizations.units.actions.reclassify": lambda w: {
        "unit": w.a,
        "kind": Kind.GRASSROOTS_CELL,
        "sector": Sector.SCHOOL,
        "day": DAY,
    },
    "organizations.units.actions.split_off": lambda w: {"unit": w.a, "code": "moi", "name": "Chi bộ mới", "day": DAY},
    "organizations.units.actions.close": lambda w: {"unit": w.nested, "kind": EventKind.DISSOLVED, "day": DAY},
    "organizations.regulations.actions.issue_regulation": lambda w: {
        "subject": "fees",
        "started_on": date(2027, 1, 1),
        "kind": "Quy định",
        "number": "99-QĐ/TW",
        "title": "Mẫu",
        "issued_on": date(2026, 12, 1),
    },
    "organizations.regulations.actions.set_threshold": lambda w: {
        "code": "fees.relief_months",
        "started_on": date(2027, 1, 1),
        "low": 6,
        "source": "Mẫu",
    },
    "reports.beginning.actions.begin_committee": in_an_empty_portal,
    "reports.beginning.actions.leave_sample": in_the_sample,
    "organizations.retention.actions.dispose_of": lambda w: {
        "what": Kept.ATTEMPTS,
        "retention": retention_of(old_attempt()._meta.db_table),
        "today": DAY,
    },
    "organizations.retention.actions.note_disposal": lambda w: {
        "what": Kept.FILES,
        "before": START,
        "rows": 3,
        "today": DAY,
    },
    "organizations.regulations.actions.name_form": lambda w: {
        "form": "1",
        "started_on": date(2027, 1, 1),
        "title": "Mẫu",
        "source": "Mẫu",
    },
    "organizations.regulations.actions.exclude_pair": lambda w: {
        "kind": Kind.GRASSROOTS_CELL,
        "sector": Sector.WARD,
        "started_on": date(2027, 1, 1),
        "source": "Mẫu",
    },
    "organizations.facts.actions.state_fact": lambda w: {
        "unit": w.a,
        "kind": FactKind.AREA,
        "started_on": DAY,
        "value": 5,
        "source": "Mẫu",
    },
    "organizations.account_management.actions.open_account": lambda w: {
        "username": "moi",
        "full_name": "Người mới",
        "unit": w.a,
        "kind": RoleKind.LEADER,
        "now": NOW,
        "keeper": None,
    },
    "organizations.account_management.actions.rename": lambda w: {"user": holder(w), "full_name": "Tên mới"},
    "organizations.account_management.actions.give_role": lambda w: {
        "user": holder(w),
        "unit": w.b,
        "kind": RoleKind.LEADER,
        "keeper": None,
    },
    "organizations.account_management.actions.take_role": lambda w: {"role": holder(w).roles.first(), "keeper": None},
    "organizations.account_management.actions.close": lambda w: {"user": holder(w), "keeper": None},
    "organizations.account_management.actions.reopen": lambda w: {"user": holder(w, is_active=False)},
    "organizations.account_management.actions.give_start_code": lambda w: {"user": holder(w), "now": NOW},
    "organizations.account_management.actions.remove_second_factor": lambda w: {
        "user": change(holder(w), second_factor_at=NOW),
        "keeper": None,
    },
    "organizations.account_management.actions.unlock": lambda w: {"user": holder(w), "now": NOW},
    "members.secretary_accounts.actions.open_all": lambda w: {
        "units": [w.a],
        "keeper": keeper(w),
        "day": DAY,
        "now": NOW,
    },
    "members.secretary_accounts.actions.print_anew": lambda w: {
        "users": [not_begun(w)],
        "keeper": keeper(w),
        "now": NOW,
    },
    "members.membership.actions.receive": lambda w: {"member": w.mai, "unit": w.b, "day": START},
    "members.membership.actions.transfer_in": lambda w: {"member": w.mai, "unit": w.b, "day": DAY},
    "members.discipline.actions.restore": lambda w: {
        "member": expelled(w),
        "unit": w.b,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.membership.actions.transfer": lambda w: {"member": w.lan, "to": w.b, "day": DAY, "decision": DECIDED},
    "members.membership.actions.transfer_out": lambda w: {"member": w.lan, "day": DAY},
    "members.membership.actions.end_membership": lambda w: {"member": w.lan, "day": DAY, "reason": EndReason.DIED},
    "members.admissions.actions.list_candidate": lambda w: {"member": again(make_person()), "unit": w.a, "day": DAY},
    "members.admissions.actions.drop_candidate": lambda w: {"admission": w.candidacy, "day": DAY},
    "members.admissions.actions.admit": lambda w: {"member": w.mai, "unit": w.a, "day": DAY, "decision": DECIDED},
    "members.admissions.actions.make_official": lambda w: {"admission": w.admission},
    "members.admissions.actions.set_target": lambda w: {"unit": w.a, "year": 2026, "target": 2},
    "members.admissions.actions.list_newcomer": lambda w: CARD | {"unit": w.a, "day": DAY},
    "members.admissions.actions.correct_admission": lambda w: {
        "row": w.admission,
        "ceremony_on": w.admission.ceremony_on + timedelta(days=1),
    },
    "members.admissions.actions.record_course": lambda w: {"admission": w.candidacy, "day": DAY},
    "members.admissions.actions.set_targets": lambda w: {"year": 2026, "targets": {w.a: 2, w.b: 1}},
    "members.membership.actions.register_newcomer": lambda w: {
        "person": CARD,
        "levels": {"theory": "advanced"},
        "unit": w.a,
        "day": DAY,
        "way": StartReason.TRANSFERRED_IN,
    },
    "members.change_reports.actions.report_change": lambda w: {"kind": "died", "member": w.lan, "reported_on": DAY},
    "members.change_reports.actions.ask_back": lambda w: {"report": reported(w), "question": "Ngày nào?"},
    "members.change_reports.actions.answer_question": lambda w: {"report": reported(w), "answer": "Ngày 12."},
    "members.change_reports.actions.decline": lambda w: {"report": reported(w), "why": "Đã ghi.", "day": DAY},
    "members.change_reports.actions.withdraw": lambda w: {"report": reported(w), "day": DAY},
    "members.change_reports.actions.close": lambda w: {"report": reported(w), "day": DAY},
    "members.duplicates.actions.merge": lambda w: {"keep": w.lan, "other": w.mai},
    "members.duplicates.actions.state_distinct": lambda w: {"first": w.mai, "second": w.lan, "day": DAY},
    "members.restructuring.actions.merge": lambda w: {
        "cells": [w.a, w.nested],
        "into": w.b,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.restructuring.actions.split": lambda w: {
        "cell": w.a,
        "code": "moi",
        "name": "Chi bộ mới",
        "members": [w.lan, w.minh],
        "day": DAY,
    },
    "members.restructuring.actions.dissolve": lambda w: {"cell": w.b, "moves": {w.hoa: w.a}, "day": DAY},
    "members.restructuring.actions.dissolve_organization": lambda w: {"organization": w.org, "to": w.root, "day": DAY},
    "members.restructuring.corrections.correct_end": lambda w: {"unit": merged(w), "day": DAY - timedelta(days=1)},
    "members.member_records.actions.set_levels": lambda w: {"member": w.lan, "day": DAY, "theory": "advanced"},
    "members.positions.actions.appoint": lambda w: {
        "unit": w.b,
        "post": Post.SECRETARY,
        "member": w.hoa,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.positions.actions.declare_vacant": lambda w: {"unit": w.a, "post": Post.FRONT_HEAD, "day": DAY},
    "members.positions.actions.replace_holder": lambda w: {
        "position": w.secretary,
        "member": w.hoa,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.positions.actions.hand_over": lambda w: {
        "unit": w.a,
        "post": Post.SECRETARY,
        "member": w.hoa,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.positions.actions.relieve": lambda w: {"position": w.secretary, "day": DAY},
    "members.member_records.actions.exempt": lambda w: {"member": w.lan, "kind": ExemptionKind.AGE_HEALTH, "day": DAY},
    "members.member_records.actions.reduce_fee": lambda w: {
        "member": w.lan,
        "kind": FeeRelief.EXEMPT,
        "ground": FeeGround.HARDSHIP,
        "day": DAY,
        "until": date(2026, 7, 1),
        "decision": Decision("07-QĐ/ĐU", DAY),
    },
    "members.fees.actions.set_basis": lambda w: {
        "member": w.lan,
        "group": FeeGroup.PENSION,
        "income": 4_000_000,
        "day": DAY,
    },
    "members.member_records.actions.train": lambda w: {
        "member": w.lan,
        "program": Program.OTHER,
        "course": "Lớp mẫu",
        "level": CourseLevel.COMMUNE,
        "began_on": DAY,
    },
    "members.member_records.actions.plan": lambda w: {
        "member": w.lan,
        "post": PlanningPost.UNIT_LEADERS,
        "term": "2025-2030",
        "approved_on": DAY,
    },
    "members.member_records.actions.state_no_handbook": lambda w: {
        "member": w.lan,
        "cause": NoHandbookReason.NO_SMARTPHONE,
        "started_on": DAY,
        "source": "Mẫu",
    },
    "members.member_records.actions.introduce": lambda w: {"member": w.lan, "started_on": DAY, "source": "Mẫu"},
    "members.discipline.actions.discipline": lambda w: {
        "member": w.lan,
        "form": DisciplineMeasure.EXPULSION,
        "level": DecidingLevel.COMMITTEE,
        "violation": Violation.OTHER,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.discipline.actions.correct_discipline": lambda w: {
        "row": discipline(w.lan, DAY, "expulsion"),
        "decided_on": DAY - timedelta(days=1),
    },
    "members.discipline.actions.remove_discipline": lambda w: {"row": discipline(w.lan, DAY, "expulsion")},
    "members.discipline.actions.suspend": lambda w: {
        "member": w.lan,
        "level": DecidingLevel.COMMITTEE,
        "day": DAY,
        "decision": DECIDED,
    },
    "members.discipline.actions.end_suspension": lambda w: {
        "suspension": suspend(member=w.lan, level="committee", day=START, decision=DECIDED),
        "day": DAY,
    },
    "members.discipline.actions.correct_stay": lambda w: {
        "row": leave_party(w.lan, DAY, EndReason.EXPELLED),
        "end_decision_number": "06-QĐ/ĐU",
    },
    "members.member_records.actions.award_badge": lambda w: {
        "member": again(make_member(w.a, joined_on="1990-01-05", official_on="1991-01-05")),
        "years": 30,
        "awarded_on": DAY,
    },
    "members.member_records.actions.correct_levels": lambda w: {
        "state": set_levels(member=w.lan, day=DAY, theory="advanced"),
        "started_on": DAY - timedelta(days=1),
        "theory": "bachelor",
    },
    "members.member_records.actions.remove_levels": lambda w: {
        "state": set_levels(member=w.lan, day=DAY, theory="advanced")
    },
    "members.positions.actions.correct_position": lambda w: {
        "position": w.secretary,
        "post": Post.DEPUTY_SECRETARY,
        "started_on": START,
    },
    "members.member_records.actions.end_exemption": lambda w: {
        "exemption": exempt(member=w.lan, kind=ExemptionKind.AGE_HEALTH, day=START),
        "day": DAY,
    },
    "organizations.documents.actions.record_document": lambda w: {
        "unit": w.root,
        "number": "01-NQ/ĐU",
        "kind": "Nghị quyết",
        "issued_on": DAY,
        "subject": "Mẫu",
    },
    "assessments.ratings.actions.rate": lambda w: {
        "member": w.lan,
        "year": 2025,
        "decided_on": DAY,
        "level": Rating.GOOD,
    },
    "assessments.ratings.actions.rate_many": lambda w: {
        "year": 2025,
        "marks": {w.lan: Rating.GOOD, w.minh: Rating.FAIR},
        "decided_on": DAY,
    },
    "assessments.ratings.actions.rate_many_units": lambda w: {
        "year": 2025,
        "marks": {w.a: Rating.GOOD},
        "decided_on": DAY,
    },
    "assessments.ratings.actions.recognise_many": lambda w: {"year": 2025, "units": {w.a: True, w.b: True}},
    "assessments.ratings.actions.rate_unit": lambda w: {
        "unit": w.a,
        "year": 2025,
        "decided_on": DAY,
        "level": Rating.GOOD,
    },
    "assessments.ratings.actions.recognise_four_goods": lambda w: {"unit": w.a, "year": 2025},
    "assessments.meetings.actions.hold_meeting": lambda w: {
        "unit": w.a,
        "day": DAY,
        "kind": MeetingKind.REGULAR,
        "expected": 3,
        "present": 2,
    },
    "assessments.meetings.actions.hold_by_name": attended,
    "assessments.meetings.actions.correct_meeting": lambda w: {
        "meeting": meetings.hold_by_name(**attended(w)),
        "absent": [meetings.Absent(w.minh, AbsenceReason.FAR_AWAY)],
    },
    "assessments.meetings.actions.remove_meeting": lambda w: {"meeting": meetings.hold_by_name(**attended(w))},
    "assessments.nil_returns.actions.state_nil": lambda w: {
        "unit": w.a,
        "registers": [NilRegister.DISCIPLINE],
        "started_on": START,
        "ended_on": DAY,
        "stated_by": "Bí thư",
    },
    "assessments.inspections.actions.conclude_case": lambda w: {
        "unit": w.a,
        "kind": CaseKind.INSPECTION,
        "level": DecidingLevel.CELL,
        "subject": "Mẫu",
        "outcome": CaseOutcome.GOOD,
        "day": DAY,
    },
    "assessments.inspections.actions.discipline_unit": lambda w: {
        "unit": w.a,
        "form": UnitDisciplineMeasure.WARNING,
        "level": DecidingLevel.COMMITTEE,
        "violation": "Mẫu",
        "day": DAY,
    },
    "reports.reporting_periods.actions.open_period": lambda w: PERIOD | {"unit": w.root},
    "reports.reporting_periods.actions.cancel_period": lambda w: {"period": period(w)},
    "reports.reporting_periods.actions.confirm": lambda w: {
        "period": period(w),
        "unit": w.a,
        "user": holder(w),
        "now": NOW,
    },
    "reports.reporting_periods.actions.withdraw": lambda w: {"confirmation": confirmation(w)},
    "reports.reporting_periods.actions.accept": lambda w: {
        "confirmation": confirmation(w),
        "user": holder(w),
        "now": NOW,
    },
    "reports.reporting_periods.actions.accept_all": lambda w: {
        "period": confirmation(w).period,
        "user": holder(w),
        "now": NOW,
    },
    "reports.reporting_periods.actions.send_back": lambda w: {
        "confirmation": confirmation(w),
        "user": holder(w),
        "now": NOW,
        "reason": "thiếu một đảng viên",
    },
    "reports.reporting_periods.actions.set_signature": lambda w: {"period": period(w), "signer": "Người ký"},
    "reports.reporting_periods.actions.close_period": lambda w: {"period": period(w), "today": DAY},
    "reports.reporting_periods.actions.reopen": lambda w: {
        "user": None,
        "period": reporting_periods.close_period(period=period(w), today=DAY),
        "reason": "sửa số liệu",
    },
    "reports.narrative.actions.write_text": lambda w: {"period": period(w), "section": "IV.3", "text": "Mẫu."},
    "reports.narrative.actions.use_template": lambda w: {
        "period": period(w),
        "user": holder(w),
        "now": NOW,
        "name": "mau.docx",
        "content": own_template(built_in("nq21")),
    },
    "reports.narrative.actions.use_own_template": lambda w: {
        "period": period(w),
        "user": holder(w),
        "now": NOW,
    },
    "reports.narrative.outline.actions.use_outline": outline_in,
    "reports.narrative.outline.actions.start_outline": outline_in,
    "reports.narrative.outline.actions.use_builtin_outline": lambda w: {
        "period": period(w),
        "user": holder(w),
        "now": NOW,
    },
    "reports.narrative.outline.actions.follow_outline": another_outline,
    "reports.form_templates.actions.keep_blank": lambda w: {"unit": w.root, "name": "Biểu 12", **workbook(holder(w))},
    "reports.form_templates.actions.replace_file": another_file,
    "reports.form_templates.actions.bind": lambda w: {
        "blank": keep(w.root, holder(w)),
        "sheet": "Biểu",
        "row": 2,
        "column": 2,
        "text": "members.total",
    },
}


@cache
def every_action():
    """Return the verbs of all apps by their full names."""
    plain = action(lambda: None).__code__
    root = Path(settings.BASE_DIR)
    paths = [path for app in APPS for path in (root / app).rglob("*.py") if "@action" in path.read_text()]
    modules = [".".join(path.relative_to(root).with_suffix("").parts) for path in paths]
    return {
        f"{module}.{name}": value
        for module in modules
        for name, value in vars(importlib.import_module(module)).items()
        if getattr(value, "__code__", None) is plain and value.__module__ == module
    }


class Crash(Exception):
    """Stands for anything that can go wrong in the middle of an action."""


def crash_after(writes, patch):
    """Let the write number `writes` save or delete its rows and fail afterwards."""
    done = count(1)

    def crashing(write):
        def write_and_crash(self, *args, **kwargs):
            written = write(self, *args, **kwargs)
            if next(done) == writes:
                raise Crash
            return written

        return write_and_crash

    for owner, names in {Model: ("save", "delete"), QuerySet: ("bulk_create", "bulk_update", "delete")}.items():
        for name in names:
            patch.setattr(owner, name, crashing(getattr(owner, name)))


def test_every_action_is_tried():
    assert set(CALLS) == set(every_action())


@pytest.mark.parametrize("name", CALLS)
def test_an_action_that_fails_in_the_middle_leaves_nothing_half_written(name, world, monkeypatch):
    for writes in count(1):
        with undone(), monkeypatch.context() as patch:
            call = CALLS[name](deepcopy(world))
            before = records()
            crash_after(writes, patch)
            try:
                every_action()[name](**call)
            except Crash:
                assert records() == before
            else:
                assert records() != before
                break
    assert writes > 1


ADD_EACH_TIME = {
    "organizations.retention.actions.note_disposal",
    "organizations.account_management.actions.unlock",
    "members.admissions.actions.list_newcomer",
    "members.membership.actions.register_newcomer",
    "assessments.inspections.actions.conclude_case",
    "reports.narrative.actions.use_template",
    "reports.narrative.actions.use_own_template",
    "reports.narrative.outline.actions.use_outline",
    "reports.narrative.outline.actions.use_builtin_outline",
    "reports.form_templates.actions.replace_file",
}
"""Actions that decide on no row: each time they add one of its own, and a form sent twice is told by its token."""

ANEW_EACH_TIME = {
    "members.secretary_accounts.actions.print_anew",
    "organizations.account_management.actions.give_start_code",
    "reports.narrative.outline.actions.start_outline",
}
"""Actions that make something new to be used from now on: the last code opens the account."""


@pytest.mark.parametrize("name", sorted(CALLS.keys() - ANEW_EACH_TIME))
def test_an_action_done_again_from_rows_read_before_is_refused_or_changes_nothing(name, world):
    call = CALLS[name](world)
    stale = deepcopy(call)
    every_action()[name](**call)
    before = records()
    with suppress(ValidationError):
        every_action()[name](**stale)
    after = records()
    if name in ADD_EACH_TIME:
        after = {table: [row for row in rows if row in before[table]] for table, rows in after.items()}
    assert after == before


@action
def found_and_fail(*, error):
    """Write a row, then fail."""
    Unit.objects.create(code="do", started_on=START)
    raise error


@pytest.mark.parametrize("error", [Refusal("Không được."), ValidationError("Không được.")])
def test_a_refusal_keeps_its_words_and_leaves_nothing(db, error):
    with refused("Không được."):
        found_and_fail(error=error)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Trùng mã.\nCONTEXT: hàm nội bộ", "Trùng mã."),
        ("FOREIGN KEY constraint failed", "Cơ sở dữ liệu không nhận thay đổi này: FOREIGN KEY constraint failed"),
    ],
)
def test_what_the_database_refuses_becomes_a_refusal_in_its_first_line(db, said, told):
    before = records()
    with pytest.raises(Refusal) as caught:
        found_and_fail(error=IntegrityError(said))
    assert caught.value.messages == [told]
    assert records() == before


@action
def write_raw(*, row):
    """Write a row past its rules."""
    type(row).objects.bulk_create([row])


RULES = {
    (app, rule)
    for app in APPS[:3]
    for rule in importlib.import_module(f"tests.{app}.test_triggers").INSERTS
    if rule in guards()
}


@pytest.mark.parametrize(
    ("app", "rule"),
    sorted(RULES),
)
def test_a_rule_of_the_database_speaks_through_the_verb(world, app, rule):
    row = importlib.import_module(f"tests.{app}.test_triggers").INSERTS[rule](world)
    with refused(guards()[rule].message):
        write_raw(row=row)


OTHERS_SPEAK_FIRST = {"organizations_ancestry_no_cycle", "members_spell_one_open"}

CONSTRAINTS = {
    (app, rule)
    for app in APPS
    for rule in importlib.import_module(f"tests.{app}.test_triggers").INSERTS
    if rule in constraints() and rule not in OTHERS_SPEAK_FIRST
}


@pytest.mark.parametrize(("app", "rule"), sorted(CONSTRAINTS))
def test_a_constraint_speaks_through_the_verb_in_its_own_sentence(world, app, rule):
    row = importlib.import_module(f"tests.{app}.test_triggers").INSERTS[rule](world)
    row._state.adding = True
    with refused(str(constraints()[rule].violation_error_message)):
        write_raw(row=row)


TAKEN = {
    get_user_model(): lambda world: {"username": make_user("lan").username, "password": "x", "full_name": "Lan"},
    Unit: lambda world: {"code": world.a.code, "started_on": START},
    Submission: lambda world: {"token": UUID(int=1), "user": 1},
    Passkey: lambda world: {
        "user": get_user_model().objects.get(username="lan"),
        "credential_id": "x",
        "added_at": datetime(2026, 1, 15, tzinfo=UTC),
    },
}
"""For each model with a unique field a row whose value is taken."""


def with_unique_field():
    """Return the models of the portal that have a unique field."""
    found = [model for model in apps.get_models() if not model.__module__.startswith("django.")]
    return {model for model in found for field in model._meta.local_fields if field.unique and not field.primary_key}


def test_what_is_taken_is_told_in_vietnamese_at_a_form_and_by_the_database(world):
    assert TAKEN.keys() == with_unique_field()
    for model, make in TAKEN.items():
        row = model(**make(world))
        if model in (Submission, Passkey):
            model.objects.bulk_create([model(**TAKEN[model](world))])
        at_the_form = []
        for validate in (row.validate_unique, row.validate_constraints):
            try:
                validate()
            except ValidationError as error:
                at_the_form += error.messages
        with pytest.raises(Refusal) as by_the_database:
            write_raw(row=row)
        assert set(by_the_database.value.messages) <= set(at_the_form)
        assert not by_the_database.value.messages[0].isascii()


def test_every_constraint_has_a_sentence_of_its_own():
    for name, rule in constraints().items():
        said = str(rule.violation_error_message)
        assert said != str(type(rule).default_violation_error_message), name
        assert not said.isascii(), name


def test_an_error_of_the_program_stays_one(db):
    before = records()
    with pytest.raises(ZeroDivisionError):
        found_and_fail(error=ZeroDivisionError())
    assert records() == before


def test_an_action_takes_its_words_by_name_only(db):
    with pytest.raises(TypeError):
        every_action()["organizations.units.actions.close"](None)


def test_after_a_refusal_the_transaction_around_goes_on(db):
    with transaction.atomic():
        make_unit("truoc", None, kind=Kind.PROVINCE)
        with pytest.raises(Refusal):
            found_and_fail(error=IntegrityError("Trùng mã."))
        make_unit("sau", None, kind=Kind.PROVINCE)
    assert set(Unit.objects.values_list("code", flat=True)) == {"truoc", "sau"}


def test_a_decision_is_kept_in_two_fields():
    assert DECIDED.fields == {"decision_number": "05-QĐ/ĐU", "decision_date": DAY}
    assert NO_DECISION.fields == {"decision_number": "", "decision_date": None}


@pytest.mark.parametrize(
    ("code", "ended_on", "words"),
    [
        ("a", date.max, "đã tồn tại"),
        ("có dấu", date.max, "slug"),
        ("moi", START, "Ngày kết thúc phải sau ngày bắt đầu"),
    ],
)
def test_a_new_row_is_asked_all_its_rules(db, code, ended_on, words):
    make_unit("a", None, kind=Kind.PROVINCE)
    with refused(words):
        create(Unit, code=code, started_on=START, ended_on=ended_on)


def test_a_changed_row_is_asked_all_its_rules(db):
    unit = Unit.objects.create(code="a", started_on=START)
    with refused("Ngày kết thúc phải sau ngày bắt đầu."):
        change(unit, ended_on=START)


def test_a_constraint_is_told_in_its_own_sentence_and_the_transaction_goes_on(db, cell_a):
    spell = make_member(cell_a).spells.get()
    with transaction.atomic():
        with pytest.raises(ValidationError) as caught:
            change(spell, end_reason="died")
        assert caught.value.messages == [str(constraints()["members_spell_end_has_reason"].violation_error_message)]
        assert again(spell).end_reason == spell.end_reason == ""


def test_a_sound_row_is_saved_without_asking_for_its_constraints(db, cell_a):
    spell = make_member(cell_a).spells.get()
    with CaptureQueriesContext(connection) as asked:
        change(spell, decision_number="02-QĐ/ĐU")
    assert [query["sql"] for query in asked if "_check" in query["sql"]] == []


def test_a_change_writes_the_fields_it_names_and_no_others(db):
    unit = Unit.objects.create(code="a", started_on=START)
    Unit.objects.filter(pk=unit.pk).update(code="b")
    change(unit, ended_on=DAY)
    assert (again(unit).code, again(unit).ended_on) == ("b", DAY)
