"""Database rules of assessments beyond the constraints of their tables: the unit exists, and has as many members."""

from assessments.models.unit_records import NOBODY, NOBODY_CAME
from binhlu_portal.db.field_rules import field_rules
from binhlu_portal.db.triggers import Guard, Hold
from organizations.choices import CELLS
from organizations.triggers import alive_on, outlives_on, rests_on_unit

CELL_KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(CELLS))

DAYS = {
    "assessments_meeting": "held_on",
    "assessments_nilreturn": "started_on",
    "assessments_case": "concluded_on",
    "assessments_unitdiscipline": "decided_on",
}
"""The tables of what happens in a unit, each with the column of its day."""

HERE = (
    "SELECT 1 FROM members_spell stay WHERE stay.unit_id = NEW.unit_id "
    "AND stay.started_on <= NEW.held_on AND stay.ended_on > NEW.held_on"
)
"""The SQL of those who are members of the cell of a row on its day."""

RATINGS = ("assessments_memberrating", "assessments_unitrating")


def decided_in_time(table):
    """Return the rule that a rating is decided in its year or the next."""
    return Guard(
        f"{table.removeprefix('assessments_')}_decided_in_time",
        table,
        "CAST(SUBSTR(CAST(NEW.decided_on AS text), 1, 4) AS integer) NOT BETWEEN NEW.year AND NEW.year + 1",
        "Xếp loại của một năm phải được quyết định trong năm đó hoặc năm sau.",
        of=("year", "decided_on"),
    )


def covers(rows):
    """Return the SQL condition that a row of `rows` holds on the day of a case."""
    return f"{rows}.started_on <= NEW.concluded_on AND {rows}.ended_on > NEW.concluded_on"


def shares_the_year(rows):
    """Return the SQL condition that a row of `rows` shares a day with the year of the new row."""
    first, last = (f"CAST(NEW.year AS text) || '{day}'" for day in ("-01-01", "-12-31"))
    return f"CAST({rows}.started_on AS text) <= {last} AND CAST({rows}.ended_on AS text) > {first}"


def lived_in_year(table):
    """Return the rule that what is said of the year of a unit is said of one that existed in it."""
    return Guard(
        f"{table.removeprefix('assessments_')}_in_life",
        table,
        f"NOT EXISTS (SELECT 1 FROM organizations_unit life WHERE life.id = NEW.unit_id AND {shares_the_year('life')})",
        "Tổ chức đảng không tồn tại trong năm đó.",
        of=("unit_id", "year"),
    )


# What is said of somebody may go over to another record of the same person: that alone is not judged.
GUARDS = [
    *map(lived_in_year, ("assessments_unitrating", "assessments_fourgoods")),
    Guard(
        "memberrating_of_a_member",
        "assessments_memberrating",
        "NOT EXISTS (SELECT 1 FROM members_spell stay WHERE stay.member_id = NEW.member_id "
        f"AND {shares_the_year('stay')})",
        "Người này không sinh hoạt ở chi bộ nào trong năm đó.",
        of=("year",),
    ),
    Guard(
        "case_of_a_member",
        "assessments_case",
        "NEW.member_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM members_spell stay, organizations_ancestry line "
        "WHERE stay.member_id = NEW.member_id AND line.ancestor_id = NEW.unit_id AND line.unit_id = stay.unit_id "
        f"AND {covers('stay')} AND {covers('line')})",
        "Đảng viên được kiểm tra không sinh hoạt ở tổ chức đảng này vào ngày kết luận.",
        of=("unit_id", "concluded_on"),
    ),
    *map(decided_in_time, RATINGS),
    Guard(
        "meeting_of_a_cell",
        "assessments_meeting",
        "EXISTS (SELECT 1 FROM organizations_unitperiod place WHERE place.unit_id = NEW.unit_id "
        f"AND place.started_on <= NEW.held_on AND place.ended_on > NEW.held_on AND place.kind NOT IN ({CELL_KINDS}))",
        "Chỉ ghi sinh hoạt của chi bộ: đơn vị này không phải là chi bộ vào ngày đó.",
        of=("unit_id", "held_on"),
    ),
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
        f"NEW.expected > (SELECT COUNT(*) FROM ({HERE}) here)",
        "Số phải dự lớn hơn số đảng viên của chi bộ vào ngày họp: sửa số phải dự, người khác ghi ở mục khách dự.",
    ),
    Guard(
        "meeting_of_somebody",
        "assessments_meeting",
        f"NEW.expected = 0 AND EXISTS ({HERE})",
        NOBODY,
        of=("expected",),
    ),
    Guard(
        "meeting_attended",
        "assessments_meeting",
        "NEW.expected > 0 AND NEW.present = 0",
        NOBODY_CAME,
        of=("present",),
    ),
    Guard(
        "meeting_kept_by_absences",
        "assessments_meeting",
        "EXISTS (SELECT 1 FROM assessments_absence absent WHERE absent.meeting_id = NEW.id "
        "AND (absent.unit_id <> NEW.unit_id OR absent.held_on <> NEW.held_on))",
        "Buổi sinh hoạt này đã điểm danh theo tên: đổi ngày họp ở trang của buổi, điểm danh được đổi theo.",
        events=("UPDATE",),
        of=("unit_id", "held_on"),
    ),
    Guard(
        "absence_of_its_meeting",
        "assessments_absence",
        "NOT EXISTS (SELECT 1 FROM assessments_meeting meeting WHERE meeting.id = NEW.meeting_id "
        "AND meeting.unit_id = NEW.unit_id AND meeting.held_on = NEW.held_on)",
        "Chi bộ và ngày vắng phải là chi bộ và ngày của buổi sinh hoạt.",
        of=("meeting_id", "unit_id", "held_on"),
    ),
    Guard(
        "absence_of_a_member",
        "assessments_absence",
        f"NOT EXISTS ({HERE} AND stay.member_id = NEW.member_id)",
        "Người này không phải là đảng viên của chi bộ vào ngày họp.",
        of=("unit_id", "held_on"),
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
    rests_on_unit("assessments_absence"),
    Hold("assessments_absence", "assessments_meeting", ("meeting_id",)),
    *field_rules("assessments"),
]
