"""`manage.py self_check`: look at everything the portal relies on; the exit code tells whether something is wrong."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from binhlu_portal.self_checks.registry import verdicts


class Command(BaseCommand):
    """Print each self-check with what it found. It changes nothing."""

    help = "Tự kiểm tra: quy tắc của cơ sở dữ liệu, đĩa, đồng hồ, chương trình xử lý tệp, sao lưu."

    def handle(self, **options: Any) -> None:
        """Print a line for each check; exit with 1 where something is wrong."""
        found = verdicts(timezone.now())
        for verdict in found:
            self.stdout.write(f"{verdict.check.label}: {verdict.fault or 'tốt'}")
        if any(verdict.fault for verdict in found):
            sys.exit(1)
