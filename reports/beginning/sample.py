"""The sample in a database: brought into an empty one, counted, and taken out again with all that was added to it.

The history cannot be changed, so the sample leaves as a whole: every row of every table, the history included, in one
transaction, with the rules aside meanwhile. What is there afterwards is what is there after the first migration.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model

from binhlu_portal.accounts import start_word
from binhlu_portal.accounts.models import User
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.seals import begin_anew
from binhlu_portal.backup.archive import write_archive
from binhlu_portal.db.actions import Refusal
from binhlu_portal.db.rules_aside import rules_aside
from members.models import Member
from organizations.models import Unit
from organizations.regulations.seed import plant

from . import demo_accounts
from .single_beginning import begin_alone

log = logging.getLogger(__name__)

DJANGO_OWN = frozenset({"auth", "contenttypes"})
"""Apps whose rows are made by migrations and tell of no record."""

OWNED = "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'audit_entry'::regclass"


def load_sample() -> list[demo_accounts.DemoAccount]:
    """Bring the sample and its accounts into an empty database. Raises Refusal when it is not empty."""
    with acting(None, "Nạp dữ liệu mẫu"):
        begin_alone()
        call_command("loaddata", "thresholds", "binh-lu", verbosity=0)
        made = demo_accounts.create_accounts(settings.DEMO_ACCOUNTS)
        transaction.on_commit(start_word.use_up)
    return made


@dataclass(frozen=True)
class SampleContents:
    """What goes with the sample; `changes` are those that people have written into it."""

    units: int
    members: int
    accounts: int
    changes: int


def contents() -> SampleContents:
    """Count what the database holds."""
    changes = Entry.objects.filter(user__isnull=False).count()
    return SampleContents(Unit.objects.count(), Member.objects.count(), User.objects.count(), changes)


def keep_copy(now: datetime) -> None:
    """Make a backup where people have written into the sample: what they wrote is theirs. Raises Refusal."""
    if not contents().changes:
        return
    settings.BACKUPS.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        write_archive(settings.BACKUPS / f"before-leaving-sample-{now:%Y-%m-%d-%H%M%S}.zip", now)
    except CommandError as error:
        raise Refusal(str(error)) from error


def may_be_emptied() -> bool:
    """Whether the role of this connection may put the rules aside: on PostgreSQL the owner of the tables alone may."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
        return cursor.fetchone()[0]


def models() -> list[type[Model]]:
    """Return all models with rows of their own that tell of records."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in DJANGO_OWN]


def empty() -> None:
    """Take every row out, and put in again what a migration puts into an empty database."""
    with rules_aside(DEFAULT_DB_ALIAS, [model._meta.db_table for model in models()]):
        for model in models():
            model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)
    plant(apps.get_app_config("organizations"), DEFAULT_DB_ALIAS)
    transaction.on_commit(_forget_files)


def forget_word_and_accounts() -> None:
    """Take away the word that was used, and passwords of accounts that are not there."""
    start_word.use_up()
    settings.DEMO_ACCOUNTS.unlink(missing_ok=True)


def _forget_files():
    log.warning("The sample was left behind, with everything that was added to it.")
    begin_anew()
    forget_word_and_accounts()
