"""`manage.py worker`: do the work of files that people bring in, one after the other, and once a day the chores."""

import logging
import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from binhlu_portal.chores import keep_house
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.jobs.actions import work_on_next

PAUSE = 0.5
"""Seconds between two looks for work."""

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Wait for files and check or write them. It may be stopped at any moment and started again."""

    help = "Kiểm tra và lưu các tệp được gửi lên; mỗi ngày một lần xóa những gì đã quá thời hạn giữ."
    kept_house_on = None

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the choice to stop when nothing waits."""
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *, once: bool, **options: Any) -> None:
        """Work until stopped; whoever was started by the server ends with it."""
        parent = os.getppid()
        while os.getppid() == parent:
            self.keep_house()
            worked = self.work()
            if not worked and once:
                return
            if not worked:
                time.sleep(PAUSE)

    def keep_house(self) -> None:
        """Do the chores of the day when the first look for work on it is taken."""
        if (today := timezone.localdate()) != self.kept_house_on:
            close_old_connections()
            keep_house(today)
            self.kept_house_on = today

    def work(self) -> bool:
        """Do what waits longest; return whether there was something. A failure is logged and tried again later."""
        close_old_connections()
        progress.live()
        try:
            return work_on_next() is not None
        except Exception:
            log.exception("the work on a file failed")
            time.sleep(PAUSE)
            return True
