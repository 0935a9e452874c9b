"""`manage.py worker`: do the work of files that people bring in, one after the other, and once a day the chores."""

import logging
import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from binhlu_portal.audit.access_log import note_what_was_put_off
from binhlu_portal.chores import keep_house
from binhlu_portal.db.actions import Refusal
from binhlu_portal.self_checks.registry import faults
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.jobs.actions import work_on_next

PAUSE = 0.5
"""Seconds between two looks for work."""

BETWEEN = 5
"""Seconds until a worker that has ended is started again: what ended it may take a while to pass."""

log = logging.getLogger(__name__)


def watch(parent: int) -> None:
    """Start a worker, and another one whenever it has ended, as long as the process `parent` lives."""
    while os.getppid() == parent:
        worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=settings.BASE_DIR)
        while worker.poll() is None and os.getppid() == parent:
            time.sleep(PAUSE)
        if worker.poll() is not None:
            log.error("the worker ended with %s and is started again", worker.returncode)
            time.sleep(BETWEEN)


class Command(BaseCommand):
    """Wait for files and check or write them. It may be stopped at any moment and started again."""

    help = "Kiểm tra và lưu các tệp được gửi lên; mỗi ngày một lần xóa những gì đã quá thời hạn giữ."
    kept_house_on = None

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the choice to stop when nothing waits."""
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")
        parser.add_argument("--watched", action="store_true", help="tự chạy lại mỗi khi bị dừng")

    def handle(self, *, once: bool, watched: bool, **options: Any) -> None:
        """Work until stopped; whoever was started by the server ends with it."""
        with suppress(KeyboardInterrupt):
            watch(os.getppid()) if watched else self.go_on(os.getppid(), once)

    def go_on(self, parent: int, once: bool) -> None:
        """Work as long as the process `parent` lives, or until nothing waits."""
        while os.getppid() == parent:
            self.keep_house()
            worked = self.work()
            if not worked and once:
                return
            if not worked:
                time.sleep(PAUSE)

    def keep_house(self) -> None:
        """Do the chores of the day when the first look for work on it is taken; the log tells what is wrong then."""
        if (today := timezone.localdate()) != self.kept_house_on:
            close_old_connections()
            progress.live()
            keep_house(today)
            for verdict in faults(timezone.now()):
                log.error("self-check %s: %s", verdict.check.code, verdict.fault)
            self.kept_house_on = today

    def work(self) -> bool:
        """Do what waits longest; return whether there was something. A failure is logged and tried again later."""
        close_old_connections()
        progress.live()
        try:
            note_what_was_put_off()
            return work_on_next() is not None
        except Refusal as error:
            log.error("nothing is written: %s", error.message)
            time.sleep(BETWEEN)
            return False
        except Exception:
            log.exception("the work on a file failed")
            time.sleep(PAUSE)
            return True
