"""How long the portal keeps what members earn, said here alone.

A fee is reckoned for this month and the month before. What somebody earned is erased from a basis that ended more than
`fees.income_months` ago, and from any basis of somebody who has belonged to no cell for so long; that the basis was
there stays. Files that people brought in may tell the same, so they go as soon, with the values that were read in them.
The history never has it (`binhlu_portal.audit.history_triggers.SECRET`).
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.chores import CHORES
from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.spreadsheets.jobs.actions import forget_files
from members.models import FeeBasis, Spell
from organizations.choices import Kept
from organizations.in_force import InForce
from organizations.retention.actions import note_disposal

INCOME_MONTHS = "fees.income_months"


def forget_incomes(*, today: date) -> None:
    """Erase what members earned once it is needed no longer."""
    last = months_later(today, -InForce(today).value(INCOME_MONTHS))
    stays = Spell.objects.filter(member=OuterRef("member"), ended_on__gt=last)
    old = FeeBasis.objects.filter(Q(ended_on__lte=last) | ~Exists(stays), income__isnull=False)
    note_disposal(what=Kept.INCOMES, before=last, rows=old.update(income=None), today=today)
    note_disposal(what=Kept.FILES, before=last, rows=forget_files(before=last), today=today)


CHORES.add("incomes", forget_incomes)
