"""What the database keeps of reporting periods: units confirm while the period is open, and only units of its day."""

from binhlu_portal.guards import Guard

PERIOD = "SELECT 1 FROM reports_reportingperiod period WHERE period.id = NEW.period_id"

GUARDS = [
    Guard(
        "confirmation_in_open_period",
        "reports_confirmation",
        f"NOT EXISTS ({PERIOD} AND period.closed_on IS NULL)",
        "Kỳ báo cáo đã kết thúc: không xác nhận được nữa.",
    ),
    Guard(
        "confirmation_in_life",
        "reports_confirmation",
        "NOT EXISTS (SELECT 1 FROM reports_reportingperiod period, organizations_unit life "
        "WHERE period.id = NEW.period_id AND life.id = NEW.unit_id "
        "AND life.started_on <= period.as_of AND period.as_of < life.ended_on)",
        "Tổ chức đảng không tồn tại vào ngày số liệu của kỳ báo cáo.",
    ),
]
