"""Populations of figures about inspection, supervision and discipline."""

from assessments.models import Case, UnitDiscipline
from members.models import Discipline, Suspension

from .populations import MEMBER_LINE, FigurePopulation, member_event, member_event_tree, on_day, unit_day_rows

DISCIPLINES = FigurePopulation(
    "disciplines",
    member_event(Discipline, "decided_on"),
    "Thi hành kỷ luật đảng viên",
    member_event_tree("decided_on"),
    line=MEMBER_LINE,
    person="member",
    rests_on=("unrecorded.discipline",),
)
SUSPENSIONS = FigurePopulation(
    "suspensions",
    member_event(Suspension, "started_on"),
    "Đình chỉ sinh hoạt đảng",
    member_event_tree("started_on"),
    line=MEMBER_LINE,
    person="member",
    rests_on=("unrecorded.discipline",),
)
UNIT_DISCIPLINES = FigurePopulation(
    "unit_disciplines",
    unit_day_rows(UnitDiscipline, "decided_on"),
    "Thi hành kỷ luật tổ chức đảng",
    on_day("decided_on"),
    rests_on=("unrecorded.unit_discipline",),
)
CASES = FigurePopulation(
    "cases",
    unit_day_rows(Case, "concluded_on"),
    "Kiểm tra, giám sát",
    on_day("concluded_on"),
    rests_on=("unrecorded.cases",),
)
