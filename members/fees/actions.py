"""Actions on the basis of a member's Party fee."""

from datetime import date

from binhlu_portal.db.actions import Refusal, action, change, create
from members.models import FeeBasis, Member


@action
def set_basis(*, member: Member, group: str, day: date, income: int | None = None) -> FeeBasis:
    """Record on what the fee of `member` is reckoned (a `FeeGroup`) from `day` on; what held before ends that day.

    `income` is that of a month in đồng, for groups whose fee is a share of it.

    Raises Refusal where a later basis is recorded, ValidationError for an income that is missing or out of place.
    """
    later = member.fee_bases.filter(started_on__gt=day).order_by("started_on").first()
    if later:
        sentence = f"{member} đã có căn cứ từ ngày {later.started_on:%d/%m/%Y}: sửa căn cứ đó, hoặc ghi từ ngày sau đó."
        raise Refusal({"started_on": sentence})
    for before in member.fee_bases.select_for_update().filter(started_on__lt=day, ended_on__gt=day):
        change(before, ended_on=day)
    return create(FeeBasis, member=member, group=group, income=income, started_on=day)
