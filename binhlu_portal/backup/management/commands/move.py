"""`manage.py move`: everything into another database, from SQLite to PostgreSQL or back, with the whole history."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from binhlu_portal.backup.occupancy import nobody_else
from binhlu_portal.backup.relocation import move, prepare_there


class Command(BaseCommand):
    """Copy the database of the portal into an empty one; the old one stays as it is."""

    help = "Chuyển toàn bộ dữ liệu, cả lịch sử, sang một cơ sở dữ liệu trống khác. Dừng hệ thống trước khi chuyển."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where to."""
        parser.add_argument("url", metavar="URL", help="như DATABASE_URL: postgres://… hoặc sqlite:////…")

    def handle(self, *, url: str, **options: Any) -> None:
        """Copy, compare, and say how many rows of each table have come."""
        try:
            prepare_there(url)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        with nobody_else():
            counts = move()
        for table, count in counts.items():
            self.stdout.write(f"{count:>9} {table}")
        self.stdout.write("Đã chuyển và đối chiếu từng dòng. Đặt DATABASE_URL là địa chỉ mới rồi chạy lại hệ thống.")
