"""Moving everything to another database, of the other kind too: every row of every table, the history included.

A file of Django's `dumpdata` would meet the rules of the new database on its way in, and triggers would derive and note
anew what the file holds already. So the rules stand aside while rows are copied as they are, and every row is read back
and compared before anything is kept.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from binhlu_portal import environment
from binhlu_portal.accounts.models import Session, User
from binhlu_portal.db.rules_aside import rules_aside
from organizations.tree_queries import has_no_units

THERE = "there"
"""Django's alias of the database to which everything is moved."""

PART = 500
"""Rows that are written at once."""

NOT_EMPTY = "Cơ sở dữ liệu đích đã có tài khoản hoặc hồ sơ: chỉ chuyển được sang cơ sở dữ liệu trống."
UNFIT = "Chưa tạo được bảng trong cơ sở dữ liệu đích: {}"
DIFFERS = "Dòng {} của bảng {} đọc lại khác với bản gốc nên chưa chuyển gì."


def prepare_there(url: str) -> None:
    """Migrate the database at `url` and make it known as `THERE`.

    Migrations speak to the database of their process, so they have one of their own. Raises ImproperlyConfigured for a
    URL that names no database, CommandError where it cannot be migrated.
    """
    place = environment.database_at(url)
    connections.settings[THERE] = connections.settings[DEFAULT_DB_ALIAS] | place
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"]
    environ = os.environ | {"DATABASE_URL": url}
    made = subprocess.run(command, cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True)
    if made.returncode:
        raise CommandError(UNFIT.format(made.stderr.strip().splitlines()[-1]))


def models() -> list[type[Model]]:
    """All models but that of sessions: whoever is signed in signs in again there."""
    return [model for model in apps.get_models(include_auto_created=True) if model is not Session]


def move() -> dict[str, int]:
    """Copy everything into the empty database `THERE`; return {table: number of rows}.

    It is one transaction there: all rows have come and are equal, or none has. Raises CommandError.
    """
    if User.objects.using(THERE).exists() or not has_no_units(THERE):
        raise CommandError(NOT_EMPTY)
    with rules_aside(THERE, [model._meta.db_table for model in models()]):
        for model in models():
            model._base_manager.using(THERE).all()._raw_delete(THERE)
        counts = {model._meta.db_table: _copy(model) for model in models()}
        for model in models():
            _compare(model, counts[model._meta.db_table])
        _go_on_counting()
    return counts


def parts(model: type[Model]) -> Iterator[list[Model]]:
    """Every row of a table here, some at once."""
    rows = model._base_manager.order_by("pk").iterator(chunk_size=PART)
    while part := list(islice(rows, PART)):
        yield part


def _copy(model):
    """Copy the rows of a table; return how many there are."""
    count = 0
    for part in parts(model):
        _write(model, part)
        count += len(part)
    return count


def _write(model, waiting):
    """Write rows as they are: what a field sets by itself when a row is saved keeps its old value."""
    kept = [field for field in model._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    for field in kept:
        field.auto_now_add = False
    try:
        model._base_manager.using(THERE).bulk_create(waiting)
    finally:
        for field in kept:
            field.auto_now_add = True


def _compare(model, count):
    """Raise CommandError unless both tables hold the same rows."""
    theirs = model._base_manager.using(THERE)
    names = [field.attname for field in model._meta.concrete_fields]
    if theirs.count() != count:
        raise CommandError(DIFFERS.format(count, model._meta.db_table))
    for part in parts(model):
        found = theirs.in_bulk([row.pk for row in part])
        for row in part:
            if any(getattr(row, name) != getattr(found.get(row.pk), name, found) for name in names):
                raise CommandError(DIFFERS.format(row.pk, model._meta.db_table))


def _go_on_counting():
    """Let the database number new rows after those that have come."""
    connection = connections[THERE]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
