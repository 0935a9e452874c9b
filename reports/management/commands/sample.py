"""`manage.py sample`: make the sample records anew and write them as a fixture."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from fixtures.generate import story, write
from organizations.models import Unit

SEED = 2026


class Command(BaseCommand):
    """Generate, write, and leave the database as it was."""

    help = "Tạo lại dữ liệu mẫu (hư cấu) và ghi thành tệp để nạp."

    def add_arguments(self, parser):
        """Add the seed and the file."""
        parser.add_argument("--seed", type=int, default=SEED, metavar="SỐ", help="cùng số thì cùng dữ liệu")
        parser.add_argument(
            "-o", "--output", type=Path, default=settings.BASE_DIR / "fixtures" / "binh-lu.json", metavar="TỆP"
        )

    def handle(self, *, seed, output, **options):
        """Make the sample inside a transaction that is rolled back once the fixture is written."""
        if Unit.objects.exists():
            raise CommandError("Cơ sở dữ liệu đã có tổ chức đảng: chỉ tạo dữ liệu mẫu trong cơ sở dữ liệu trống.")
        with transaction.atomic():
            story.tell(seed)
            text = write.fixture()
            transaction.set_rollback(True)
        output.write_text(text, encoding="utf-8")
        self.stdout.write(f"Đã lưu {output} ({len(text.encode()):,} byte).")
