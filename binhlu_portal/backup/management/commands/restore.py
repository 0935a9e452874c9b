"""`manage.py restore`: everything back from one file, while the portal stands still."""

import csv
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from binhlu_portal.audit.seals import begin_anew
from binhlu_portal.backup.archive import KEY, put_key, read_archive, refuse_unfit
from binhlu_portal.backup.databases import KINDS
from binhlu_portal.backup.occupancy import nobody_else


class Command(BaseCommand):
    """Put a backup in place of what is there, and tell all figures before and after."""

    help = "Khôi phục từ một tệp sao lưu: thay toàn bộ cơ sở dữ liệu và khóa. Dừng hệ thống trước khi khôi phục."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file."""
        parser.add_argument("file", type=Path, metavar="TỆP")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Check the file, bring it up to this version, put it in place."""
        with tempfile.TemporaryDirectory(dir=self.beside()) as name, nobody_else():
            folder, after = Path(name), {}
            manifest = read_archive(file, folder)
            refuse_unfit(manifest)
            kind, before = KINDS[manifest.vendor], figures()

            def prepare():
                call_command("migrate", verbosity=0, interactive=False)
                after.update(figures())

            kind.install(folder / kind.name, prepare)
            put_key(folder / KEY)
            begin_anew()
        self.tell(before, after)
        self.stdout.write(f"Đã khôi phục bản sao lưu lúc {manifest.made_at} (phiên bản {manifest.portal}).")

    def beside(self) -> Path | None:
        """Return the folder of the database, where a file is put in its place in one step; any folder for a server."""
        name = connection.settings_dict["NAME"]
        return Path(name).parent if connection.vendor == "sqlite" else None

    def tell(self, before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> None:
        """Print every figure before and after, those that differ with a mark."""
        self.stdout.write("  trước   sau     số liệu")
        for code in before | after:
            values = [figure["value"] or "–" if (figure := side.get(code)) else "–" for side in (before, after)]
            mark = " " if values[0] == values[1] else "*"
            label = (after.get(code) or before[code])["label"]
            self.stdout.write(f"{mark} {values[0]:<7} {values[1]:<7} {label} ({code})")


def figures() -> dict[str, dict[str, str]]:
    """Return the figures of the whole tree today by their codes; none of a database that cannot tell them."""
    printed = StringIO()
    try:
        call_command("figures", format="csv", stdout=printed)
    except CommandError:
        return {}
    return {row["code"]: row for row in csv.DictReader(StringIO(printed.getvalue()))}
