"""Limits of report templates, and the sentences that refuse what costs more or is not what it says."""

from binhlu_portal.spreadsheets.sandbox import limits

LARGEST = 5 * limits.MEGABYTE
"""A template as it comes."""

TOO_LARGE = f"Tệp mẫu trống hoặc lớn hơn {LARGEST // limits.MEGABYTE} MB: chọn tệp khác."

MEMORY = 400 * limits.MEGABYTE
"""Address space of the process that fills."""

PROCESSOR_SECONDS = 10
"""Work spent on one document."""

WORDS = {
    limits.BROKEN: "Tệp bị hỏng hoặc không phải văn bản Word: mở bằng Word, lưu thành tệp .docx mới rồi tải lên lại.",
    limits.MACROS: "Tệp có macro nên không nhận: lưu thành “Tài liệu Word (*.docx)” rồi tải lên lại.",
    limits.LINKED: "Tệp lấy nội dung từ nơi khác (liên kết ngoài) nên không nhận: chép nội dung đó vào tệp.",
    limits.LOCKED: "Tệp có đặt mật khẩu nên không đọc được: bỏ mật khẩu rồi tải lên lại.",
    limits.HEAVY: "Điền mẫu này cần quá nhiều bộ nhớ hoặc thời gian nên hệ thống đã dừng lại: làm mẫu gọn hơn.",
    limits.BOMB: "Tệp có phần được nén bất thường hoặc khai báo XML nguy hiểm nên không nhận: lưu lại từ Word.",
}
"""What a refusal of workbooks is called of a Word document."""

ONLY_PLACES = (
    "Mẫu chỉ dùng chỗ điền dạng {{ mã }}: bỏ các lệnh, phép tính hoặc dấu ngoặc khác trong {{ … }} và {% … %}."
)
