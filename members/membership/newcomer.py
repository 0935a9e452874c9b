"""The verb that writes a member down who is new to us; candidates are written down by the verbs of admissions."""

from binhlu_portal.db.actions import NO_DECISION, create, verb
from members.choices import StartReason
from members.member_records.actions import set_levels
from members.models import Member

from .actions import receive, transfer_in

WAYS_IN = (StartReason.TRANSFERRED_IN, StartReason.TRANSFERRED_IN_FAR, StartReason.RECEIVED_WITH_UNIT)
"""How someone who is a member already comes to us."""


@verb
def take_in(*, person, levels, unit, day, way, decision=NO_DECISION, came_from=""):
    """Write down a member who comes to `unit` on `day`; `person` is the card, `levels` hold from that day."""
    member = create(Member, **person)
    arrival = {"member": member, "unit": unit, "day": day, "decision": decision, "came_from": came_from}
    if way == StartReason.RECEIVED_WITH_UNIT:
        receive(**arrival)
    else:
        transfer_in(far=way == StartReason.TRANSFERRED_IN_FAR, **arrival)
    if any(levels.values()):
        set_levels(member=member, day=day, **levels)
    return member
