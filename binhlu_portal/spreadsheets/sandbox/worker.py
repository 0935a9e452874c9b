"""Sandbox worker, the process that reads a foreign file: it limits itself, tells what the file is, writes its values.

It is started by `client.py`, gets the content on its standard input and the ending of the file's name as argument, and
knows no settings, no database and no secrets. Its answer is lines of JSON: for every sheet [name, number of rows,
formulas, whether it is hidden, hidden rows, hidden columns, struck-out cells] and then its rows, a date or time as
{"date": "2026-03-21"}; or, with the exit status that says so, a sentence in the last line.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from binhlu_portal.sandbox.confinement import REFUSED, confine, exit_exhausted

from . import delimited, ods, xls, xlsx, zip_inspect
from .limits import (
    BROKEN,
    LARGEST_RESULT,
    LOCKED,
    MACROS,
    MEMORY,
    MOST_SHEETS,
    PROCESSOR_SECONDS,
    WORD,
    Unreadable,
    check_text,
)
from .shown_dates import as_shown
from .xml_scan import SheetReach

BYTES = (
    (b"\x89PNG", "hình ảnh"),
    (b"\xff\xd8\xff", "hình ảnh"),
    (b"GIF8", "hình ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7-Zip"),
    (b"\x1f\x8b", "tệp nén"),
    (b"MZ", "chương trình chạy được"),
    (b"\x7fELF", "chương trình chạy được"),
)
TEXTS = (
    (b"%pdf", "tài liệu PDF"),
    (b"{\\rtf", "văn bản RTF"),
    *((start, "trang web hoặc tệp XML") for start in (b"<?xml", b"<!doctype", b"<html", b"<head", b"<meta", b"<table")),
)
"""What files of other kinds begin with: those that are no text, and those that may look like text."""

FROM_WORD = (
    "Tệp này là văn bản Word, hệ thống chỉ đọc bảng tính. Mở văn bản bằng Word, chọn cả bảng danh sách, chép (Ctrl+C), "
    "dán (Ctrl+V) vào một trang Excel trống, lưu thành tệp .xlsx rồi tải lên."
)
"""The way out of a list that somebody keeps in Word."""

PACKED = (
    ("xl/workbook.bin", "sổ làm việc nhị phân (.xlsb)"),
    ("word/document.xml", WORD),
    ("ppt/presentation.xml", "bài trình chiếu PowerPoint"),
    ("content.xml", "tài liệu OpenDocument khác bảng tính"),
)
"""What packed files of other kinds hold."""

PAGE, PLAIN, BINARY = "trang web hoặc tệp XML", "văn bản thường", "sổ làm việc nhị phân (.xlsb)"
ODD = "sổ làm việc Excel xếp khác thường"
OPENED_BY_EXCEL = (PAGE, PLAIN, BINARY, ODD)
SAVE_ANEW = "Mở tệp bằng Excel, chọn Lưu thành (Save As), loại “Sổ làm việc Excel (*.xlsx)”,"
"""The way out of files that are no workbooks and that Excel opens as if they were."""

OPEN_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
TEXT_ENDINGS = ("csv", "tsv", "txt", "")


def main() -> None:
    """Entry point: read the file on standard input, answer on standard output."""
    confine(MEMORY, PROCESSOR_SECONDS, LARGEST_RESULT)
    try:
        for sheet in sheets_of(sys.stdin.buffer.read(), sys.argv[1]):
            _write(*sheet)
        sys.stdout.buffer.flush()
    except Unreadable as refusal:
        _refuse(str(refusal))
    except (MemoryError, OSError) as error:  # the second when the answer grows too long
        exit_exhausted(error)
    except PasswordError:
        _refuse(LOCKED)
    except BaseException:  # a reader that trips over a file may raise anything
        _refuse(BROKEN)


def sheets_of(content: bytes, ending: str) -> Iterator[tuple[str, int, Iterable[list], SheetReach, bool]]:
    """Parse a file whose name ends in `ending`: yield (name, number of rows, rows, extent, hidden) of its sheets.

    Raises Unreadable.
    """
    if content.startswith(b"PK\x03\x04"):
        content, extents = _unpacked(content, ending)
    elif content.startswith(xls.SIGNATURE):
        extents = xls.scan(content, lambda words: wrong(ending, words))
    else:
        rows = delimited.rows_of(_text(content, ending))
        yield "CSV", len(rows), rows, SheetReach(), False
        return
    if len(extents) > MOST_SHEETS:
        raise Unreadable(f"Tệp có quá {MOST_SHEETS} trang tính. Xóa các trang không cần rồi tải lên lại.")
    workbook = CalamineWorkbook.from_object(BytesIO(content))
    for index, (sheet, extent) in enumerate(zip(workbook.sheets_metadata, extents, strict=True)):
        if sheet.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
            raise Unreadable(MACROS)
        if sheet.typ == SheetTypeEnum.WorkSheet:
            height, rows = _values(workbook.get_sheet_by_index(index))
            yield sheet.name, height, _as_shown(rows, extent), extent, sheet.visible != SheetVisibleEnum.Visible


def wrong(ending: str, content: str) -> Unreadable:
    """Refusal of a file that is no table but `content` (words for what it is)."""
    if content == WORD:
        return Unreadable(FROM_WORD)
    named = f"Tệp tên là .{ending} nhưng nội dung là" if ending else "Nội dung tệp là"
    way = SAVE_ANEW if content in OPENED_BY_EXCEL else "Chọn tệp bảng tính .xlsx, .xls, .ods hoặc .csv"
    return Unreadable(f"{named} {content}. {way} rồi tải lên lại.")


def _unpacked(content, ending):
    """Return a packed file as the reader takes it, and the extent of each of its sheets."""
    try:
        parts = {part.filename: part for part in zip_inspect.parts_of(content)}
        pieces = zip_inspect.Unpacked(content).pieces
        main = xlsx.main_part(parts, pieces)
        if main and xlsx.WORKBOOK not in parts and main.startswith("xl/") and main.endswith(".xml"):
            again = zip_inspect.Unpacked(content).pieces
            content = zip_inspect.renamed(parts.values(), again, xlsx.names_of_main(main), xlsx.TELLING)
            return _unpacked(content, ending)
        if xlsx.WORKBOOK in parts:
            return content, xlsx.scan(parts, pieces)
        if "mimetype" in parts and b"".join(pieces(parts["mimetype"])).strip() == OPEN_SPREADSHEET:
            return content, ods.scan(parts, pieces)
    except zip_inspect.DAMAGED:
        raise Unreadable(BROKEN) from None
    known = next((words for name, words in PACKED if name in parts), "")
    raise wrong(ending, known or (ODD if main.endswith(".xml") else "tệp nén (zip)"))


def _text(content, ending):
    """Return the text of a file that is neither packed nor an old Office file."""
    text = delimited.text_of(content)
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, words in TEXTS:
        if start.startswith(mark):
            raise wrong(ending, words)
    if text is None:
        raise wrong(ending, next((words for mark, words in BYTES if content.startswith(mark)), "dữ liệu không rõ loại"))
    if ending not in TEXT_ENDINGS:
        raise wrong(ending, PLAIN)
    return text


def _values(sheet):
    """Return (number of rows, rows) of a sheet. The reader tells the rows above its first cell, not the columns."""
    if sheet.start is None:
        return 0, []
    (_, left), (bottom, _) = sheet.start, sheet.end
    return bottom + 1, ([None] * left + row for row in sheet.iter_rows())


def _as_shown(rows, extent):
    """Return the rows with days as far as their cells show them."""
    if not extent.shown:
        return rows
    shown = extent.shown
    return (
        [as_shown(value, shown[at, column]) if (at, column) in shown else value for column, value in enumerate(row)]
        for at, row in enumerate(rows)
    )


def _write(name, height, rows, extent, hidden):
    """Write a sheet."""
    line = json.JSONEncoder(ensure_ascii=False, default=_named).encode
    write = sys.stdout.buffer.write
    check_text(name, "Tên trang tính")
    unseen = [extent.hidden, [*extent.unseen], [*extent.struck]]
    write(f"{line([name, height, extent.formulas, hidden, *unseen])}\n".encode())
    for number, row in enumerate(rows, 1):
        for value in row:
            if isinstance(value, str):
                check_text(value, f"Hàng {number} của trang “{name}” có ô")
        write(f"{line([None if value == '' else value for value in row])}\n".encode())


def _named(value):
    """Return a date, a time or both as a pair that says which; a length of time as text."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return {type(value).__name__: value.isoformat()}


def _refuse(sentence):
    """End with the reason why the file cannot be read."""
    sys.stdout.buffer.write(json.dumps(sentence).encode())
    sys.stdout.buffer.flush()
    sys.exit(REFUSED)


if __name__ == "__main__":
    main()
