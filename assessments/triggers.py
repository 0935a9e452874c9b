"""Database rules of assessments beyond the constraints of their tables: the unit exists, and has as many members."""

from binhlu_portal.db.field_rules import field_rules
from binhlu_portal.db.triggers import Guard
from organizations.triggers import alive_on, outlives_on, rests_on_unit

DAYS = {
    "assessments_meeting": "held_on",
    "assessments_nilreturn": "started_on",
    "assessments_case": "concluded_on",
    "assessments_unitdiscipline": "decided_on",
}
"""The tables of what happens in a unit, each with the column of its day."""

GUARDS = [
    Guard(
        "meeting_in_life",
        "assessments_meeting",
        f"NOT {alive_on('NEW.unit_id', 'NEW.held_on')}",
        "Chi bộ không tồn tại vào ngày sinh hoạt đó.",
    ),
    Guard(
        "nilreturn_in_life",
        "assessments_nilreturn",
        f"NOT {alive_on('NEW.unit_id', 'NEW.started_on')}",
        "Tổ chức đảng không tồn tại vào ngày đầu của thời gian báo không phát sinh.",
    ),
    Guard(
        "meeting_within_members",
        "assessments_meeting",
        "NEW.expected > (SELECT COUNT(*) FROM members_spell stay WHERE stay.unit_id = NEW.unit_id "
        "AND stay.started_on <= NEW.held_on AND stay.ended_on > NEW.held_on)",
        "Số phải dự lớn hơn số đảng viên của chi bộ vào ngày họp: sửa số phải dự, người khác ghi ở mục khách dự.",
    ),
    Guard(
        "case_in_life",
        "assessments_case",
        f"NOT {alive_on('NEW.unit_id', 'NEW.concluded_on')}",
        "Tổ chức đảng không tồn tại vào ngày kết luận đó.",
    ),
    Guard(
        "unitdiscipline_in_life",
        "assessments_unitdiscipline",
        f"NOT {alive_on('NEW.unit_id', 'NEW.decided_on')}",
        "Tổ chức đảng không tồn tại vào ngày kỷ luật đó.",
    ),
    Guard(
        "unit_outlived_by_work",
        "organizations_unit",
        " OR ".join(outlives_on(table, day) for table, day in DAYS.items()),
        "Tổ chức đảng còn buổi sinh hoạt, kiểm tra, kỷ luật hoặc báo không phát sinh ghi vào ngày ngoài thời gian tồn "
        "tại mới: sửa ngày ở đó trước.",
        events=("UPDATE",),
    ),
    *map(rests_on_unit, DAYS),
    *field_rules("assessments"),
]
