"""`manage.py start_code`: a start code from the keeper of the server, for the first administrator above all."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organizations.account_management import actions as accounts
from organizations.choices import RoleKind
from organizations.models import Unit


class Command(BaseCommand):
    """Print a new start code; an account that does not exist is opened as an administrator."""

    help = "In mã khởi đầu mới của một tài khoản. Tài khoản chưa có thì mở với vai trò quản trị."

    def add_arguments(self, parser):
        """Add the account, and what a new one needs."""
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--name", help="họ và tên, để mở tài khoản mới")
        parser.add_argument("--unit", help="mã tổ chức đảng mà tài khoản mới quản trị, ví dụ: binh-lu")

    def handle(self, *, username, name, unit, **options):
        """Give the code and print it."""
        now = timezone.now()
        user = accounts.User.objects.filter(username__iexact=username).first()
        try:
            code = accounts.give_start_code(user=user, now=now) if user else self.open(username, name, unit, now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tên đăng nhập: {user.username if user else username}\nMã khởi đầu:   {code}")

    def open(self, username, name, code, now):
        """Open an account as administrator and return its start code."""
        if not (name and code):
            raise CommandError(f'Chưa có tài khoản “{username}”: thêm --name "Họ và tên" --unit MÃ để mở.')
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise CommandError(f"Không có tổ chức đảng “{code}”.")
        kind = RoleKind.ADMINISTRATOR
        return accounts.open_account(username=username, full_name=name, unit=unit, kind=kind, now=now, keeper=None)[1]
