"""Actions on facts about units."""

from datetime import date
from decimal import Decimal

from binhlu_portal.db.actions import action, change, create
from organizations.fact_kinds import FACTS_OF_A_DAY
from organizations.models import Unit, UnitFact


@action
def state_fact(
    *, unit: Unit, kind: str, started_on: date, source: str, value: Decimal | None = None, detail: str = ""
) -> UnitFact:
    """State a fact about `unit` as of a day; the one of its kind and detail that holds then ends that day.

    Raises Refusal where a later one is known, unless the kind is the result of a day.
    """
    if kind not in FACTS_OF_A_DAY:
        before = UnitFact.objects.filter(unit=unit, kind=kind, detail=detail).select_for_update()
        for row in before.filter(started_on__lt=started_on, ended_on__gt=started_on):
            change(row, ended_on=started_on)
    return create(UnitFact, unit=unit, kind=kind, detail=detail, started_on=started_on, value=value, source=source)
