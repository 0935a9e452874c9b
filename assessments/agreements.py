"""Acts of assessments that two registers tell of: which rows must agree, and what outlasts a stay.

The feature says how.
"""

from binhlu_portal.records.agreements import AGREEMENTS, Agreement
from members.membership.later_records import LATER_RECORDS
from members.models import Suspension

from .meetings import queries as meeting_queries
from .models import Absence, Meeting, MemberRating
from .ratings import suspended

AGREEMENTS.add(
    "suspended and not rated", Agreement({Suspension: "member_id", MemberRating: "member_id"}, suspended.apart)
)

LATER_RECORDS.add("attendance", meeting_queries.attended_later)

AGREEMENTS.add(
    "present and absent",
    Agreement(
        {Meeting: "id", Absence: "meeting_id"},
        meeting_queries.apart,
        {Meeting: frozenset({"expected", "present", "by_name"})},
    ),
)
