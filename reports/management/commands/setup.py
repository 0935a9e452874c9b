"""`manage.py setup`: make the portal ready on this machine; quick and harmless when repeated."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from organizations.models import Unit
from reports import demo_accounts


class Command(BaseCommand):
    """Migrate, collect static files, and fill an empty database with the sample."""

    help = "Chuẩn bị hệ thống trên máy này."

    def handle(self, **options):
        """Do what has not been done yet."""
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if Unit.objects.exists():
            return
        self.stdout.write("Đang nạp dữ liệu mẫu (người, bản, trường đều là hư cấu) …")
        with transaction.atomic():
            call_command("loaddata", "thresholds", "binh-lu", verbosity=0)
            demo_accounts.create_accounts(settings.DEMO_ACCOUNTS)
        self.stdout.write("Đã sẵn sàng.")
