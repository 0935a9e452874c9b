"""Database rules of assessments beyond the constraints of their tables: the unit exists on that day."""

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
