"""The blanks of the document around its sections (Hướng dẫn 36-HD/VPTW, 3/4/2018)."""

from .parts import FrameText

FRAME = (
    FrameText(
        "so", "Số, ký hiệu", "Ví dụ: Số 12-BC/ĐU. Để mặc định thì văn thư điền tay.", "Số …-BC/ĐU", carries=False
    ),
    FrameText(
        "ngay_ky",
        "Địa danh, ngày ký",
        "Ví dụ: Bình Lư, ngày 20 tháng 3 năm 2026. Để mặc định thì điền tay.",
        "{{ noi_va_ngay }}",
        carries=False,
    ),
    FrameText(
        "trich_yeu",
        "Trích yếu",
        "Báo cáo về việc gì; in dưới chữ BÁO CÁO.",
        "Kết quả thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII về củng "
        "cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên",
        lines=3,
    ),
    FrameText(
        "mo_dau",
        "Câu mở đầu",
        "Báo cáo theo văn bản nào, ai báo cáo.",
        "Theo yêu cầu của cấp ủy cấp trên, {{ cap_uy }} báo cáo kết quả từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }} "
        "như sau:",
        lines=3,
    ),
    FrameText("noi_nhan", "Nơi nhận", "Mỗi nơi một dòng.", "- Cấp ủy cấp trên (b/c),\n- Lưu Văn phòng.", lines=6),
    FrameText("the_thuc_ky", "Thể thức ký", "Ví dụ: T/M BAN THƯỜNG VỤ.", "{{ ky_thay }}"),
    FrameText("chuc_vu", "Chức vụ người ký", "Ví dụ: PHÓ BÍ THƯ.", "{{ ky_chuc_vu }}"),
    FrameText("nguoi_ky", "Người ký", "Họ và tên; chưa ghi thì chừa chỗ.", carries=False),
)
"""Every blank, in the order of the document; numbers, days and names start afresh with each report."""
