"""Ways back into the Party: after leaving it a stay begins by readmission or by restoration, or not at all.

`apart()` finds whose stays tell it otherwise: verbs refuse such a stay at once, files and corrections at their end,
when all stays of somebody are known.
"""

from itertools import pairwise

from members.choices import OUT_OF_THE_PARTY, RETURNS, EndReason
from members.models import Spell

NO_WAY_BACK = (
    "{}: đã ra khỏi Đảng ngày {:%d/%m/%Y} ({}) nhưng lại có giai đoạn sinh hoạt từ ngày {:%d/%m/%Y} ({}). Chỉ trở lại "
    "bằng kết nạp lại hoặc phục hồi đảng tịch; sửa lý do nếu ghi sai."
)


def apart() -> dict[int, str]:
    """Return who came back in no way there is, {id of the member: what to do}."""
    left = Spell.objects.filter(end_reason__in=OUT_OF_THE_PARTY).values("member")
    stays = Spell.objects.filter(member__in=left).order_by("member", "started_on").select_related("member")
    found = {}
    for before, stay in pairwise(stays):
        if before.member_id != stay.member_id or before.end_reason not in OUT_OF_THE_PARTY:
            continue
        if before.end_reason == EndReason.DIED or stay.start_reason not in RETURNS:
            words = before.get_end_reason_display().lower(), stay.started_on, stay.get_start_reason_display().lower()
            found.setdefault(stay.member_id, NO_WAY_BACK.format(stay.member.full_name, before.ended_on, *words))
    return found
