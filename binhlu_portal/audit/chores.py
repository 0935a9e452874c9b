"""The chore of the history: its seal of the day."""

from datetime import date

from binhlu_portal.chores import CHORES

from .seals import seal


def seal_history(*, today: date) -> None:
    """Seal the history of the day."""
    seal()


CHORES.add("seal", seal_history)
