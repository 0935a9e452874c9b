"""Limits of form templates, and the sentences that refuse what costs more or is no workbook."""

from binhlu_portal.spreadsheets.sandbox.limits import MEGABYTE, dotted

LARGEST = 2 * MEGABYTE
"""A blank as it comes: a form without data, perhaps with a few drawings."""

MEMORY = 300 * MEGABYTE
"""Address space of the process that looks at a blank or fills it."""

PROCESSOR_SECONDS = 8
"""Work spent on one blank."""

MOST_SHEETS = 20
MOST_ROWS = 500
MOST_COLUMNS = 60
MOST_CELLS = 6_000
"""Cells of one sheet as it is shown: a page with more of them is too heavy for a telephone."""

NO_WORKBOOK = "Mẫu phải là sổ làm việc Excel (.xlsx): mở tệp bằng Excel, lưu thành .xlsx rồi tải lên lại."
WRONG_SHEETS = f"Mẫu phải có từ 1 đến {MOST_SHEETS} trang không ẩn: bỏ ẩn hoặc xóa bớt trang rồi tải lên lại."
HEAVY = "Đọc hoặc điền mẫu này cần quá nhiều bộ nhớ, thời gian nên hệ thống đã dừng: làm mẫu gọn hơn rồi tải lên lại."
TOO_LARGE = f"Tệp mẫu trống hoặc lớn hơn {LARGEST // MEGABYTE} MB: chọn tệp khác."


def too_wide(name):
    """Return how a sheet is refused that reaches too far."""
    return (
        f"Trang “{name}” quá {MOST_ROWS} hàng, {MOST_COLUMNS} cột hoặc {dotted(MOST_CELLS)} ô: "
        + "xóa phần thừa, hoặc tách thành nhiều mẫu rồi tải lên lại."
    )
