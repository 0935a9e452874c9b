"""A record of every record type, and what people type to add and correct one: a new record type needs lines here."""

from datetime import date, timedelta
from itertools import count

from assessments.inspections import actions as inspections
from assessments.meetings import actions as meetings
from assessments.nil_returns import actions as nil_returns
from assessments.ratings import actions as ratings
from binhlu_portal.db.actions import Decision
from binhlu_portal.records.types import RECORD_TYPES
from members.change_reports.actions import report_change
from members.discipline.actions import suspend
from members.fees import actions as fees
from members.member_records import actions as member_records
from members.positions import actions as positions
from organizations.documents import actions as documents
from organizations.facts import actions as facts
from organizations.regulations import actions as regulations
from tests.factories import DECIDED, admit, discipline, reduce_fee

DAY = date(2026, 1, 15)
ONE_DAY = timedelta(days=1)
DAYS = (DAY + number * ONE_DAY for number in count())
"""Days of which no two rows share one."""

TYPED = "15/01/2026"

RECORDS = {
    "bao-thay-doi": lambda unit, member: report_change(kind="died", member=member, reported_on=DAY),
    "sinh-hoat-dang": lambda unit, member: member.spells.get(),
    "ket-nap": lambda unit, member: admit(unit, DAY),
    "trinh-do": lambda unit, member: member_records.set_levels(member=member, day=DAY, theory="elementary"),
    "chuc-vu": lambda unit, member: positions.appoint(
        unit=unit, post="committee_member", member=member, day=DAY, decision=DECIDED
    ),
    "khuyet-chuc-vu": lambda unit, member: positions.declare_vacant(unit=unit, post="front_head", day=DAY),
    "mien-sinh-hoat": lambda unit, member: member_records.exempt(member=member, kind="age_health", day=DAY),
    "can-cu-dong-dang-phi": lambda unit, member: fees.set_basis(
        member=member, group="pension", income=4_000_000, day=DAY
    ),
    "mien-giam-dang-phi": lambda unit, member: reduce_fee(member, DAY, date(2026, 12, 1)),
    "chua-cai-so-tay": lambda unit, member: member_records.state_no_handbook(
        member=member, cause="no_smartphone", started_on=DAY, source="Mẫu"
    ),
    "lien-he-noi-cu-tru": lambda unit, member: member_records.introduce(member=member, started_on=DAY, source="Mẫu"),
    "dao-tao": lambda unit, member: member_records.train(
        member=member, program="digital", course="Lớp mẫu", level="commune", began_on=DAY
    ),
    "quy-hoach": lambda unit, member: member_records.plan(
        member=member, post="unit_leaders", term="2025-2030", approved_on=DAY
    ),
    "ky-luat": lambda unit, member: discipline(member, DAY),
    "dinh-chi-sinh-hoat": lambda unit, member: suspend(
        member=member, level="committee", day=DAY, decision=Decision("05-QĐ/ĐU", DAY)
    ),
    "huy-hieu": lambda unit, member: member_records.award_badge(member=member, years=30, awarded_on=DAY),
    "xep-loai-dang-vien": lambda unit, member: ratings.rate(member=member, year=2025, decided_on=DAY, level="good"),
    "khong-phat-sinh": lambda unit, member: nil_returns.state_nil(
        unit=unit, registers=["discipline"], started_on=DAY, ended_on=date(2026, 2, 1), stated_by="Bí thư"
    )[0],
    "sinh-hoat": lambda unit, member: meetings.hold_meeting(unit=unit, day=DAY, kind="regular", expected=1, present=1),
    "kiem-tra": lambda unit, member: inspections.conclude_case(
        unit=unit, member=member, kind="inspection", level="cell", subject="Mẫu", outcome="good", day=DAY
    ),
    "ky-luat-to-chuc": lambda unit, member: inspections.discipline_unit(
        unit=unit, form="warning", level="committee", violation="Mẫu", day=DAY
    ),
    "xep-loai-to-chuc": lambda unit, member: ratings.rate_unit(unit=unit, year=2025, decided_on=DAY, level="good"),
    "bon-tot": lambda unit, member: ratings.recognise_four_goods(unit=unit, year=2025),
    "su-kien": lambda unit, member: unit.events.get(),
    "van-ban": lambda unit, member: documents.record_document(
        unit=unit, number="01-NQ/CB", kind="Nghị quyết", issued_on=DAY, subject="Mẫu"
    ),
    "thong-tin": lambda unit, member: facts.state_fact(
        unit=unit, kind="bank_account", detail="Ngân hàng mẫu", started_on=DAY, source="Mẫu"
    ),
    "van-ban-quy-dinh": lambda unit, member: regulations.issue_regulation(
        subject="other", kind="Quy định", number=f"01-{unit.code}", title="Mẫu", issued_on=DAY, started_on=DAY
    ),
    "chi-tieu-dinh-muc": lambda unit, member: regulations.set_threshold(
        code=f"a.{unit.code}", low=1, started_on=DAY, source="Mẫu"
    ),
    "ten-bieu": lambda unit, member: regulations.name_form(form="1", title="Mẫu", started_on=next(DAYS), source="Mẫu"),
    "loai-khong-co-loai-hinh": lambda unit, member: regulations.exclude_pair(
        kind="departmental", sector="ward", started_on=(day := next(DAYS)), ended_on=day + ONE_DAY, source="Mẫu"
    ),
}
"""How a record about a unit, or about a member of it, comes to be."""

ABOUT_UNIT, ABOUT_MEMBER = {"unit": "a"}, {"member": "lan"}
FORM_DATA = {
    "trinh-do": ABOUT_MEMBER | {"started_on": TYPED, "theory": "elementary"},
    "chuc-vu": ABOUT_UNIT
    | ABOUT_MEMBER
    | {"post": "secretary", "started_on": TYPED, "decision_number": "05-QĐ/ĐU"}
    | {"decision_date": TYPED},
    "khuyet-chuc-vu": ABOUT_UNIT | {"post": "front_head", "started_on": TYPED},
    "mien-sinh-hoat": ABOUT_MEMBER | {"kind": "age_health", "started_on": TYPED, "decision_number": "05-NQ/CB"},
    "can-cu-dong-dang-phi": ABOUT_MEMBER | {"group": "salary", "income": "8.500.000", "started_on": TYPED},
    "mien-giam-dang-phi": ABOUT_MEMBER
    | {"kind": "exempt", "ground": "hardship", "started_on": TYPED, "ended_on": "15/01/2027"}
    | {"decision_number": "07-QĐ/ĐU", "decision_date": TYPED},
    "chua-cai-so-tay": ABOUT_MEMBER | {"cause": "no_network", "started_on": TYPED, "source": "Chi bộ báo"},
    "lien-he-noi-cu-tru": ABOUT_MEMBER | {"started_on": TYPED, "place": "Bản mẫu", "source": "Giấy giới thiệu"},
    "dao-tao": ABOUT_MEMBER
    | {"program": "digital", "course": "Lớp mẫu", "level": "commune", "began_on": TYPED, "finished_on": TYPED},
    "quy-hoach": ABOUT_MEMBER | {"post": "unit_leaders", "term": "2025-2030", "approved_on": TYPED},
    "ky-luat": ABOUT_MEMBER
    | {"form": "warning", "level": "cell", "violation": "other", "decided_on": TYPED, "decision_number": "05-QĐ/CB"},
    "dinh-chi-sinh-hoat": ABOUT_MEMBER
    | {"level": "committee", "started_on": TYPED, "decision_number": "05-QĐ/ĐU"}
    | {"decision_date": TYPED},
    "huy-hieu": ABOUT_MEMBER | {"years": "30", "awarded_on": TYPED, "number": "012345"},
    "khong-phat-sinh": ABOUT_UNIT
    | {"registers": ["discipline"], "started_on": TYPED, "until": "31/01/2026", "stated_by": "Bí thư"},
    "sinh-hoat": ABOUT_UNIT | {"held_on": "15012026", "kind": "regular", "expected": "1", "present": "1"},
    "kiem-tra": ABOUT_UNIT
    | ABOUT_MEMBER
    | {"kind": "inspection", "level": "cell", "subject": "Mẫu", "outcome": "good", "concluded_on": TYPED},
    "ky-luat-to-chuc": ABOUT_UNIT | {"form": "warning", "level": "committee", "violation": "Mẫu", "decided_on": TYPED},
    "bon-tot": ABOUT_UNIT | {"year": "2025", "decision_number": "05-QĐ/ĐU", "decision_date": TYPED},
    "van-ban": ABOUT_UNIT | {"number": "01-NQ/CB", "kind": "Nghị quyết", "issued_on": TYPED, "subject": "Mẫu"},
    "thong-tin": ABOUT_UNIT | {"kind": "screened", "value": "3", "started_on": TYPED, "source": "Báo cáo mẫu"},
    "van-ban-quy-dinh": {"subject": "other", "kind": "Quy định", "number": "2", "issued_on": TYPED, "title": "Mẫu"}
    | {"started_on": TYPED, "certainty": "read"},
    "chi-tieu-dinh-muc": {"code": "cells.most", "low": "50", "unit": "people", "started_on": TYPED, "source": "Mẫu"},
    "ten-bieu": {"form": "10", "title": "Mẫu", "started_on": TYPED, "source": "Mẫu", "certainty": "read"},
    "loai-khong-co-loai-hinh": {"kind": "departmental", "sector": "ward", "started_on": TYPED, "source": "Mẫu"}
    | {"certainty": "read"},
}
"""What is typed to add a record about cell A or its member Lan, for record types to which records are added."""

CORRECTIONS = {
    "sinh-hoat-dang": {"came_from": "Đảng bộ mẫu"},
    "ket-nap": {"official_decision": "09-QĐ/ĐU"},
    "trinh-do": {"theory": "advanced"},
    "chuc-vu": {"post": "deputy_secretary"},
    "khuyet-chuc-vu": {"note": "Mới tách"},
    "mien-sinh-hoat": {"decision_number": "09-NQ/CB"},
    "can-cu-dong-dang-phi": {"group": "benefit"},
    "mien-giam-dang-phi": {"kind": "reduced_50"},
    "chua-cai-so-tay": {"cause": "other"},
    "lien-he-noi-cu-tru": {"place": "Bản khác"},
    "dao-tao": {"course": "Lớp khác"},
    "quy-hoach": {"term": "2030-2035"},
    "ky-luat": {"form": "reprimand"},
    "dinh-chi-sinh-hoat": {"note": "Để xác minh"},
    "huy-hieu": {"number": "543210"},
    "xep-loai-dang-vien": {"level": "fair"},
    "khong-phat-sinh": {"stated_by": "Phó bí thư"},
    "sinh-hoat": {"topic": "Nội dung khác"},
    "kiem-tra": {"outcome": "poor"},
    "ky-luat-to-chuc": {"form": "reprimand"},
    "xep-loai-to-chuc": {"level": "fair"},
    "bon-tot": {"decision_number": "09-QĐ/ĐU"},
    "su-kien": {"came_from": "Đảng ủy mẫu"},
    "van-ban": {"subject": "Trích yếu khác"},
    "thong-tin": {"source": "Nguồn khác"},
    "van-ban-quy-dinh": {"title": "Trích yếu khác"},
    "chi-tieu-dinh-muc": {"source": "Căn cứ khác"},
    "ten-bieu": {"title": "Tên khác"},
    "loai-khong-co-loai-hinh": {"source": "Căn cứ khác"},
}
"""What is put right in a record, for record types whose records can be corrected."""


def record_of(code, unit, member):
    """Return a new record of a record type about `unit` or about `member`, who is in it."""
    return RECORDS[code](unit, member)


def filled(client, address):
    """Return what the form at `address` sends when nothing is typed."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value in (None, False) else value for name, value in values.items()}


def missing(table, wanted):
    """Return the codes of the `wanted` record types that are not in `table`, and of the others that are."""
    return {code for code, record_type in RECORD_TYPES.items() if wanted(record_type)} ^ set(table)
