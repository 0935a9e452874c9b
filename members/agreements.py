"""Acts of members that two registers tell of: which rows must agree; each feature says how, and what writes both."""

from binhlu_portal.records.agreements import AGREEMENTS, Agreement
from organizations.models import Unit, UnitEvent

from .admissions import entry
from .discipline import expulsion
from .membership import returns
from .models import Admission, Discipline, Member, Spell
from .restructuring import ends

AGREEMENTS.add("expulsion", Agreement({Spell: "member_id", Discipline: "member_id"}, expulsion.apart))

AGREEMENTS.add(
    "admission",
    Agreement(
        {Admission: "member_id", Spell: "member_id", Member: "id"},
        entry.apart,
        {Member: frozenset({"joined_on", "official_on"})},
    ),
)

AGREEMENTS.add("end of a unit", Agreement({Unit: "id", UnitEvent: "unit_id", Spell: "unit_id"}, ends.apart))

AGREEMENTS.add(
    "return to the Party",
    Agreement(
        {Spell: "member_id"},
        returns.apart,
        {Spell: frozenset({"member_id", "started_on", "ended_on", "start_reason", "end_reason"})},
    ),
)
