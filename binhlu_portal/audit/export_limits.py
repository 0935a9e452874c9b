"""Limits of exports: how many files an account takes within an hour, and how many of them with nearly everybody.

Whoever works takes a handful a day; who takes a list after the other carries the records away.
"""

from datetime import timedelta

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Now

from binhlu_portal.accounts.models import User
from binhlu_portal.text.vietnamese import number
from organizations.tree_queries import leading_committee

from .models import Access, AccessKind

WINDOW = timedelta(hours=1)

MOST = 30
"""Files within `WINDOW`."""

EVERYBODY = 300
"""From how many rows on a file is one of everybody: no cell has as many people."""

MOST_LARGE = 5
"""Such files within `WINDOW`."""

REFUSED = (
    "Tài khoản này đã xuất {} trong một giờ, nhiều nhất là {}. Hãy thử lại sau {} phút nữa.\n\n"
    "Lần này đã ghi vào nhật ký truy cập; cần gấp thì gọi Văn phòng {}."
)


def exhausted(user: User, rows: int) -> tuple[str, timedelta] | None:
    """Return why `user` may not export `rows` rows now, and how long to wait at most; None where that is allowed.

    `user` is the account of a request, which knows its committee.
    """
    taken = Access.objects.filter(user=user, kind=AccessKind.EXPORTED, at__gt=Now() - WINDOW)
    large = Q(rows__gte=EVERYBODY)
    counted = {"all": Count("pk"), "large": Count("pk", filter=large), "now": Max(Now())}
    found = taken.aggregate(**counted, first=Min("at"), first_large=Min("at", filter=large))
    if found["all"] >= MOST:
        return _told(user, f"{MOST} tệp", f"{MOST} tệp", found["now"] - found["first"])
    if rows >= EVERYBODY and found["large"] >= MOST_LARGE:
        what = f"{MOST_LARGE} tệp từ {number(EVERYBODY)} dòng trở lên"
        return _told(user, what, f"{MOST_LARGE} tệp như vậy", found["now"] - found["first_large"])
    return None


def _told(user, taken, most, since):
    wait, office = WINDOW - since, leading_committee(user.committee)
    return REFUSED.format(taken, most, -(-wait // timedelta(minutes=1)), office), wait
