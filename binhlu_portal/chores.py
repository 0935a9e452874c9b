"""Housekeeping: what has to be done once a day without anybody asking; the worker does it.

Each app declares its chores in a module `chores`, which is read when the portal starts.
"""

import logging
from datetime import date

from .registry import Registry

CHORES = Registry("chores")
"""Chores by their names: functions of `today`, which do nothing when they are called a second time on a day."""

log = logging.getLogger(__name__)


def keep_house(today: date) -> None:
    """Do every chore; one that fails is logged, keeps nobody from the others and is tried again the next day."""
    for name, chore in CHORES.items():
        try:
            chore(today=today)
        except Exception:
            log.exception("the chore %s failed", name)
