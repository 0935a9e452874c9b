"""`manage.py setup`: make the portal ready on this machine; quick and harmless when repeated."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from reports.beginning.sample import load_sample


class Command(BaseCommand):
    """Migrate and collect static files; bring the sample into a database that this very run has made, if asked to.

    A database that was there before is never given the sample, empty or not: it is somebody's own.
    """

    help = "Chuẩn bị hệ thống trên máy này."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the choice of the sample."""
        parser.add_argument("--sample", action="store_true", help="nạp dữ liệu mẫu nếu cơ sở dữ liệu vừa được tạo")

    def handle(self, *, sample: bool, **options: Any) -> None:
        """Do what has not been done yet."""
        is_new = not MigrationRecorder(connection).has_table()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if sample and is_new:
            self.stdout.write("Đang nạp dữ liệu mẫu (người, bản, trường đều là hư cấu) …")
            load_sample()
            self.stdout.write("Đã sẵn sàng.")
