"""`manage.py backup`: everything into one file, while the portal runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from binhlu_portal.backup.archive import write_archive


class Command(BaseCommand):
    """Write a backup and read it back."""

    help = "Sao lưu cơ sở dữ liệu và khóa của hệ thống vào một tệp, rồi đọc lại để kiểm tra."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file."""
        parser.add_argument("file", type=Path, metavar="TỆP")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Tell what was written, with the digests by which it is known again."""
        manifest = write_archive(file.absolute(), timezone.localtime())
        self.stdout.write(f"Đã sao lưu vào “{file}” và đọc lại đúng (phiên bản {manifest.portal}, {manifest.vendor}).")
        for part, digest in manifest.digests.items():
            self.stdout.write(f"  {part}  SHA-256 {digest}")
