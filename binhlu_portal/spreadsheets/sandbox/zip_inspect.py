"""Zip inspection of .xlsx, .ods, .zip (zip bombs): what lies in them, measured while it is unpacked, never as promised.

The reader proper unpacks the file once more, so nothing here may be read in two ways: one directory, at the very end,
whose parts follow each other without overlap under names of their own.
"""

import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from struct import Struct, error, unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .limits import BOMB, BROKEN, EMBEDDED, LARGEST_UNPACKED, LOCKED, MEGABYTE, MOST_PARTS, Unreadable

ENTRY, END, END_64 = b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
END_LENGTH, END_64_LENGTH = 22, 20
HEADER, LOCAL = Struct("<4s22xHH"), b"PK\x03\x04"
CHUNK = 256 * 1024
ENCRYPTED, UTF_8 = 0x1, 0x800
FILES_WITHIN = (LOCAL, b"\xd0\xcf\x11\xe0")
"""What a packed file or an old Office file begins with."""

MISNAMED = (
    "Tệp nén có phần mang tên bất thường nên không nhận. Mở tệp bằng Excel, lưu thành tệp .xlsx mới rồi tải lên lại; "
    "không mở được thì xin lại tệp từ nơi lập bảng."
)


def parts_of(content: bytes) -> list[ZipInfo]:
    """Entries of a zip file. Raises Unreadable for a directory that could be read in two ways."""
    end = len(content) - END_LENGTH
    if content[end : end + 4] != END or content[end - END_64_LENGTH :].startswith(END_64):
        raise Unreadable(BROKEN)
    if content.count(ENTRY) > MOST_PARTS:
        raise Unreadable(BOMB)
    archive = ZipFile(BytesIO(content))
    parts = sorted(archive.infolist(), key=lambda part: part.header_offset)
    if (len(parts), archive.start_dir) != unpack_from("<H4xI", content, end + 10):
        raise Unreadable(BROKEN)
    if len({part.filename.casefold() for part in parts}) < len(parts):
        raise Unreadable(MISNAMED)
    ends = [*(part.header_offset for part in parts[1:]), archive.start_dir]
    for part, following in zip(parts, ends, strict=True):
        _check(part, following)
    return parts


def _check(part, following):
    """Refuse an entry that reaches beyond the next, is locked, or would leave the place where it is unpacked."""
    name = part.orig_filename
    if part.header_offset + part.compress_size > following:
        raise Unreadable(BOMB)
    if part.flag_bits & ENCRYPTED:
        raise Unreadable(LOCKED)
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unreadable(BROKEN)
    odd = name.startswith("/") or ".." in name.split("/") or any(mark in name for mark in "\\:\0")
    if odd or stat.S_ISLNK(part.external_attr >> 16):
        raise Unreadable(MISNAMED)


def name_of(part: ZipInfo) -> str:
    """Name of a part as its packer wrote it: UTF-8 even where it does not say so, else as an old Windows has it.

    Packers of macOS and Linux leave out the flag that says UTF-8; `zipfile` then takes the name for one of DOS.
    """
    if part.flag_bits & UTF_8:
        return part.filename
    packed = part.filename.encode("cp437")
    for encoding in ("utf-8", "cp1258"):
        try:
            return packed.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def renamed(parts: Iterable[ZipInfo], pieces: Callable, names: dict[str, str], telling: Sequence[str]) -> bytes:
    """Return a zip file of `parts`, unpacked by `pieces`, some called otherwise: {old name: new name}.

    The parts `telling`, small ones, name others and do so by their new names.
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in parts:
            with new.open(names.get(part.filename, part.filename), "w") as written:
                for piece in pieces(part):
                    written.write(_told_anew(piece, names) if part.filename in telling else piece)
    return file.getvalue()


def _told_anew(piece, names):
    for old, called in names.items():
        piece = piece.replace(old.encode(), called.encode())
    return piece


class Unpacked:
    """Unpacked parts of a zip file, piece by piece; together they may come to so much and no more.

    None of them may begin as a packed or an old Office file does, unless the file is a package `of_files`.
    """

    def __init__(self, content, *, of_files=False):
        self.content, self.size = content, 0
        self.refused = () if of_files else FILES_WITHIN

    def pieces(self, part: ZipInfo) -> Iterator[bytes]:
        """Yield the content of a part. At its end, its length and its checksum must be what was promised."""
        size = checksum = 0
        for piece in self._inflated(part):
            if not size and piece.startswith(self.refused):
                raise Unreadable(EMBEDDED)
            size += len(piece)
            self.size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if self.size > LARGEST_UNPACKED:
                raise Unreadable(
                    f"Tệp giải nén ra quá {LARGEST_UNPACKED // MEGABYTE} MB nên không đọc. "
                    f"Chép riêng phần có dữ liệu sang một tệp mới rồi tải lên lại."
                )
            yield piece
        if (size, checksum) != (part.file_size, part.CRC):
            raise Unreadable(BROKEN)

    def _inflated(self, part):
        """Yield the content of a part to the end of its packed bytes, however short it is said to be."""
        start = part.header_offset + HEADER.size
        mark, named, more = HEADER.unpack_from(self.content, part.header_offset)
        name = self.content[start : start + named]
        if mark != LOCAL or name not in (part.orig_filename.encode(), part.orig_filename.encode("cp437", "replace")):
            raise Unreadable(BROKEN)
        packed = self.content[start + named + more :][: part.compress_size]
        if part.compress_type == ZIP_STORED:
            yield from (packed[at : at + CHUNK] for at in range(0, len(packed), CHUNK))
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(packed), CHUNK):
            rest, piece = packed[at : at + CHUNK], b""
            while rest or len(piece) == CHUNK:
                piece = inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
                if piece:
                    yield piece
        if not inflater.eof or inflater.unused_data:
            raise Unreadable(BROKEN)


DAMAGED = (BadZipFile, EOFError, NotImplementedError, ValueError, error, zlib.error)
"""What taking apart a broken file raises."""
