"""`manage.py leave_sample`: leave the sample behind, from the command line."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.beginning import actions, sample


class Command(BaseCommand):
    """Empty a database that holds the sample; one that holds none is refused."""

    help = "Bỏ dữ liệu mẫu cùng mọi thứ đã ghi thêm vào đó, để bắt đầu với dữ liệu của mình."

    def handle(self, **options: Any) -> None:
        """Keep a copy of what people wrote, empty the database, and tell what went."""
        goes = sample.contents()
        try:
            actions.leave_sample(user=None, now=timezone.localtime())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Đã bỏ dữ liệu mẫu: {goes.units} tổ chức đảng, {goes.members} đảng viên, {goes.accounts} tài khoản, "
            f"{goes.changes} thay đổi do người dùng ghi. Chạy “make run” để bắt đầu."
        )
