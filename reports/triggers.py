"""Database rules of reporting periods: who confirms when, what a closing froze, the locks of closed periods.

While a period is closed, nothing that held or happened beneath its committee on days up to its as-of day can be
written, changed or deleted, nor what its report says in words. Ending later what held then is no such change. A lock
looks at the closed periods first, a handful of rows, so that writing costs next to nothing.
"""

from binhlu_portal.db.field_rules import field_rules
from binhlu_portal.db.triggers import Guard, Hold
from organizations.triggers import rests_on_unit
from reports.reporting_periods.closing.locks import (
    DATED,
    Lock,
    lock,
)

SAID = "Báo cáo của một kỳ đã khóa giữ nội dung này: mở lại kỳ đó (có lý do) rồi viết."
KEPT = "Số liệu đã khóa không thể sửa hoặc xóa."
REPLACED = "Mẫu, đề cương đã đặt không sửa, không xóa: đặt bản mới."

PERIOD = "SELECT 1 FROM reports_reportingperiod period WHERE period.id = {row}.period_id"


def said_in_closed(row):
    """Return the SQL condition that a closed report says the text `row`: its own, or one carried over from before."""
    return (
        "EXISTS (SELECT 1 FROM reports_reportingperiod period, reports_reportingperiod closed "
        f"WHERE period.id = {row}.period_id AND closed.unit_id = period.unit_id "
        "AND closed.closed_on IS NOT NULL AND closed.as_of >= period.as_of)"
    )


TEXT_EVENTS = {
    "INSERT": said_in_closed("NEW"),
    "UPDATE": f"{said_in_closed('OLD')} OR {said_in_closed('NEW')}",
    "DELETE": said_in_closed("OLD"),
}
"""For each event the SQL condition under which it would change what a closed report says."""

GUARDS = [
    Guard(
        "confirmation_in_open_period",
        "reports_confirmation",
        f"NOT EXISTS ({PERIOD.format(row='NEW')} AND period.closed_on IS NULL)",
        "Kỳ báo cáo đã khóa: không xác nhận được nữa.",
    ),
    Guard(
        "confirmation_kept_when_closed",
        "reports_confirmation",
        f"EXISTS ({PERIOD.format(row='OLD')} AND period.closed_on IS NOT NULL)",
        "Kỳ báo cáo đã khóa: không rút xác nhận được nữa.",
        events=("DELETE",),
    ),
    Guard(
        "confirmation_in_life",
        "reports_confirmation",
        "NOT EXISTS (SELECT 1 FROM reports_reportingperiod period, organizations_unit life "
        "WHERE period.id = NEW.period_id AND life.id = NEW.unit_id "
        "AND life.started_on <= period.as_of AND period.as_of < life.ended_on)",
        "Tổ chức đảng không tồn tại vào ngày số liệu của kỳ báo cáo.",
    ),
    Guard(
        "reportingperiod_reopened_for_reason",
        "reports_reportingperiod",
        "OLD.closed_on IS NOT NULL AND (NEW.closed_on IS NULL AND NEW.reopened_for = '' "
        "OR OLD.unit_id <> NEW.unit_id OR OLD.as_of <> NEW.as_of OR OLD.since <> NEW.since OR OLD.year <> NEW.year "
        "OR OLD.outline <> NEW.outline)",
        "Kỳ báo cáo đã khóa: mở lại kỳ và ghi lý do rồi mới sửa.",
        events=("UPDATE",),
    ),
    Guard(
        "reportingperiod_kept_when_closed",
        "reports_reportingperiod",
        "OLD.closed_on IS NOT NULL OR EXISTS (SELECT 1 FROM reports_closing frozen WHERE frozen.period_id = OLD.id)",
        "Kỳ báo cáo đã có số liệu khóa: không thể xóa.",
        events=("DELETE",),
    ),
    *(
        Guard(f"{table}_kept", f"reports_{table}", "TRUE", KEPT, events=("UPDATE", "DELETE"))
        for table in ("closing", "frozen", "frozenfile")
    ),
    *(
        Guard(f"{table}_kept", f"reports_{table}", "TRUE", REPLACED, events=("UPDATE", "DELETE"))
        for table in ("reporttemplate", "reportoutline", "blankfile")
    ),
    Hold("reports_confirmation", "reports_reportingperiod", ("period_id",)),
    Hold("reports_reporttext", "reports_reportingperiod", ("period_id",)),
    rests_on_unit("reports_confirmation"),
    Lock("reporttext_closed", "reports_reporttext", TEXT_EVENTS, SAID, tuple(TEXT_EVENTS)),
    *map(lock, DATED),
    *field_rules("reports"),
]
