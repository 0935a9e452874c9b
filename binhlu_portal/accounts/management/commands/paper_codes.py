"""`manage.py paper_codes`: codes on paper from the keeper of the server, for an administrator who has no telephone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.second_factor.actions import print_codes
from binhlu_portal.audit.context import acting


class Command(BaseCommand):
    """Print new codes for paper; those before are void."""

    help = "In mã giấy mới của một tài khoản: dùng thay mã trên điện thoại, mỗi mã một lần. Mã giấy cũ hết hiệu lực."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the account."""
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *, username: str, **options: Any) -> None:
        """Make the codes and print them."""
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"Chưa có tài khoản “{username}”: xem lại tên đăng nhập.")
        with acting(None, "In mã giấy ở máy chủ"):
            printed = print_codes(user=user, keeper=None)
        self.stdout.write("\n".join([f"Tên đăng nhập: {user.username}", "Mã giấy:", *printed]))
