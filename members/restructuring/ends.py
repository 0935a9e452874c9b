"""End of a unit: the event, the last day of the unit and the stays that ended with it are one act.

`apart()` finds the units of which these do not tell the same: so a unit is not brought back, nor ended, by one of them
alone. Posts cannot outlive a unit, and those that ended with it come back when the whole act is reverted.
"""

from binhlu_portal.dates.validity import OPEN
from members.choices import EndReason
from members.models import Spell
from organizations.choices import ENDINGS
from organizations.models import Unit, UnitEvent

WITH_THE_UNIT = frozenset({EndReason.UNIT_DISSOLVED, EndReason.UNIT_MERGED})
"""How a stay ends that the end of its cell ends."""

NO_EVENT = (
    "Tổ chức đảng “{}” kết thúc ngày {:%d/%m/%Y} nhưng sổ Sự kiện không ghi giải thể, sáp nhập ngày đó: ghi bằng biểu "
    "mẫu giải thể, sáp nhập; muốn bỏ thì hoàn tác cả lần ghi ở Lịch sử thay đổi."
)
STANDS = (
    "Tổ chức đảng “{}” có ghi giải thể, sáp nhập ngày {:%d/%m/%Y} ở {} nhưng không kết thúc ngày đó: ghi bằng biểu mẫu "
    "giải thể, sáp nhập; muốn bỏ thì hoàn tác cả lần ghi ở Lịch sử thay đổi."
)


def apart() -> dict[int, str]:
    """Return the units of whose end not all tell the same, {id of the unit: what to do}."""
    events = UnitEvent.objects.filter(kind__in=ENDINGS).values_list("unit", "unit__ended_on", "day")
    stays = Spell.objects.filter(end_reason__in=WITH_THE_UNIT).order_by()
    stays = stays.values_list("unit", "unit__ended_on", "ended_on").distinct()
    found = {}
    for rows, where in ((events, "sổ Sự kiện"), (stays, "sổ Quá trình sinh hoạt đảng")):
        for pk, ended_on, day in rows:
            if ended_on != day:
                found.setdefault(pk, (STANDS, day, where))
    told = {(pk, day) for pk, _, day in events}
    for pk, day in Unit.objects.exclude(ended_on=OPEN).values_list("pk", "ended_on"):
        if (pk, day) not in told:
            found.setdefault(pk, (NO_EVENT, day))
    names = Unit.objects.filter(pk__in=found).values_list("pk", Unit.called())
    return {pk: found[pk][0].format(name, *found[pk][1:]) for pk, name in names}
