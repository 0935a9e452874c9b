"""What is decided has a number and a day, whatever door it comes by: form, register, data workbook."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from binhlu_portal.dates.validity import Decided, lacking_decision
from binhlu_portal.db.actions import NO_DECISION, correct
from binhlu_portal.records.types import RECORD_TYPES
from members.choices import EndReason, Post
from members.discipline import actions as discipline
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Discipline, Exemption, FeeReduction, Position, Spell, Suspension
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from tests.binhlu_portal.spreadsheets.books import Book, mark_of, wrong
from tests.factories import DECIDED, START, leave_party, make_member
from tests.ground import layer
from tests.members.discipline.test_expulsion import send
from tests.proofs import again, refused

DAY, LATER = date(2026, 1, 15), date(2026, 2, 15)
TYPED = "15/01/2026"

FEE = {"kind": "exempt", "ground": "poor"}
MEASURE = {"form": "warning", "level": "committee", "violation": "other"}

ACTS = {
    "Kỷ luật": (
        Discipline,
        lambda cell, lan, decision: discipline.discipline(member=lan, day=DAY, decision=decision, **MEASURE),
        MEASURE | {"decided_on": TYPED},
        {"form": "Cảnh cáo", "level": "Cấp trên", "violation": "Nội dung khác", "decided_on": TYPED},
    ),
    "Đình chỉ sinh hoạt": (
        Suspension,
        lambda cell, lan, decision: discipline.suspend(member=lan, level="committee", day=DAY, decision=decision),
        {"level": "committee", "started_on": TYPED},
        {"level": "Cấp trên", "started_on": TYPED},
    ),
    "Miễn, giảm đảng phí": (
        FeeReduction,
        lambda cell, lan, decision: member_records.reduce_fee(member=lan, day=DAY, decision=decision, **FEE),
        FEE | {"started_on": TYPED},
        {"kind": "Miễn đảng phí", "ground": "Hộ nghèo, hộ cận nghèo", "started_on": TYPED},
    ),
    "Miễn không vì tuổi cao, sức yếu": (
        Exemption,
        lambda cell, lan, decision: member_records.exempt(member=lan, kind="other", day=DAY, decision=decision),
        {"kind": "other", "started_on": TYPED},
        {"kind": "Không vì tuổi cao, sức yếu (Ban Thường vụ quyết định)", "started_on": TYPED},
    ),
    "Chức vụ cấp ủy": (
        Position,
        lambda cell, lan, decision: positions.appoint(
            unit=cell, post=Post.SECRETARY, member=lan, day=DAY, decision=decision
        ),
        {"unit": "a", "post": "secretary", "started_on": TYPED},
        {"unit": "a", "post": "Bí thư", "started_on": TYPED},
    ),
}
"""Each act that is always decided: its model, how it is written, what is typed into the form and into the workbook."""

ENDS = {"Xóa tên": EndReason.STRUCK_OFF}
"""Acts that are an end of a stay; an expulsion is one too, and a measure."""

NOT_ALWAYS = {
    "Admission": "the day of the decision is asked for by the ceremony",
    "Badge": "old badges are known by their day only",
    "FourGoods": "recognised for a year by one decision about many",
    "Planning": "approved on a day that is asked for",
    "Spell": "a transfer has an introduction, and no decision",
    "UnitDiscipline": "the day of the decision is asked for",
    "UnitEvent": "units were received by what others decided",
}
"""What may rest on a decision but is kept without its number too, and why."""


def sentences(act):
    """Return what is said of an act without its decision."""
    return set(lacking_decision(act).values())


@layer
def lan(cell_a):
    """A member of A."""
    return again(make_member(cell_a, "Lan"))


@pytest.fixture
def office(client, clerk):
    """The client of the secretariat."""
    client.force_login(clerk)
    return client


def add(office, model, lan, **typed):
    """Send the form that adds a record about somebody; return what is wrong."""
    code = next(code for code, record_type in RECORD_TYPES.items() if record_type.model is model)
    errors = send(office, f"{reverse('record-add', args=[code])}?dang_vien={lan.pk}", **typed)
    return {sentence for several in errors.values() for sentence in several}


def test_every_model_with_a_decision_says_whether_it_can_be_without():
    models = {model for model in apps.get_models() if issubclass(model, Decided)}
    assert {model.__name__ for model in models} == {model.__name__ for model, *_ in ACTS.values()} | {*NOT_ALWAYS}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_without_its_decision_is_refused_with_one_sentence_at_every_door(office, clerk, cell_a, lan, act):
    model, write, typed, cells = ACTS[act]
    number, day = lacking_decision(act).values()
    asked = {number} if model is Discipline else {number, day}  # a measure is decided on its own day
    with refused(number):
        write(cell_a, lan, NO_DECISION)
    assert add(office, model, lan, **typed) == asked
    book = Book.of(clerk)
    book.add(model, member=mark_of(lan), **cells)
    assert {message for _, _, message in wrong(book.bring(clerk))} == {number, day}
    assert not model.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_a_decision_is_not_taken_from_an_act_by_any_door(office, clerk, cell_a, lan, act):
    model, write, *_ = ACTS[act]
    row = write(cell_a, lan, DECIDED)
    code = next(code for code, record_type in RECORD_TYPES.items() if record_type.model is model)
    errors = send(office, reverse("record-form", args=[code, row.pk, "sua"]), decision_number="")
    assert errors["decision_number"] == [lacking_decision(act)["decision_number"]]
    book = Book.of(clerk)
    book.of_record(row).update(decision_number="", decision_date="")
    assert {message for _, _, message in wrong(book.bring(clerk))} == sentences(act)
    assert again(row).decision_number == DECIDED.number


@pytest.mark.parametrize("act", ACTS)
def test_what_was_written_without_a_decision_stays_and_changes_in_everything_else(cell_a, lan, act):
    model, write, *_ = ACTS[act]
    row = write(cell_a, lan, DECIDED)
    model.objects.update(decision_number="", decision_date=None)
    assert correct(row=again(row), decision_date=DAY).decision_date == DAY
    with refused(lacking_decision(act)["decision_date"]):
        correct(row=again(row), decision_date=None)


# --- Leaving the Party, and coming back ---


@pytest.mark.parametrize("act", ENDS)
def test_an_end_without_its_decision_is_refused_with_one_sentence_at_every_door(office, clerk, lan, act):
    with refused(*sentences(act)):
        membership.end_membership(member=lan, day=DAY, reason=ENDS[act])
    errors = send(office, reverse("member-form", args=[lan.pk, "ra-khoi-dang"]), why=ENDS[act], day=TYPED)
    assert errors == {name: [sentence] for name, sentence in lacking_decision(act).items()}
    book = Book.of(clerk)
    book.of_record(lan.spells.get()).update(ended_on=TYPED, end_reason=act)
    assert {message for _, _, message in wrong(book.bring(clerk))} == sentences(act)
    spell = leave_party(lan, DAY, ENDS[act])
    errors = send(office, reverse("record-form", args=["sinh-hoat-dang", spell.pk, "sua"]), end_decision_number="")
    assert errors == {"end_decision_number": [lacking_decision(act)["decision_number"]]}


@pytest.mark.parametrize("reason", [EndReason.STRUCK_OFF, EndReason.EXPELLED])
def test_a_membership_is_restored_by_a_decision_only(office, clerk, cell_a, lan, reason):
    leave_party(lan, DAY, reason)
    act = "Phục hồi đảng tịch"
    with refused(*sentences(act)):
        discipline.restore(member=again(lan), unit=cell_a, day=LATER, decision=NO_DECISION)
    errors = send(office, reverse("member-form", args=[lan.pk, "phuc-hoi"]), unit="a", day="15/02/2026")
    assert errors == {name: [sentence] for name, sentence in lacking_decision(act).items()}
    book = Book.of(clerk)
    book.add(Spell, member=mark_of(lan), unit="a", started_on="15/02/2026", start_reason=act)
    assert {message for _, _, message in wrong(book.bring(clerk))} == sentences(act)
    assert again(lan).spells.count() == 1


# --- Posts ---


def test_a_post_held_from_the_first_day_of_its_unit_came_with_it(cell_a, lan):
    assert positions.appoint(unit=cell_a, post=Post.SECRETARY, member=lan, day=START).decision_number == ""


@pytest.mark.parametrize("post", [Post.VILLAGE_HEAD, Post.FRONT_HEAD, Post.AGENCY_HEAD])
def test_posts_outside_the_party_rest_on_no_decision_of_it(cell_a, lan, post):
    assert positions.appoint(unit=cell_a, post=post, member=lan, day=DAY)


def test_an_old_post_without_a_decision_ends_by_whatever_ends_it(cell_a, cell_b, lan):
    row = positions.appoint(unit=cell_a, post=Post.SECRETARY, member=lan, day=DAY, decision=DECIDED)
    Position.objects.update(decision_number="")
    restructuring.merge(cells=[cell_a], into=cell_b, day=LATER)
    assert again(row).ended_on == LATER


def test_an_exemption_for_age_becomes_no_other_without_a_decision(lan):
    row = member_records.exempt(member=lan, kind="age_health", day=DAY)
    with pytest.raises(ValidationError, match="Miễn không vì tuổi cao, sức yếu phải có quyết định"):
        correct(row=row, kind="other")
