"""Members of the Party and every dated fact about them."""

from .admissions import Admission, AdmissionTarget
from .facts import Badge, Discipline, Exemption, FeeReduction, Planning, Training
from .member import Member, MemberState
from .position import Position
from .spell import Spell

__all__ = [
    "Admission",
    "AdmissionTarget",
    "Badge",
    "Discipline",
    "Exemption",
    "FeeReduction",
    "Member",
    "MemberState",
    "Planning",
    "Position",
    "Spell",
    "Training",
]
