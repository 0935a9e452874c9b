"""How much room the portal takes: the database and what grows in it, backups, and what is left on the disk."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum, Value

from binhlu_portal.accounts.models import Attempt, Session
from binhlu_portal.audit.models import Access, Entry, Submission
from binhlu_portal.backup.nightly import backups
from binhlu_portal.spreadsheets.models import Batch

DATABASE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
"""What asks each database for its bytes."""


@dataclass(frozen=True)
class Size:
    """Room that something takes, in bytes."""

    label: str
    size: int


def sizes() -> list[Size]:
    """Return what takes room, and what is free for it."""
    with connection.cursor() as cursor:
        cursor.execute(DATABASE[connection.vendor])
        (database,) = cursor.fetchone()
    return [
        Size("Cơ sở dữ liệu", database),
        Size("Trong đó: tệp đã gửi lên", Batch.objects.aggregate(bytes=Sum("size", default=0))["bytes"]),
        Size("Các bản sao lưu", sum(path.stat().st_size for path in backups().values())),
        Size("Chỗ trống trên đĩa", shutil.disk_usage(settings.DATA_DIR).free),
    ]


@dataclass(frozen=True)
class LineCount:
    """How many rows there are of something that grows by itself."""

    label: str
    rows: int


def line_counts() -> list[LineCount]:
    """Return how much there is of what grows with every day, whatever is entered; one statement."""
    asked = {
        "Lịch sử thay đổi": Entry.objects,
        "Nhật ký truy cập": Access.objects,
        "Nhật ký đăng nhập": Attempt.objects,
        "Dấu chống lưu trùng của biểu mẫu": Submission.objects,
        "Phiên làm việc": Session.objects,
        "Tệp đã gửi lên": Batch.objects,
        "Trong đó: còn giữ nội dung": Batch.objects.filter(size__gt=0),
    }
    counts = [
        rows.order_by().values(place=Value(place)).annotate(rows=Count("pk")).values_list("place", "rows")
        for place, rows in enumerate(asked.values())
    ]
    found = dict(counts[0].union(*counts[1:], all=True))
    return [LineCount(label, found.get(place, 0)) for place, label in enumerate(asked)]
