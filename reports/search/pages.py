"""The pages that are found by what people call them: the sections of the menu, and those that lie deeper."""

from binhlu_portal.accounts.models import User
from binhlu_portal.templatetags.navigation import OFFICE, SECTIONS, MenuSection
from organizations.rights import Right
from organizations.scope import rights_of

EDIT, DECIDE = frozenset({Right.EDIT}), frozenset({Right.DECIDE})

SPOKEN = {
    "members": "Danh sách đảng viên",
    "admissions": "Kết nạp đảng viên, quần chúng ưu tú",
    "ratings": "Xếp loại hằng năm",
    "monthly-fees": "Đảng phí tháng",
    "registers": "Sổ theo dõi",
    "checks": "Kiểm tra dữ liệu",
    "report": "Báo cáo sơ kết",
    "annexes": "Biểu phụ lục, biểu thống kê",
}
"""What sections are called that the menu calls by a word: {page: name}."""

DEEPER = (
    MenuSection("Nhắc việc", "reminders"),
    MenuSection("Sinh hoạt chi bộ tháng, ghi trên bảng", "meetings-month", EDIT),
    MenuSection("Báo thay đổi", "change", EDIT),
    MenuSection("Thêm quần chúng ưu tú", "admission-new", EDIT),
    MenuSection("Công nhận đảng viên chính thức trên bảng", "admissions-official", DECIDE),
    MenuSection("Chỉ tiêu kết nạp, giao cho các đơn vị", "admission-targets", DECIDE),
    MenuSection("Thêm đảng viên", "member-add", DECIDE),
    MenuSection("Sửa đảng viên trên bảng", "members-grid", EDIT),
    MenuSection("Hồ sơ trùng", "members-duplicates", DECIDE),
    MenuSection("Ghi cấp ủy nhiều tổ chức trên bảng", "committees", DECIDE),
    MenuSection("Trao Huy hiệu Đảng, ghi cả đợt trên bảng", "badges-award", DECIDE),
    MenuSection("Xếp loại tổ chức đảng", "rating-units", DECIDE),
    MenuSection("Tổng quan theo đơn vị", "comparison", OFFICE),
    MenuSection("Đối chiếu báo cáo đã gửi", "reconciliation", OFFICE),
    MenuSection("Thêm mẫu của cấp trên", "blank-add", DECIDE),
)
"""Pages that no word of the menu leads to at once."""


def pages_of(user: User) -> dict[str, str]:
    """Return the pages that a reader has a right to: {name of the address: what it is called}."""
    rights = rights_of(user)
    found = (section for section in (*SECTIONS, *DEEPER) if section.rights & rights)
    return {section.page: SPOKEN.get(section.page, section.label) for section in found}
