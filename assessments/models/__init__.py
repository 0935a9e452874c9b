"""Yearly ratings, "bốn tốt", cell meetings, inspection and supervision, nil returns."""

from .ratings import FourGoods, MemberRating, UnitRating
from .unit_records import Case, Meeting, NilReturn, UnitDiscipline

__all__ = ["Case", "FourGoods", "Meeting", "MemberRating", "NilReturn", "UnitDiscipline", "UnitRating"]
