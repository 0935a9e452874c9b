"""Single beginning: of all who would begin with an empty database at one moment, one does."""

from django.db import connection

from binhlu_portal.accounts.start_word import is_empty
from binhlu_portal.db.actions import Refusal
from organizations.models import Unit

BEGUN = "Hệ thống đã được bắt đầu rồi: đăng nhập bằng tài khoản đã có."


def begin_alone() -> None:
    """Keep others from beginning until this transaction ends. Raises Refusal when somebody has begun.

    SQLite lets one writer in at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Unit._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    if not is_empty():
        raise Refusal(BEGUN)
