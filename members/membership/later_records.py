"""What is recorded of a member in a cell of days after the member has left it: apps declare what they know of it.

Such records stay as somebody wrote them, who was told nothing yet; whoever writes the end is asked, and a check finds
what is left.
"""

from collections.abc import Callable
from datetime import date

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.registry import Registry
from members.models import Member, Spell

LATER_RECORDS: dict[str, Callable[[Spell, date], str]] = Registry("records of who has left")
"""What tells of records about the member of a stay from a day on, "" for none, by its name."""


def recorded_later(member: Member, day: date) -> list[str]:
    """Return what is recorded of a member in the present cell as of `day` or later."""
    stays = member.spells.filter(ended_on=OPEN).select_related("member", "unit")
    return [told for stay in stays for tell in LATER_RECORDS.values() if (told := tell(stay, day))]
