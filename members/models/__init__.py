"""Members of the Party and every dated fact about them."""

from .admission import Admission, AdmissionTarget
from .change_report import ChangeReport
from .discipline import Discipline, Suspension
from .distinct_pair import DistinctPair
from .fees import FeeBasis, FeeReduction
from .handbook_and_residence import HandbookAbsence, Liaison
from .member import Member, MemberState
from .member_records import Badge, Exemption, Planning, PlanningStep, Training
from .position import Position, Vacancy
from .spell import Spell

__all__ = [
    "Admission",
    "AdmissionTarget",
    "Badge",
    "ChangeReport",
    "Discipline",
    "DistinctPair",
    "Exemption",
    "FeeBasis",
    "FeeReduction",
    "HandbookAbsence",
    "Liaison",
    "Member",
    "MemberState",
    "Planning",
    "PlanningStep",
    "Position",
    "Spell",
    "Suspension",
    "Training",
    "Vacancy",
]
