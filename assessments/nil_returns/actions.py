"""Actions of nil returns: a unit states that nothing happened beyond what its registers say."""

from collections.abc import Collection
from datetime import date

from assessments.models import NilReturn
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Refusal, action, create
from organizations.models import Unit


@action
def state_nil(
    *, unit: Unit, registers: Collection[str], started_on: date, ended_on: date, stated_by: str
) -> list[NilReturn]:
    """State for each of `registers` that it says all of the days from `started_on` until the day before `ended_on`.

    Where `unit` has stated all of it already, nothing is written again. Raises Refusal without an end, and when there
    is nothing new to state.
    """
    if ended_on >= OPEN:
        raise Refusal({"until": "Ghi ngày cuối: chỉ báo được cho thời gian đã qua."})
    stated = set(
        NilReturn.objects.filter(
            unit=unit, register__in=registers, started_on__lte=started_on, ended_on__gte=ended_on
        ).values_list("register", flat=True)
    )
    fields = {"unit": unit, "started_on": started_on, "ended_on": ended_on, "stated_by": stated_by}
    written = [create(NilReturn, register=register, **fields) for register in registers if register not in stated]
    if not written:
        raise Refusal("Đã báo không phát sinh cho các sổ và thời gian này.")
    return written
