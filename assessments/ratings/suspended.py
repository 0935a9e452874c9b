"""Suspended members in the ratings of a year: who is suspended on the day of the rating is not rated, for that reason.

The register of suspensions is the record; a rating that says otherwise is refused, and so is a suspension that would
leave a rating apart from it.
"""

from datetime import date

from django.db.models import Q

from assessments.choices import NotRated
from assessments.models import MemberRating
from binhlu_portal.dates.validity import holding_on

IS = (
    "{} đang bị đình chỉ sinh hoạt đảng ngày {:%d/%m/%Y}: năm {} ghi không xếp loại, lý do “Đang bị đình chỉ sinh hoạt "
    "đảng”; ghi sai thời gian đình chỉ thì sửa sổ Đình chỉ sinh hoạt đảng."
)
IS_NOT = (
    "{} không bị đình chỉ sinh hoạt đảng ngày {:%d/%m/%Y}: ghi sổ Đình chỉ sinh hoạt đảng trước, hoặc ghi kết quả khác "
    "của năm {}."
)


def apart() -> dict[int, str]:
    """Return of whom ratings and suspensions do not tell the same, {id of the member: what to do}."""
    asked, found = Q(not_rated=NotRated.SUSPENDED) | Q(member__suspensions__isnull=False), {}
    rows = MemberRating.objects.filter(asked).distinct().order_by("year")
    for row in rows.select_related("member").prefetch_related("member__suspensions"):
        day = min(row.decided_on, date(row.year, 12, 31))
        is_suspended = bool(holding_on(row.member.suspensions.all(), day))
        if is_suspended != (row.not_rated == NotRated.SUSPENDED):
            sentence = IS if is_suspended else IS_NOT
            found.setdefault(row.member_id, sentence.format(row.member.full_name, day, row.year))
    return found
