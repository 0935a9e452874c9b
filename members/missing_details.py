"""Missing details of a record: what the card and the levels of a member may lack, by which the list is narrowed.

What checks and figures say of the same is told of stays in a cell: `members.unrecorded`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.models import MemberState
from members.queries import holding


def on_card(path: str, **facts: Any) -> Q:
    """Return the condition that the card at `path` ("" for the row itself, "member__") says these facts."""
    return Q(**{f"{path}{name}": value for name, value in facts.items()})


def without_level(field: str) -> Callable[[Moment], Q | Exists]:
    """Missing data condition, for a moment: nothing is known of one level of the person on the day."""
    return lambda moment: (
        ~Exists(MemberState.objects.filter(covers(moment.as_of), ~Q(**{field: ""}), member=OuterRef("pk")))
    )


MISSING_ON_CARD = {
    "ngay-sinh": ("Ngày sinh", lambda moment, path="": on_card(path, born_on__isnull=True)),
    "so-the": (
        "Số thẻ đảng viên",
        lambda moment, path="": on_card(path, card_number="", official_on__lte=moment.as_of),
    ),
    "dinh-danh": ("Số định danh cá nhân", lambda moment, path="": on_card(path, citizen_id="")),
    "ngay-vao-dang": ("Ngày vào Đảng", lambda moment, path="": on_card(path, joined_on__isnull=True)),
    "ngay-cap-the": (
        "Ngày cấp thẻ",
        lambda moment, path="": on_card(path, card_issued_on__isnull=True) & ~on_card(path, card_number=""),
    ),
    "ton-giao": ("Tôn giáo", lambda moment, path="": on_card(path, religion="")),
    "noi-o": ("Nơi thường trú", lambda moment, path="": on_card(path, residence="")),
}
"""What a card may lack, by its code in the address: its label, the condition of a moment and of the path to the card.

Only official members have a card.
"""

MISSING = MISSING_ON_CARD | {
    "trinh-do": ("Mọi trình độ, nghề nghiệp", lambda moment: ~holding(MemberState, moment)),
    "hoc-van": ("Học vấn", without_level("education")),
    "chuyen-mon": ("Chuyên môn", without_level("qualification")),
    "hoc-ham": ("Học hàm", without_level("academic_title")),
    "ly-luan": ("Lý luận chính trị", without_level("theory")),
    "nghe-nghiep": ("Nghề nghiệp", without_level("occupation")),
}
"""The same, and what of levels a record may lack."""
