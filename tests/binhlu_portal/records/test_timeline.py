"""Everything the record types hold about a member or a unit comes in one statement, newest first, within the scope."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.meetings import actions as meetings
from binhlu_portal.records.timeline import facts_about
from binhlu_portal.records.types import About
from members.choices import CourseLevel, ExemptionKind, Program
from members.member_records import actions as member_records
from members.membership import actions as membership
from tests.factories import START, make_member
from tests.ground import layer

DAY = date(2025, 9, 1)


@layer
def member(cell_a):
    """A member with a course, an exemption and levels."""
    member = make_member(cell_a)
    member_records.set_levels(member=member, day=START, education="primary", job="Trưởng bản")
    member_records.exempt(member=member, kind=ExemptionKind.AGE_HEALTH, day=date(2025, 12, 1))
    train(member, "Lớp thử", DAY)
    return member


def train(member, course, day):
    """Send a member to a course."""
    member_records.train(
        member=member,
        program=Program.PARTY_WORK,
        course=course,
        level=CourseLevel.COMMUNE,
        began_on=day,
        finished_on=day,
    )


def days(found, code):
    """Return the days of the facts of one record type."""
    return [fact.day for fact in found if fact.record_type.code == code]


def test_facts_come_newest_first_in_words(member, clerk):
    found = facts_about(About.MEMBER, member.pk, clerk)
    assert [fact.day for fact in found] == sorted((fact.day for fact in found), reverse=True)
    told = {fact.record_type.code: fact for fact in found}
    assert "tên lớp Lớp thử" in told["dao-tao"].words
    assert "Cấp xã (Trung tâm Chính trị)" in told["dao-tao"].words
    assert told["mien-sinh-hoat"].words == ExemptionKind.AGE_HEALTH.label
    assert told["mien-sinh-hoat"].is_open
    assert told["dao-tao"].until is None
    assert "Tiểu học; công việc, chức vụ hiện nay Trưởng bản" in told["trinh-do"].words


def test_every_fact_leads_to_its_page(member, clerk, client):
    client.force_login(clerk)
    told = facts_about(About.MEMBER, member.pk, clerk)
    pages = [client.get(fact.address).context for fact in told]
    assert [(page["record_type"], page["record"].pk) for page in pages] == [
        (fact.record_type, fact.pk) for fact in told
    ]


def test_another_person_and_another_unit_have_other_facts(member, clerk, cell_a, cell_b):
    other = make_member(cell_b)
    assert not {fact.record_type.code for fact in facts_about(About.MEMBER, other.pk, clerk)} & {"dao-tao", "trinh-do"}
    meetings.hold_meeting(unit=cell_a, day=DAY, kind="regular", expected=1, present=1)
    assert [fact.day for fact in facts_about(About.UNIT, cell_a.pk, clerk) if fact.record_type.code == "sinh-hoat"] == [
        DAY
    ]
    assert not [fact for fact in facts_about(About.UNIT, cell_b.pk, clerk) if fact.record_type.code == "sinh-hoat"]


def test_facts_beyond_the_scope_are_not_told(member, secretary_a, secretary_b, cell_b):
    membership.transfer(member=member, to=cell_b, day=date(2026, 1, 1))
    stays = [
        fact for fact in facts_about(About.MEMBER, member.pk, secretary_a) if fact.record_type.code == "sinh-hoat-dang"
    ]
    assert [fact.day for fact in stays] == [START]
    stays = [
        fact for fact in facts_about(About.MEMBER, member.pk, secretary_b) if fact.record_type.code == "sinh-hoat-dang"
    ]
    assert [fact.day for fact in stays] == [date(2026, 1, 1)]


@pytest.mark.parametrize("rows", [1, 30])
def test_facts_take_one_statement_and_one_for_names(member, clerk, rows):
    for index in range(rows):
        train(member, f"Lớp {index}", DAY)
    with CaptureQueriesContext(connection) as asked:
        found = facts_about(About.MEMBER, member.pk, clerk)
    assert len([fact for fact in found if fact.record_type.code == "dao-tao"]) == rows + 1
    assert len(asked) == 2
