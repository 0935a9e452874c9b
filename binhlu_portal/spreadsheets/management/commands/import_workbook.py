"""`manage.py import_workbook`: bring in a file from a shell, with the rights of an account."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from binhlu_portal.audit.context import acting
from binhlu_portal.db.actions import Refusal, Rollback
from binhlu_portal.spreadsheets.importer.formats import SenderInput, parse_file
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.importer.result_json import cell_of, to_json
from binhlu_portal.spreadsheets.importer.results import ACTIONS
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from organizations.rights import Right
from organizations.scope import SYSTEM, rights_of
from organizations.tree_queries import has_no_units


class Command(BaseCommand):
    """Check a file and write it: all of it, or nothing when something is wrong.

    Into a database without any unit the keeper of the server brings the first records: nobody has a role there yet.
    """

    help = "Nhập dữ liệu từ tệp Excel: lưu tất cả, hoặc không lưu gì khi có lỗi."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, the account and how to go about it."""
        parser.add_argument("file", type=Path, metavar="TỆP")
        parser.add_argument("--user", required=True, metavar="TÊN", help="tên đăng nhập của người nhập")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu gì")
        parser.add_argument("--partly", action="store_true", help="bỏ các dòng có lỗi, lưu các dòng đúng")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file: Path, user: str, dry_run: bool, partly: bool, **options: Any) -> None:
        """Tell what was or would be written, and every error; with errors nothing is written."""
        account = get_user_model().objects.filter(username__iexact=user).first()
        first = has_no_units()
        if account is None and not first:
            raise CommandError(f"Không có tài khoản “{user}”.")
        if not first and Right.EDIT not in rights_of(account):
            raise CommandError(f"Tài khoản “{user}” không có quyền ghi hồ sơ.")
        reach, today = SYSTEM if first else account, timezone.localdate()
        try:
            reading = parse_file(file.read_bytes(), file.name, SenderInput(reach, received_on=today))
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {file}: kiểm tra đường dẫn và quyền đọc tệp.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        result, written = None, False
        with suppress(Rollback), acting(account, f"Nhập từ tệp {file.name}"):
            outcome = self.import_rows(reading, reach, today)
            result = to_json(outcome, reading)
            if dry_run or (outcome.faults and not partly):
                raise Rollback
            written = True
        self.stdout.write(
            json.dumps(result | {"written": written}, ensure_ascii=False, indent=1, default=str)
            if options["format"] == "json"
            else "\n".join(as_text(result, written))
        )
        if result["faults"] and not partly:
            raise CommandError(f"Tệp có {len(result['faults'])} lỗi: chưa lưu gì.")

    def import_rows(self, reading, reach, today):
        """Write the lines; a database that lacks rules takes none."""
        try:
            return import_rows(reading, reach, today=today)
        except Refusal as error:
            raise CommandError(error.message) from error


def as_text(result: dict[str, Any], written: bool) -> Iterator[str]:
    """Report of an import in lines for people."""
    yield "Đã lưu:" if written else "Chưa lưu gì. Nếu lưu:"
    for title, counts in result["counts"].items():
        yield f"  {title}: " + ", ".join(f"{ACTIONS[action].lower()} {count}" for action, count in counts.items())
    for sheet, row, _, who, changes, _ in result["changes"]:
        place = f"{sheet}, dòng {row}" if row else sheet
        for label, before, after in changes:
            yield f"  {place}, {who}: {label}: {before} → {after}"
    for fault in result["faults"]:
        where = ", ".join(filter(None, (fault["sheet"], cell_of(fault), fault["who"])))
        yield f"LỖI {where}: {fault['message']}" + (f" (ghi: “{fault['value']}”)" if fault["value"] else "")
    yield from result["notes"]
