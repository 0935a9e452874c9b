"""Acts of assessments that two registers tell of: which rows must agree; the feature says how."""

from binhlu_portal.records.agreements import AGREEMENTS, Agreement
from members.models import Suspension

from .meetings import queries as meeting_queries
from .models import Absence, Meeting, MemberRating
from .ratings import suspended

AGREEMENTS.add(
    "suspended and not rated", Agreement({Suspension: "member_id", MemberRating: "member_id"}, suspended.apart)
)

AGREEMENTS.add(
    "present and absent",
    Agreement(
        {Meeting: "id", Absence: "meeting_id"},
        meeting_queries.apart,
        {Meeting: frozenset({"expected", "present", "by_name"})},
    ),
)
