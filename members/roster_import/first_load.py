"""First load: whether anybody was there before a list, and the lists that were sent together with it."""

from django.db.models import QuerySet

from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from members.models import Spell
from organizations.models import UnitPeriod


def stays_before(said: SenderInput) -> QuerySet[Spell]:
    """Return all stays but those that files sent together with this one have brought: they are of one load."""
    stays = Spell.objects.order_by()
    if not said.beside:
        return stays
    brought = Entry.objects.filter(act__in=said.beside, table=Spell._meta.db_table, action=Action.CREATED)
    return stays.exclude(pk__in=brought.values("row"))


def is_first_load(said: SenderInput) -> bool:
    """Return whether nobody stood anywhere in reach of the sender before this file and those sent together with it."""
    reach = UnitPeriod.objects.editable_by(said.user).values("unit")
    return not stays_before(said).filter(unit__in=reach).exists()
