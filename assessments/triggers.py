"""Database rules of assessments beyond the constraints of their tables: the unit exists, and has as many members."""

from binhlu_portal.db.triggers import Guard
from organizations.triggers import alive_on

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
]
