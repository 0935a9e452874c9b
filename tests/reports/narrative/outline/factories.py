"""An outline that no committee has: of another resolution, invented, as an office would type it."""

INVENTED = """\
Tên đề cương: Kết luận mẫu
Trích yếu: Kết quả thực hiện Kết luận mẫu
Nơi nhận:
- Ban mẫu,
- Lưu.

I. TÌNH HÌNH
1. Số liệu
= Đảng bộ có {{ members.total }} đảng viên.
| Đảng bộ chưa có đảng viên.
2. Việc đã làm
? Đã làm gì.
- Ở bản
- Ở cơ quan
II. KIẾN NGHỊ
"""
