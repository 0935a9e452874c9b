"""Held targets: the targets that a committee sets are held against the whole of it, and why not against one unit."""

from collections.abc import Sequence

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import number, percent
from organizations.choices import LEADING
from organizations.models import UnitPeriod
from reports.figures.evaluate import percentage


def are_held(moment: Moment, places: Sequence[UnitPeriod]) -> bool:
    """Whether targets are held against the unit of `moment`: a committee that sets them, by the tree of the day."""
    return any(place.unit_id == moment.unit.pk and place.kind in LEADING for place in places)


def why_not_held(members: int, where: str = "ở đây") -> str:
    """Return why targets are not held against a unit of so many members; `where` says which it is."""
    sentence = "Mục tiêu về tỷ lệ đặt cho toàn Đảng bộ, không chấm cho từng đơn vị"
    if not members:
        return f"{sentence}."
    share = percent(percentage(1, members, 1), 1)
    return f"{sentence}: {where} có {number(members)} đảng viên, một người đã là {share}."
