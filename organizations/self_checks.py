"""Self-check of the tree of units."""

from datetime import datetime

from binhlu_portal.self_checks.registry import declare

from . import ancestry
from .models import Unit

MOST_UNITS = 10_000
"""Units above which lines are held against periods by `manage.py derive_ancestry` alone, which may take its time."""


@declare("ancestry", "Cây tổ chức suy ra từ hồ sơ", asks_much=True)
def lines(now: datetime) -> str:
    """Return how many derived lines of the tree differ from the periods of units: figures would count by them."""
    if Unit.objects.count() > MOST_UNITS:
        return ""
    missing, excess = ancestry.difference()
    wrong = len(missing) + len(excess)
    if not wrong:
        return ""
    return (
        f"{wrong} dòng của cây tổ chức lệch với hồ sơ, số liệu có thể sai: chạy “manage.py derive_ancestry” để lập lại."
    )
