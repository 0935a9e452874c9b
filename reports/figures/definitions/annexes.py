"""Figures that only the annexes show: what happened to units, nested units, turns in courses by programme."""

from django.db.models import Q

from members.choices import SKILL_PROGRAMS, THEORY_PROGRAMS, Program
from organizations.choices import EventKind, Kind
from reports.figures.populations import EVENTS, NESTED, TRAININGS
from reports.figures.registry import Figure, add

TURNS = "Tính lượt: một người dự hai lớp là hai lượt; chỉ người giữ chức vụ cấp ủy vào ngày khai giảng."

INTERMEDIATE = (Program.THEORY_INTERMEDIATE_FULL, Program.THEORY_INTERMEDIATE_PART)
ADVANCED = (Program.THEORY_ADVANCED_FULL, Program.THEORY_ADVANCED_PART)


def event(code, label, where):
    """Return a figure over what happened to units of every kind directly beneath the commune committee."""
    return Figure(code, label, "Biểu 1B", EVENTS, where, reading="Tính theo ngày sự kiện có hiệu lực.")


def nested(code, label, kind):
    """Return a figure over the units beneath grassroots party organizations on the as-of day."""
    return Figure(f"units.nested.{code}", label, "Biểu 1B", NESTED, Q(kind=kind))


def turns(code, label, where):
    """Return a figure over the turns of committee members in courses that began in the period."""
    return Figure(f"training.turns.{code}", label, "Biểu 6", TRAININGS, where, reading=TURNS)


add(
    event("units.events", "Biến động tổ chức đảng trực thuộc", Q()),
    *(
        event(f"units.events.{kind}", f"Biến động: {kind.label.lower()}", Q(kind=kind))
        for kind in (EventKind.RECEIVED, EventKind.ESTABLISHED, EventKind.DISSOLVED, EventKind.RENAMED)
    ),
    nested("departmental", "Đảng bộ bộ phận trực thuộc đảng bộ cơ sở", Kind.DEPARTMENTAL),
    nested("cells", "Chi bộ trực thuộc đảng bộ cơ sở", Kind.SUBORDINATE_CELL),
    turns("total", "Lượt cấp ủy viên được đào tạo, bồi dưỡng", Q()),
    turns("theory", "Lượt đào tạo lý luận chính trị", Q(program__in=THEORY_PROGRAMS)),
    turns("theory_intermediate", "Lượt dự trung cấp lý luận chính trị", Q(program__in=INTERMEDIATE)),
    turns("theory_advanced", "Lượt dự cao cấp lý luận chính trị", Q(program__in=ADVANCED)),
    turns("skills", "Lượt bồi dưỡng nghiệp vụ, kỹ năng", Q(program__in=SKILL_PROGRAMS)),
    *(turns(program, f"Lượt dự: {program.label}", Q(program=program)) for program in Program),
)
