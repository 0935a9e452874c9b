"""`manage.py serve`: serve the portal on this machine with gunicorn."""

import os
import subprocess
import sys
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts import start_word
from binhlu_portal.self_checks.registry import faults

UNTIL_SERVED = ("worker", "backup")
"""What is well only once the worker runs."""


MANNERS = ("--workers", "2", "--threads", "4", "--no-control-socket")
"""How gunicorn serves the portal."""


class Command(BaseCommand):
    """Print the address and the demo accounts, or where one begins; then become the server."""

    help = "Chạy hệ thống trên máy này."

    def add_arguments(self, parser):
        """Add the port."""
        parser.add_argument("--port", type=int, default=8000, help="cổng mạng; mặc định 8000")

    def handle(self, **options):
        """Start the worker for files that people bring in, and replace this process by gunicorn."""
        address = f"127.0.0.1:{options['port']}"
        self.stdout.write(f"\nĐịa chỉ: http://{address}/   (dừng: Ctrl+C)")
        accounts = settings.DEMO_ACCOUNTS
        if start_word.is_empty():
            page = f"{reverse(start_word.PAGE)}?{urlencode({'tu': start_word.start_word()})}"
            self.stdout.write(f"\nHệ thống chưa có dữ liệu. Mở trang này để bắt đầu:\n  http://{address}{page}\n")
        elif accounts.exists():
            self.stdout.write("\nTài khoản dùng thử (tên đăng nhập, mật khẩu, vai trò):\n" + accounts.read_text())
        for verdict in faults(timezone.now()):
            if verdict.check.code not in UNTIL_SERVED:
                self.stdout.write(f"Chú ý – {verdict.check.label}: {verdict.fault}")
        self.stdout.flush()
        subprocess.Popen([sys.executable, "manage.py", "worker", "--watched"], cwd=settings.BASE_DIR)
        arguments = ["binhlu_portal.wsgi", "--bind", address, *MANNERS]
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])
