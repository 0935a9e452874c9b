"""Self-checks of the shell: the database and the way to it, files, code, disk, clock, worker, backups."""

import shutil
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.seals import broken_seal, seals_path
from binhlu_portal.backup.nightly import backups
from binhlu_portal.db.connection_security import UNCHECKED, unchecked_host
from binhlu_portal.db.grants import rewritable
from binhlu_portal.db.rules_in_place import STOPPED, wanting
from binhlu_portal.environment import OTHERS, sqlite_files
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.text.vietnamese import clock, day

from .registry import declare

LEAST_FREE = 1 << 30
"""Bytes that must be free on a disk: a backup and the files of an import need room."""

OLDEST_BACKUP = timedelta(days=2)
"""One night may be missed; the next one is told."""

SLOW = timedelta(minutes=5)
"""By how much clocks of machines may differ."""


@declare("rules", "Quy tắc của cơ sở dữ liệu và lịch sử thay đổi")
def rules(now: datetime) -> str:
    """Return how many triggers and constraints the database lacks; without them the portal writes nothing."""
    lacking = len(wanting())
    return STOPPED.format(lacking) if lacking else ""


@declare("seals", "Niêm phong của lịch sử thay đổi", asks_much=True)
def seals(now: datetime) -> str:
    """Return up to where the history is no longer what it was when it was sealed: another program has changed it."""
    if not (number := broken_seal()):
        return ""
    return (
        f"Lịch sử thay đổi tính đến mục {number} không còn như lúc niêm phong: có chương trình khác đã sửa cơ sở "
        f"dữ liệu. So với bản sao lưu, tìm ai đã sửa; nếu chính mình thay cơ sở dữ liệu thì xóa tệp {seals_path()}."
    )


@declare("rights", "Quyền của vai trò cơ sở dữ liệu")
def rights(now: datetime) -> str:
    """Return which logs the role of the portal could rewrite, where a server has roles and one is named for it."""
    if not settings.PORTAL_ROLE or connection.vendor != "postgresql":
        return ""
    tables = ", ".join(rewritable(settings.PORTAL_ROLE))
    return tables and (
        f"Vai trò “{settings.PORTAL_ROLE}” sửa, xóa được nhật ký ({tables}): chạy “manage.py migrate” bằng vai trò "
        "chủ, và không cho vai trò này quyền quản trị hay quyền sở hữu bảng."
    )


@declare("connection", "Đường nối tới cơ sở dữ liệu")
def connection_to_database(now: datetime) -> str:
    """Return on which other machine the database is, where nothing makes sure that it is the one that is meant."""
    host = unchecked_host(settings.DATABASES["default"])
    return UNCHECKED.format(host) if host else ""


@declare("source", "Lịch sử mã nguồn trên máy chủ")
def source(now: datetime) -> str:
    """Return that the history of the code lies beside a portal on a network, which has no use for it."""
    folder = settings.BASE_DIR / ".git"
    if not settings.HOSTS or not folder.exists():
        return ""
    return f"Máy chủ còn giữ lịch sử mã nguồn ({folder}): chuyển đi nơi khác, và cài bản mới như docs/deployment.md."


@declare("disk", "Chỗ trống trên đĩa")
def disk(now: datetime) -> str:
    """Return which folder of the portal has too little room."""
    for folder in (settings.DATA_DIR, settings.BACKUPS):
        if folder.exists() and (free := shutil.disk_usage(folder).free) < LEAST_FREE:
            return f"Đĩa chứa {folder} chỉ còn {free >> 20} MB: dọn bớt tệp hoặc thêm đĩa, kẻo không lưu được nữa."
    return ""


@declare("files", "Quyền đọc tệp của hệ thống")
def files(now: datetime) -> str:
    """Return which file or folder of the portal others on the machine may open; static files hold nothing."""
    folders = [folder for folder in (settings.DATA_DIR, settings.BACKUPS) if folder.exists()]
    inside = (path for folder in folders for path in (folder, *folder.rglob("*")))
    for path in (*sqlite_files(settings.DATABASES), *inside):
        if not path.is_relative_to(settings.STATIC_ROOT) and path.exists() and path.stat().st_mode & OTHERS:
            return f"Người khác trên máy chủ mở được {path}: chạy “chmod -R go= {path}” bằng người dùng chủ của nó."
    return ""


@declare("clock", "Đồng hồ của máy chủ")
def time_of_day(now: datetime) -> str:
    """Return by what the clock is behind the history: what is written now would stand before what was written."""
    last = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    if last is None or last <= now + SLOW:
        return ""
    return f"Đồng hồ máy chủ chậm hơn lần ghi cuối ({clock(last)}): chỉnh lại đồng hồ trước khi ghi tiếp."


@declare("worker", "Chương trình xử lý tệp")
def worker(now: datetime) -> str:
    """Return that nobody works on files."""
    if progress.is_live(now):
        return ""
    return "Chương trình xử lý tệp (manage.py worker) không chạy: tệp gửi lên nằm chờ, và không có sao lưu ban đêm."


@declare("backup", "Sao lưu hằng đêm")
def backup(now: datetime) -> str:
    """Return how old the last backup is."""
    last = max(backups(), default=None)
    if last and timezone.localtime(now).date() - last <= OLDEST_BACKUP:
        return ""
    what = f"Bản sao lưu cuối là của ngày {day(last)}" if last else "Chưa có bản sao lưu nào"
    return f"{what}: xem chương trình xử lý tệp có chạy không, hoặc chạy “manage.py backup TỆP”."
