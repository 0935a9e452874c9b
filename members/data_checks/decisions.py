"""Checks of acts without their decision: what was written before number and day were asked for at every door."""

from django.db.models import Q

from binhlu_portal.data_checks.rules import Check, Level, check
from members.choices import ExemptionKind, StartReason
from members.columns import POST_DECISIONS
from organizations.rights import Right

from .expulsions import CHARTER
from .fix_urls import record
from .populations import (
    CURRENT_MEMBERS,
    EXEMPTIONS,
    FEE_REDUCTIONS,
    POSTS,
    PUT_OUT_OF_THE_PARTY,
    UNAPPROVED_REVIEWS,
)

UNDECIDED = Q(decision_number="") | Q(decision_date__isnull=True)
"""The number of the decision, or its day, is not written down."""

check(
    Check(
        "mien-sinh-hoat-chua-ghi-quyet-dinh",
        Level.WARNING,
        "Miễn sinh hoạt không vì tuổi cao, sức yếu chưa ghi số, ngày quyết định",
        "Ban Thường vụ quyết định theo đề nghị của chi bộ: ghi số và ngày quyết định.",
        "{member_work}",
        EXEMPTIONS,
        Q(kind=ExemptionKind.OTHER) & UNDECIDED,
        record("mien-sinh-hoat"),
    ),
    Check(
        "giam-dang-phi-chua-ghi-can-cu",
        Level.WARNING,
        "Miễn, giảm đảng phí chưa ghi căn cứ hoặc quyết định",
        "Ghi căn cứ miễn, giảm, số và ngày quyết định.",
        "{fees}",
        FEE_REDUCTIONS,
        Q(ground="") | UNDECIDED,
        record("mien-giam-dang-phi"),
    ),
    Check(
        "quy-hoach-chua-ghi-phe-duyet",
        Level.WARNING,
        "Rà soát, đưa ra khỏi quy hoạch mà chưa ghi lần phê duyệt",
        "Ghi lần phê duyệt quy hoạch chức danh đó cho nhiệm kỳ đó, hoặc sửa dòng ghi nhầm.",
        "{member_work}",
        UNAPPROVED_REVIEWS,
        Q(),
        record("quy-hoach"),
        Right.DECIDE,
    ),
    Check(
        "cap-uy-chua-ghi-quyet-dinh",
        Level.NOTE,
        "Chức vụ cấp ủy chưa ghi số, ngày quyết định",
        "Ghi số, ngày quyết định chỉ định hoặc chuẩn y; cấp ủy có từ khi tiếp nhận, thành lập thì ghi quyết định đó.",
        "{charter_guidance}",
        POSTS,
        UNDECIDED,
        record("chuc-vu"),
        Right.DECIDE,
        bulk=POST_DECISIONS,
    ),
    Check(
        "ra-khoi-dang-chua-ghi-quyet-dinh",
        Level.WARNING,
        "Xóa tên, khai trừ chưa ghi số, ngày quyết định",
        "Ghi số, ngày quyết định thôi vào quá trình sinh hoạt đảng.",
        CHARTER,
        PUT_OUT_OF_THE_PARTY,
        Q(end_decision_number="") | Q(end_decision_date__isnull=True),
        record("sinh-hoat-dang"),
        Right.DECIDE,
    ),
    Check(
        "phuc-hoi-chua-ghi-quyet-dinh",
        Level.WARNING,
        "Phục hồi đảng tịch chưa ghi số, ngày quyết định",
        "Ghi số, ngày quyết định phục hồi vào quá trình sinh hoạt đảng.",
        CHARTER,
        CURRENT_MEMBERS,
        Q(start_reason=StartReason.RESTORED) & UNDECIDED,
        record("sinh-hoat-dang"),
        Right.DECIDE,
    ),
)
