"""`manage.py derive_ancestry`: reckon anew who stood above whom, and tell what was wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organizations.ancestry import derive, difference


class Command(BaseCommand):
    """Put the derived table of the tree right; in a sound database there is nothing to do."""

    help = "Lập lại bảng quan hệ cấp trên, cấp dưới từ các giai đoạn của tổ chức đảng, và cho biết chỗ khác."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the choice to look only."""
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không sửa; có chỗ khác là lỗi")

    def handle(self, *, check: bool, **options: Any) -> None:
        """Tell how many lines were missing and how many too many."""
        missing, excess = map(len, difference()) if check else derive()
        told = f"thiếu {missing} dòng, thừa {excess} dòng"
        if check and (missing or excess):
            raise CommandError(f"Bảng quan hệ cấp trên sai: {told}. Chạy “manage.py derive_ancestry” để lập lại.")
        self.stdout.write(f"{'Đã lập lại' if missing or excess else 'Không có chỗ khác'}: {told}.")
