"""`manage.py workbook_template`: the data workbook, empty or with the records of a unit."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from binhlu_portal.management.files import write_file
from binhlu_portal.spreadsheets.data_workbook.writer import write
from organizations.scope import SYSTEM
from organizations.tree_queries import find_unit


class Command(BaseCommand):
    """Write the data workbook into a file."""

    help = "Ghi tệp Excel để nhập, sửa dữ liệu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file and what it is to hold."""
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="TỆP.xlsx")
        parser.add_argument("--unit", metavar="MÃ", help="chỉ dữ liệu của tổ chức đảng này và cấp dưới")
        parser.add_argument("--filled", action="store_true", help="ghi cả dữ liệu hiện có (không có thì tệp để trống)")

    def handle(self, *, output: Path, unit: str | None, filled: bool, **options: Any) -> None:
        """Write the file; what is there is replaced."""
        found = unit and find_unit(unit, SYSTEM)
        if unit and found is None:
            raise CommandError(f"Không có tổ chức đảng mang mã “{unit}”.")
        asked = {"user": SYSTEM, "unit": found, "filled": filled or bool(unit)}
        count = write_file(output, lambda unfinished: write(str(unfinished), **asked))
        self.stdout.write(f"Đã lưu {output}: {count} hồ sơ.")
