"""Acts of assessments that two registers tell of: which rows must agree; the feature says how."""

from binhlu_portal.records.agreements import AGREEMENTS, Agreement
from members.models import Suspension

from .models import MemberRating
from .ratings import suspended

AGREEMENTS.add(
    "suspended and not rated", Agreement({Suspension: "member_id", MemberRating: "member_id"}, suspended.apart)
)
