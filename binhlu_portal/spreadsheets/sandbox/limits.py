"""Limits of files that people bring: what one may cost, how it is refused when it costs more or is something else.

The numbers leave room for a province's list (34,000 members in 20 columns take a third of them) and keep a hostile file
from holding the portal: OWASP ASVS 5.2 asks to look at sizes before a file is unpacked.
"""

MEGABYTE = 1024 * 1024

LARGEST = 10 * MEGABYTE
"""A file as it comes."""

LARGEST_UNPACKED = 100 * MEGABYTE
"""What all parts of a packed file come to, counted while they are unpacked: what its directory says may be a lie."""

MOST_PARTS = 2_000
"""Parts of a packed file; a workbook has some ten and one for each sheet."""

MOST_FILES = 200
"""Files that are taken at once, one by one, as a folder or in a package."""

LIST_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")
"""How the names of files end that may be lists; others are left out of folders and packages unread."""

MOST_SHEETS = 200

MOST_ROWS = 60_000
"""The last row of a sheet that holds anything."""

MOST_COLUMNS = 1_000
"""The last column of a sheet that holds anything."""

MOST_CELLS = 2_000_000
"""Cells of a file, the empty ones between the full ones included: the reader keeps room for them all."""

LONGEST_CELL = 4_000
"""Characters of a text in a cell, or of the name of a sheet: eight times as many as any field of a record takes, and
fewer digits than Python refuses to read as a number."""

MOST_ELEMENTS = 6_000_000
"""Elements of one XML part: two million cells with a formula and a value each."""

MEMORY = 200 * MEGABYTE
"""Address space of the process that reads; a province's list takes half of it."""

LARGEST_RESULT = 64 * MEGABYTE
"""What the reading process may hand back: two million cells of thirty letters."""

PROCESSOR_SECONDS = 15
"""Work spent on a file: the largest one allowed takes two, and a busy or an old machine several times that."""

SECONDS = 40
"""Time on the wall until the answer must be there: a busy machine works on a file only now and then."""


WORD = "văn bản Word"
"""What a document of Word is called, packed or old."""


class Unreadable(Exception):
    """Refusal of a file that cannot be read; the message says in Vietnamese why and what to do."""


HEAVY = (
    "Đọc tệp này cần quá nhiều bộ nhớ hoặc thời gian nên hệ thống đã dừng lại. "
    "Chép riêng phần cần nhập (dán giá trị) sang một tệp mới rồi tải lên lại."
)
BROKEN = (
    "Tệp bị hỏng hoặc chưa tải lên hết. Mở tệp bằng Excel hoặc LibreOffice, lưu thành tệp .xlsx mới rồi tải lên lại."
)
LOCKED = (
    "Tệp có đặt mật khẩu nên không đọc được. Mở tệp bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc > "
    "Mã hóa bằng mật khẩu, xóa mật khẩu, lưu rồi tải lên lại."
)
MACROS = (
    "Tệp có macro nên không nhận. Lưu tệp thành “Sổ làm việc Excel (*.xlsx)”, loại không có macro, rồi tải lên lại."
)
LINKED = (
    "Tệp lấy dữ liệu từ nơi khác (liên kết ngoài) nên không nhận. "
    "Chép các ô, dán giá trị (Paste Values) sang một tệp mới rồi tải lên lại."
)
EMBEDDED = "Tệp có tệp khác nhúng bên trong nên không nhận. Xóa các đối tượng đã chèn, lưu rồi tải lên lại."
BOMB = "Tệp có phần được nén bất thường hoặc khai báo XML nguy hiểm nên không nhận. Xin lại tệp từ nơi lập bảng."


def check_size(rows: int, columns: int, sheet: str) -> None:
    """Size limit of a sheet. Raises Unreadable when its last full cell lies too far down or right."""
    for count, most, word in ((rows, MOST_ROWS, "hàng"), (columns, MOST_COLUMNS, "cột")):
        if count > most:
            raise Unreadable(
                f"{sheet} có dữ liệu đến {word} {dotted(count)}, quá {dotted(most)} {word}. "
                f"Xóa các ô thừa ở xa, hoặc tách thành nhiều tệp nhỏ hơn rồi tải lên lại."
            )


def check_cells(count: int) -> None:
    """Size limit of a file. Raises Unreadable for too many cells."""
    if count > MOST_CELLS:
        raise Unreadable(
            f"Tệp có quá {dotted(MOST_CELLS)} ô, kể cả ô trống ở giữa. "
            f"Chép riêng phần có dữ liệu sang một tệp mới, hoặc tách thành nhiều tệp, rồi tải lên lại."
        )


def check_text(text: str, where: str) -> None:
    """Length limit of a text. Raises Unreadable before anything is made of it."""
    if len(text) > LONGEST_CELL:
        raise Unreadable(
            f"{where} dài {dotted(len(text))} ký tự, quá {dotted(LONGEST_CELL)} ký tự một ô. "
            f"Rút ngắn ô đó, hoặc xóa nếu không cần nhập, rồi tải lên lại."
        )


def dotted(number: int) -> str:
    """Number format with a point between thousands; the module that knows more of numbers would load Django."""
    return f"{number:,}".replace(",", ".")
