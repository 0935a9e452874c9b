"""Yearly ratings, "bốn tốt", cell meetings, inspection and supervision, nil returns."""

from .ratings import FourGoods, MemberRating, UnitRating
from .unit_records import Absence, Case, Meeting, NilReturn, UnitDiscipline

__all__ = ["Absence", "Case", "FourGoods", "Meeting", "MemberRating", "NilReturn", "UnitDiscipline", "UnitRating"]
