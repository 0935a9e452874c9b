"""Missing details of a record: what the card and the levels of a member may lack, by which the list is narrowed.

What checks and figures say of the same is told of stays in a cell: `members.unrecorded`.
"""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.models import MemberState
from members.queries import holding


def without_level(field: str) -> Callable[[Moment], Q | Exists]:
    """Missing data condition, for a moment: nothing is known of one level of the person on the day."""
    return lambda moment: (
        ~Exists(MemberState.objects.filter(covers(moment.as_of), ~Q(**{field: ""}), member=OuterRef("pk")))
    )


MISSING = {
    "ngay-sinh": ("Ngày sinh", lambda moment: Q(born_on__isnull=True)),
    "so-the": ("Số thẻ đảng viên", lambda moment: Q(card_number="", official_on__lte=moment.as_of)),
    "dinh-danh": ("Số định danh cá nhân", lambda moment: Q(citizen_id="")),
    "ngay-vao-dang": ("Ngày vào Đảng", lambda moment: Q(joined_on__isnull=True)),
    "ngay-cap-the": ("Ngày cấp thẻ", lambda moment: Q(card_issued_on__isnull=True) & ~Q(card_number="")),
    "ton-giao": ("Tôn giáo", lambda moment: Q(religion="")),
    "noi-o": ("Nơi thường trú", lambda moment: Q(residence="")),
    "trinh-do": ("Mọi trình độ, nghề nghiệp", lambda moment: ~holding(MemberState, moment)),
    "hoc-van": ("Học vấn", without_level("education")),
    "chuyen-mon": ("Chuyên môn", without_level("qualification")),
    "hoc-ham": ("Học hàm", without_level("academic_title")),
    "ly-luan": ("Lý luận chính trị", without_level("theory")),
    "nghe-nghiep": ("Nghề nghiệp", without_level("occupation")),
}
"""What a record may lack, by its code in the address: its label, the condition of a moment.

Only official members have a card.
"""
