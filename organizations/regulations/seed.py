"""The regulations and values that the portal knows from the start: put into every database after a migration."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import serializers
from django.db import connections

from binhlu_portal.db.rules_aside import rules_aside

FILES = ("regulations.json", "norms.json", "form-titles.json", "impossible-pairs.json")
"""The files, what others rest on first."""

HISTORY = "history_"
"""What the names of the triggers begin with that write the history."""


def plant(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Add what is known of what a database has nothing of yet, a receiver of `post_migrate`.

    What an office has written down is never touched. What a new version knows of closed days comes all the same: what
    was frozen stays.
    """
    for name in FILES:
        text = (Path(settings.FIXTURE_DIRS[0]) / name).read_text()
        rows = [row.object for row in serializers.deserialize("json", text, using=using)]
        model = type(rows[0])
        if model._meta.db_table not in connections[using].introspection.table_names():
            return  # the migration went back to a day before there were regulations
        known = {row.asked_as for row in model.objects.using(using)}
        if new := [row for row in rows if row.asked_as not in known]:
            with rules_aside(using, [model._meta.db_table], kept=HISTORY):
                model.objects.using(using).bulk_create(new)
