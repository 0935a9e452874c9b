"""Populations of figures about inspection, supervision and discipline."""

from django.db.models import F, Q

from assessments.models import Case, UnitDiscipline
from binhlu_portal.moment.moment import Moment
from members.models import Discipline, Suspension
from members.queries import stay_when_disciplined

from .populations import MEMBER_LINE, FigurePopulation, member_event, member_event_tree, on_day, unit_day_rows


def discipline_tree(moment: Moment, line: str) -> Q:
    """Return the condition of the cell where the member was when disciplined, by the tree of that day."""
    day = F("decided_on")
    return stay_when_disciplined(lambda holds: holds(day, "member__spells__") & holds(day, line))


DISCIPLINES = FigurePopulation(
    "disciplines",
    member_event(Discipline, "decided_on"),
    "Thi hành kỷ luật đảng viên",
    discipline_tree,
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
