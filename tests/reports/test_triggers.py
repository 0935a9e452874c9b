from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from assessments.models import Absence, Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from binhlu_portal.dates.validity import OPEN
from members.choices import Education, EndReason, Post
from members.member_records import actions as member_records
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
from members.positions import actions as positions
from organizations.choices import Kind, RoleKind
from organizations.fact_kinds import FactKind
from organizations.models import (
    Ancestry,
    Disposal,
    Document,
    FormTitle,
    ImpossiblePair,
    Regulation,
    Role,
    Threshold,
    Unit,
    UnitEvent,
    UnitFact,
    UnitPeriod,
)
from organizations.units import actions as units
from reports.form_templates.models import Blank, BlankCell, BlankFile
from reports.narrative.models import ReportOutline, ReportTemplate, ReportText
from reports.reporting_periods.closing.locks import DATED
from reports.reporting_periods.closing.models import Closing, Frozen, FrozenFile
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from tests.factories import START, make_member, make_root, make_unit, make_user
from tests.proofs import APPS, DAY, GONE, broken, every_insert, every_update, records

AT = datetime(2026, 1, 20, tzinfo=UTC)
LATER = date(2026, 2, 1)
"""After the as-of day of the closed period of these tests."""


def period(unit, as_of=DAY, since=START, **fields):
    return ReportingPeriod(unit=unit, as_of=as_of, since=since, year=2025, due_on=DAY, opened_on=DAY, **fields)


def saved(row):
    row.save()
    return row


def confirmation(unit, of):
    return Confirmation(period=of, unit=unit, user=make_user(f"u{unit.code}", (RoleKind.LEADER, unit)), at=AT)


def confirmed(world):
    """Return a confirmation of A and its period."""
    return saved(confirmation(world.a, saved(period(world.root))))


def again(world):
    first = confirmed(world)
    return Confirmation(period=first.period, unit=first.unit, user=first.user, at=AT)


def two(world):
    first = confirmed(world)
    return saved(confirmation(world.b, first.period)), {"unit": world.a}


def closed(world):
    return saved(period(world.root, closed_on=DAY))


def closing(w):
    return saved(Closing(period=closed(w), number=1, closed_on=DAY, contents=b""))


def frozen(w):
    return saved(Frozen(closing=closing(w), unit=w.a, name="Chi bộ a"))


def frozen_file(w):
    return saved(FrozenFile(closing=closing(w), code="1B", name="bieu.xlsx", content=b""))


def report_template(w):
    user = make_user("mau", (RoleKind.SECRETARIAT, w.root))
    return saved(ReportTemplate(unit=w.root, user=user, at=AT, name="mau.docx", content=b"x"))


def report_outline(w):
    user = make_user("de cuong", (RoleKind.SECRETARIAT, w.root))
    return saved(ReportOutline(unit=w.root, user=user, at=AT, code="nq21", name="Mẫu", text="x"))


def blank_file(w):
    user = make_user("mau bieu", (RoleKind.SECRETARIAT, w.root))
    blank = saved(Blank(unit=w.root, name="Biểu 12"))
    return saved(BlankFile(blank=blank, user=user, at=AT, name="mau.xlsx", content=b"x", sheets=b"x"))


def blank_cell(w, **more):
    blank, _ = Blank.objects.get_or_create(unit=w.root, name="Biểu 12")
    return BlankCell(**{"blank": blank, "sheet": "Biểu", "row": 2, "column": 3, "text": "x"} | more)


def text(of):
    return ReportText(period=of, section="I.1", text="Mẫu")


def answered(w, **answer):
    row = confirmation(w.a, saved(period(w.root)))
    return set_(row, **{"answered_by": row.user, "answered_at": AT} | answer)


def set_(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def delete(row):
    """Delete a row past every rule but those of the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


def changeable(row, **values):
    """Take the rule away that keeps a frozen row from any change, so that its constraints are met; the test ends so."""
    table = row._meta.db_table
    name = f"{table.removeprefix('reports_')}_kept_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    return row, values


DECISION = {"decision_number": "01", "decision_date": LATER}


def held(world):
    """Return a meeting of A on the day, written down before the period is closed."""
    known = Meeting.objects.filter(unit=world.a, held_on=DAY, kind="thematic").first()
    return known or saved(Meeting(unit=world.a, held_on=DAY, kind="thematic", expected=2, present=1))


ROWS = {
    Unit: (None, {"started_on": date(2025, 6, 1)}),
    UnitPeriod: (lambda w: UnitPeriod(unit=w.bare, started_on=START, **PLACE, parent=w.root), {"name": "Khác"}),
    UnitEvent: (lambda w: UnitEvent(unit=w.a, kind="renamed", day=DAY), {"note": "khác"}),
    Document: (
        lambda w: Document(unit=w.a, number="01", kind="Nghị quyết", issued_on=DAY, subject="Mẫu"),
        {"issued_on": LATER},
    ),
    UnitFact: (
        lambda w: UnitFact(unit=w.a, kind=FactKind.AREA, value=5, source="Mẫu", started_on=DAY),
        {"source": "Khác"},
    ),
    Threshold: (lambda w: Threshold(code="mau", low=1, source="Mẫu", started_on=START), {"low": 2}),
    Spell: (lambda w: Spell(member=w.mai, unit=w.b, started_on=DAY, start_reason="transferred_in"), {"came_from": "X"}),
    Position: (
        lambda w: Position(unit=w.b, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", started_on=START),
        {"ended_on": DAY},
    ),
    Admission: (lambda w: Admission(member=w.lan, unit=w.a, closed_on=DAY), {"closed_on": LATER}),
    AdmissionTarget: (lambda w: AdmissionTarget(unit=w.a, year=2026, target=1), {"target": 2}),
    Member: (None, {"official_on": "2012-03"}),
    MemberState: (lambda w: MemberState(member=w.minh, started_on=START), {"job": "khác"}),
    Exemption: (lambda w: Exemption(member=w.lan, kind="other", started_on=DAY), {"kind": "age_health"}),
    FeeReduction: (
        lambda w: FeeReduction(member=w.lan, kind="exempt", ground="illness", started_on=START, ended_on=LATER),
        {"ended_on": DAY},
    ),
    Training: (
        lambda w: Training(member=w.lan, program="other", course="Lớp", level="commune", began_on=DAY),
        {"course": "Lớp khác"},
    ),
    Planning: (
        lambda w: Planning(member=w.lan, post="unit_leaders", term="2025-2030", approved_on=DAY),
        {"term": "2030-2035"},
    ),
    HandbookAbsence: (
        lambda w: HandbookAbsence(member=w.lan, cause="other", source="Mẫu", started_on=DAY),
        {"cause": "no_network"},
    ),
    Liaison: (lambda w: Liaison(member=w.lan, source="Mẫu", started_on=DAY), {"place": "khác"}),
    Suspension: (lambda w: Suspension(member=w.lan, level="committee", started_on=DAY), {"note": "khác"}),
    Discipline: (
        lambda w: Discipline(member=w.lan, form="warning", level="cell", violation="other", decided_on=DAY),
        {"decision_number": "09"},
    ),
    Badge: (lambda w: Badge(member=w.lan, years=30, awarded_on=DAY), {"awarded_on": LATER}),
    MemberRating: (
        lambda w: MemberRating(member=w.lan, year=2025, level="good", decided_on=LATER),
        {"level": "failed"},
    ),
    UnitRating: (lambda w: UnitRating(unit=w.a, year=2025, level="good", decided_on=LATER), {"level": "failed"}),
    FourGoods: (lambda w: FourGoods(unit=w.a, year=2025), {"year": 2027}),
    Meeting: (lambda w: Meeting(unit=w.a, held_on=DAY, kind="regular", expected=1, present=1), {"held_on": LATER}),
    Absence: (
        lambda w: Absence(meeting=held(w), member=w.lan, unit=w.a, held_on=DAY, reason="ill"),
        {"reason": "family"},
    ),
    Case: (
        lambda w: Case(unit=w.a, kind="inspection", level="cell", subject="Mẫu", outcome="good", concluded_on=DAY),
        {"subject": "khác"},
    ),
    NilReturn: (
        lambda w: NilReturn(unit=w.a, register="discipline", started_on=DAY, ended_on=LATER, stated_by="Bí thư"),
        {"started_on": LATER, "ended_on": date(2026, 3, 1)},
    ),
    Vacancy: (lambda w: Vacancy(unit=w.a, post="front_head", started_on=DAY), {"started_on": LATER}),
    UnitDiscipline: (
        lambda w: UnitDiscipline(unit=w.a, form="warning", level="committee", violation="Mẫu", decided_on=DAY),
        {"violation": "khác"},
    ),
}
"""For each dated model a row of the closed period, and a change of it that would touch that period."""

PLACE = {"name": "Chi bộ bare", "kind": Kind.SUBORDINATE_CELL, "sector": "village"}


def rule_of(model):
    return f"{model._meta.db_table}_closed"


def kept(model, world):
    """Return a row of the world's closed period that was written before it was closed."""
    make = ROWS[model][0]
    row = saved(make(world)) if make else {Unit: world.a, Member: world.lan}[model]
    closed(world)
    return row


def new_when_closed(model):
    def make(world):
        if model is Absence:
            held(world)
        closed(world)
        return ROWS[model][0](world)

    return make


def changed_when_closed(model):
    return lambda world: (kept(model, world), ROWS[model][1])


INSERTS = {
    "reports_reportingperiod_since_first": lambda w: period(w.root, since=DAY, as_of=START),
    "reports_reportingperiod_one_open": lambda w: period(saved(period(w.root)).unit),
    "reports_confirmation_once": again,
    "reports_reportingperiod_closed_or_reopened": lambda w: period(w.root, closed_on=DAY, reopened_for="thử"),
    "reports_confirmation_answered_by_someone": lambda w: answered(w, answer="accepted", answered_by=None),
    "reports_confirmation_returned_for_reason": lambda w: answered(w, answer="returned"),
    "reports_reporttext_once": lambda w: text(saved(text(saved(period(w.root)))).period),
    "reporttext_closed": lambda w: text(closed(w)),
    "reports_closing_numbered": lambda w: set_(closing(w), pk=None),
    "reports_frozen_once": lambda w: set_(frozen(w), pk=None),
    "reports_frozenfile_once": lambda w: set_(frozen_file(w), pk=None),
    "reports_blank_named_once": lambda w: Blank(unit=w.root, name=saved(Blank(unit=w.root, name="Biểu 12")).name),
    "reports_blankcell_once": lambda w: set_(saved(blank_cell(w)), pk=None),
    "reports_blankcell_rows_of_units": lambda w: blank_cell(w, last_row=2),
    **{rule_of(model): new_when_closed(model) for model, (make, _) in ROWS.items() if make},
    "confirmation_in_open_period": lambda w: confirmation(w.a, closed(w)),
    "confirmation_in_life": lambda w: confirmation(w.gone, saved(period(w.root))),
}

UPDATES = {
    "reports_reportingperiod_since_first": lambda w: (saved(period(w.root)), {"since": date(2026, 2, 1)}),
    "reports_reportingperiod_one_open": lambda w: (
        (saved(period(w.root)), saved(period(w.root, reopened_for="thử")))[1],
        {"reopened_for": ""},
    ),
    "reports_reportingperiod_closed_or_reopened": lambda w: (closed(w), {"reopened_for": "thử"}),
    "reportingperiod_reopened_for_reason": lambda w: (closed(w), {"closed_on": None}),
    "reports_confirmation_answered_by_someone": lambda w: (confirmed(w), {"answer": "accepted"}),
    "reports_confirmation_returned_for_reason": lambda w: (
        saved(answered(w, answer="accepted")),
        {"answer_reason": "x"},
    ),
    "reports_reporttext_once": lambda w: (
        saved(set_(text(saved(text(saved(period(w.root)))).period), section="I.2")),
        {"section": "I.1"},
    ),
    "reports_closing_numbered": lambda w: changeable(saved(set_(closing(w), pk=None, number=2)), number=1),
    "reports_frozen_once": lambda w: changeable(saved(set_(frozen(w), pk=None, unit=w.b)), unit=w.a),
    "reports_blank_named_once": lambda w: (
        saved(Blank(unit=w.root, name=saved(Blank(unit=w.root, name="Biểu 12")).name, is_used=False)),
        {"is_used": True},
    ),
    "reports_blankcell_once": lambda w: (saved(blank_cell(w, column=saved(blank_cell(w)).column + 1)), {"column": 3}),
    "reports_blankcell_rows_of_units": lambda w: (saved(blank_cell(w, last_row=4)), {"of": w.a}),
    "reports_frozenfile_once": lambda w: changeable(saved(set_(frozen_file(w), pk=None, code="9")), code="1B"),
    "closing_kept": lambda w: (closing(w), {"number": 2}),
    "frozen_kept": lambda w: (frozen(w), {"name": "khác"}),
    "frozenfile_kept": lambda w: (frozen_file(w), {"name": "khác"}),
    "reporttemplate_kept": lambda w: (report_template(w), {"name": "khác"}),
    "reportoutline_kept": lambda w: (report_outline(w), {"text": "khác"}),
    "blankfile_kept": lambda w: (blank_file(w), {"name": "khác"}),
    "reporttext_closed": lambda w: (set_closed(saved(text(saved(period(w.root))))), {"text": "Khác"}),
    **{rule_of(model): changed_when_closed(model) for model in ROWS},
    "reports_confirmation_once": two,
    "confirmation_in_open_period": lambda w: (confirmed(w), {"period": closed(w)}),
    "confirmation_in_life": lambda w: (confirmed(w), {"unit": w.gone}),
}


@every_insert
@pytest.mark.parametrize("rule", INSERTS)
def test_the_database_refuses_a_new_row_that_breaks(rule, insert, world):
    row = INSERTS[rule](world)
    with broken(rule):
        insert(row)


@every_update
@pytest.mark.parametrize("rule", UPDATES)
def test_the_database_refuses_a_change_that_breaks(rule, update, world):
    row, values = UPDATES[rule](world)
    with broken(rule):
        update(row, **values)


FREE = {
    ChangeReport: "it tells what is to be written down; what is written is counted, and locked",
    DistinctPair: "it tells two records apart and is never counted",
    Disposal: "it tells what was deleted because its time was over; no figure counts it",
    Ancestry: "the database derives it from the periods of units, which are locked",
    FeeBasis: "a fee is collected and never counted; what members earn is erased, also of days in a closed period",
    FormTitle: "it is printed and never counted; a closing keeps the forms as they were printed",
    ImpossiblePair: "it is asked when a unit is written and never counted",
    Regulation: "it is named and never counted; one found out later holds for closed periods too",
    Role: "belongs to accounts",
}
"""Models of records that no closing locks, and why."""


def test_every_record_is_locked_or_free_for_a_reason():
    found = {
        model for model in apps.get_models() if model._meta.app_label in APPS and model._meta.app_label != "reports"
    }
    dated = {dated.model for dated in DATED}
    assert dated | set(FREE) == found
    assert not dated & set(FREE)
    assert set(ROWS) == dated


DELETABLE = [dated.model for dated in DATED if "DELETE" in dated.events]
"""What is locked against deletion; a member with records is never deleted."""


def test_what_is_not_dated_on_a_card_stays_free_when_a_period_is_closed(world):
    row = kept(Member, world)
    Member.objects.filter(pk=row.pk).update(full_name="Tên Khác", gender="female")
    assert Member.objects.filter(pk=row.pk, full_name="Tên Khác", gender="female").exists()
    with broken("members_member_closed"):
        Member.objects.filter(pk=row.pk).update(official_on="2026")


def test_the_card_of_someone_who_never_belonged_to_the_committee_is_free(world):
    closed(world)
    Member.objects.filter(pk=world.mai.pk).update(joined_on="2010")
    with broken("members_member_closed"):
        Member.objects.filter(pk=world.thu.pk).update(joined_on="2010")


@pytest.mark.parametrize("model", DELETABLE, ids=lambda model: model.__name__)
def test_a_record_of_a_closed_period_is_not_deleted(model, world):
    row = kept(model, world)
    with broken(rule_of(model)):
        delete(row)


DELETED = {
    "confirmation_kept_when_closed": lambda w: set_closed(confirmed(w)),
    "reportingperiod_kept_when_closed": lambda w: closed(w),
    "closing_kept": closing,
    "frozen_kept": frozen,
    "frozenfile_kept": frozen_file,
    "reporttemplate_kept": report_template,
    "reportoutline_kept": report_outline,
    "blankfile_kept": blank_file,
    "reporttext_closed": lambda w: set_closed(saved(text(saved(period(w.root))))),
}


def set_closed(row):
    ReportingPeriod.objects.update(closed_on=DAY)
    return row


@pytest.mark.parametrize("rule", DELETED)
def test_what_is_kept_is_not_deleted(rule, world):
    row = DELETED[rule](world)
    with broken(rule):
        delete(row)


def test_a_period_opened_again_keeps_what_it_froze(world):
    row = closing(world).period
    type(row).objects.update(closed_on=None, reopened_for="thử")
    with broken("reportingperiod_kept_when_closed"):
        delete(row)


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_a_record_of_an_open_or_reopened_period_is_not_locked(model, world):
    row = kept(model, world)
    ReportingPeriod.objects.update(closed_on=None, reopened_for="thử")
    rows = model._base_manager.filter(pk=row.pk, **ROWS[model][1])
    model._base_manager.filter(pk=row.pk).update(**ROWS[model][1])
    assert rows.exists()
    if model in DELETABLE and model is not Unit:  # a unit goes only after all that names it
        row.delete()
        assert not rows.exists()


def test_a_text_is_locked_by_later_reports_of_the_committee_that_may_carry_it_over(world):
    early = saved(period(world.root, as_of=GONE, reopened_for="thử"))
    closed(world)
    with broken("reporttext_closed"):
        saved(text(early))
    late = saved(text(saved(period(world.root, as_of=LATER))))
    with broken("reporttext_closed"):
        ReportText.objects.filter(pk=late.pk).update(period=early)
    saved(text(saved(period(make_root("khac"), as_of=GONE))))
    ReportingPeriod.objects.filter(closed_on=DAY).update(closed_on=None, reopened_for="thử")
    saved(text(early))


def test_what_held_may_end_later_and_end_otherwise(world):
    closed(world)
    membership.transfer_out(member=world.minh, day=LATER)
    Spell.objects.filter(member=world.minh).update(ended_on=date(2026, 2, 9), end_reason=EndReason.DIED, went_to="")
    positions.relieve(position=world.secretary, day=LATER)
    member_records.set_levels(member=world.lan, day=LATER, education=Education.UPPER_SECONDARY)
    assert Position.objects.get(pk=world.secretary.pk).ended_on == LATER


def test_what_ended_up_to_the_day_stays_ended(world):
    closed(world)
    for values in ({"ended_on": OPEN, "end_reason": ""}, {"end_reason": EndReason.DIED}, {"went_to": "X"}):
        with broken("members_spell_closed"):
            Spell.objects.filter(member=world.thu).update(**values)
    with broken("members_spell_closed"):
        Spell.objects.filter(member=world.lan).update(ended_on=DAY, end_reason=EndReason.DIED)


def test_writing_the_same_again_is_no_change(world):
    closed(world)
    before = records()
    for row in (world.a, world.secretary, world.levels, world.admission, Spell.objects.get(member=world.lan)):
        row.save()
    assert records() == before


def test_a_candidate_goes_on_after_the_day(world):
    closed(world)
    changed = Admission.objects.filter(pk=world.candidacy.pk)
    changed.update(course_on=LATER, unit=world.b)
    changed.update(ceremony_on=LATER, **DECISION, youth_union=True)
    with broken("members_admission_closed"):
        changed.update(listed_on=LATER)


def test_the_first_days_after_are_free_and_the_last_day_is_locked(world):
    closed(world)
    for days in (1, 2):
        saved(Meeting(unit=world.a, held_on=date(2026, 1, 15 + days), kind="regular", expected=1, present=1))
    with broken("assessments_meeting_closed"):
        Meeting.objects.update(held_on=DAY)


def test_what_counts_on_its_day_alone_is_not_locked_before_the_member_came(world):
    closed(world)
    before = date(2020, 1, 6)
    course = {"program": "party_work", "course": "Lớp A", "level": "province"}
    saved(Training(member=world.lan, began_on=before, **course))
    with broken("members_training_closed"):
        saved(Training(member=world.lan, began_on=DAY, **course))
    with broken("members_exemption_closed"):
        saved(Exemption(member=world.lan, kind="age_health", started_on=before))


def test_a_cell_that_has_joined_since_brings_along_what_counted_in_it(world):
    cell = make_unit("moi", make_root("khac"))
    days = {"started_on": START, "ended_on": START + timedelta(days=9)}
    suspended = saved(Suspension(member=make_member(cell), level="cell", **days))
    units.move(unit=cell, parent=world.root, day=START + timedelta(days=30))
    closed(world)
    with broken("members_suspension_closed"):
        suspended.delete()


def test_another_committee_is_not_locked(world):
    other = make_unit("khac-1", make_root("khac"))
    closed(world)
    member = make_member(other)
    member_records.exempt(member=member, kind="age_health", day=START)
    saved(Meeting(unit=other, held_on=DAY, kind="regular", expected=1, present=1))
    with broken("organizations_unitperiod_closed"):
        UnitPeriod.objects.filter(unit=other).update(parent=world.root)


def test_a_year_is_locked_by_the_periods_that_count_it(world):
    elsewhere = make_member(make_unit("la", make_root("khac")))
    closed(world)
    saved(MemberRating(member=world.lan, year=2026, level="good", decided_on=LATER))
    saved(AdmissionTarget(unit=world.a, year=2027, target=1))
    saved(MemberRating(member=elsewhere, year=2025, level="good", decided_on=DAY))
    with broken("assessments_memberrating_closed"):
        saved(MemberRating(member=world.lan, year=2025, level="good", decided_on=LATER))
    with broken("members_admissiontarget_closed"):
        saved(AdmissionTarget(unit=world.a, year=2026, target=1))


def test_a_rate_of_the_party_fee_found_out_later_can_be_added(world):
    closed(world)
    row = saved(Threshold(code="fees.salary_of_old", low=1, source="Mẫu", started_on=START))
    assert row.delete()[0] == 1
