"""Archive worker, the process that opens a package of files (.zip): it limits itself, unpacks lists, names the rest.

It is started by `archives.py` and gets the package on its standard input. Its answer is lines of JSON, one for each
file: [name, content in base64, or null for one that is no list, or is larger than a list may be]; or, with the exit
status that says so, a sentence in the last line. Nothing is unpacked to the disk, so no name leads anywhere.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Iterator

from binhlu_portal.sandbox.confinement import REFUSED, confine, exit_exhausted

from . import zip_inspect
from .limits import (
    LARGEST,
    LARGEST_RESULT,
    LIST_ENDINGS,
    LOCKED,
    MEMORY,
    MOST_FILES,
    PROCESSOR_SECONDS,
    Unreadable,
)

UNPACK = "Giải nén trên máy mình rồi chọn cả thư mục."
WITH_PASSWORD = f"Tệp nén có đặt mật khẩu nên không mở được. {UNPACK}"
NOT_SAFE = f"Tệp nén bị hỏng hoặc được nén bất thường nên không mở. {UNPACK}"
TOO_MANY = f"Tệp nén có quá {MOST_FILES} danh sách: chia thành nhiều tệp nén nhỏ hơn."


def main() -> None:
    """Entry point: open the package on standard input, answer on standard output."""
    confine(MEMORY, PROCESSOR_SECONDS, LARGEST_RESULT)
    try:
        for name, content in files_of(sys.stdin.buffer.read()):
            told = None if content is None else b64encode(content).decode()
            sys.stdout.buffer.write(f"{json.dumps([name, told])}\n".encode())
        sys.stdout.buffer.flush()
    except Unreadable as refusal:
        _refuse(str(refusal))
    except (MemoryError, OSError) as error:  # the second when the answer grows too long
        exit_exhausted(error)
    except BaseException:  # a reader that trips over a file may raise anything
        _refuse(NOT_SAFE)


def files_of(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Yield (name, content) of the files in a package; None for one that is no list or too large. Raises Unreadable."""
    try:
        parts = [part for part in zip_inspect.parts_of(content) if not part.is_dir()]
        if sum(map(_may_be_list, parts)) > MOST_FILES:
            raise Unreadable(TOO_MANY)
        unpacked = zip_inspect.Unpacked(content, of_files=True)
        for part in parts:
            taken = _may_be_list(part) and part.file_size <= LARGEST
            yield zip_inspect.name_of(part), b"".join(unpacked.pieces(part)) if taken else None
    except zip_inspect.DAMAGED:
        raise Unreadable(NOT_SAFE) from None
    except Unreadable as refusal:
        said = str(refusal)
        raise Unreadable(WITH_PASSWORD if said == LOCKED else said if said == TOO_MANY else NOT_SAFE) from None


def _may_be_list(part):
    return part.filename.lower().endswith(LIST_ENDINGS)


def _refuse(sentence):
    """End with the reason why the package is not opened."""
    sys.stdout.buffer.write(f"\n{json.dumps(sentence)}".encode())
    sys.stdout.buffer.flush()
    sys.exit(REFUSED)


if __name__ == "__main__":
    main()
