"""Members brought in from Excel: by the portal, and by django-import-export as its documentation has it.

Both check all rows first and then write them, with all rules and the history of the database in force. Each works in a
process of its own on an empty scratch database, so that its peak of memory is known.
"""

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX

from binhlu_portal.audit.context import acting
from binhlu_portal.spreadsheets.importer.formats import SenderInput, parse_file
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.jobs.actions import dry_run
from members.models import Member, MemberState, Spell
from organizations.choices import RoleKind
from organizations.models import Role, Unit

from .files import COMMUNE, make_files
from .stopwatch import Mismatch
from .tree import AS_OF, load_tree
from .turns import HEADING, Turns

GOAL = 1 / 8
KILO = 1024


def by_portal(user, ours, theirs):
    """Check the workbook and write it, as the worker does for a sender."""
    content = ours.read_bytes()
    dry_run(parse_file(content, ours.name, SenderInput(user)), user, AS_OF, {})
    with acting(user, "Nhập"):
        outcome = import_rows(parse_file(content, ours.name, SenderInput(user)), user, today=AS_OF)
    if outcome.faults:
        raise Mismatch(outcome.faults[0].message)


def link(name, model, field):
    """Return the column of a link, found by a field of the record it points at."""
    return fields.Field(attribute=name, column_name=name, widget=widgets.ForeignKeyWidget(model, field))


class MemberResource(resources.ModelResource):
    """People, known by the number of their card."""

    class Meta:
        """Which records, and by what they are known."""

        model = Member
        import_id_fields = ("card_number",)
        fields = ("full_name", "born_on", "card_number", "hometown", "gender", "ethnicity")


class SpellResource(resources.ModelResource):
    """Stays, known by the member and their first day."""

    member = link("member", Member, "card_number")
    unit = link("unit", Unit, "code")

    class Meta:
        """Which records, and by what they are known."""

        model = Spell
        import_id_fields = ("member", "started_on")
        fields = ("member", "unit", "started_on", "start_reason")


class MemberStateResource(resources.ModelResource):
    """Levels, known by the member and their first day."""

    member = link("member", Member, "card_number")

    class Meta:
        """Which records, and by what they are known."""

        model = MemberState
        import_id_fields = ("member", "started_on")
        fields = ("member", "started_on", "education", "qualification", "theory", "occupation")


RESOURCES = {Member: MemberResource, Spell: SpellResource, MemberState: MemberStateResource}


def by_library(user, ours, theirs):
    """Check and write sheet after sheet: the people must be there before their stays can be checked."""
    with acting(user, "Nhập"):
        for model, path in theirs.items():
            data = XLSX().create_dataset(path.read_bytes())
            resource = RESOURCES[model]()
            if resource.import_data(data, dry_run=True).has_errors():
                raise Mismatch(f"django-import-export refuses {path.name}")
            resource.import_data(data, dry_run=False, raise_errors=True)


WAYS = {"portal": by_portal, "library": by_library}


def work(way, members, ours, theirs):
    """Bring the files into the empty database in use; return the seconds, and the peak of its largest process in kB."""
    with transaction.atomic():
        province, _ = load_tree(random.Random(7), max(1, round(members / COMMUNE)))
    user = get_user_model().objects.create_user("clerk")
    Role.objects.create(user=user, unit=province.unit, kind=RoleKind.SECRETARIAT)
    started = time.perf_counter()
    WAYS[way](user, ours, theirs)
    seconds = time.perf_counter() - started
    counts = [model.objects.count() for model in RESOURCES]
    if counts != [members] * len(RESOURCES):
        raise Mismatch(f"{way} has written {counts} instead of {members:,} of each")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return seconds, peak


def child(way, members, folder):
    """Let a process of its own do it one way; return its seconds and its peak of memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.single", "import", way, str(members), folder], stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def measure(folder, members, say=print):
    """Say how both ways compare with so many members."""
    make_files(Path(folder), members)
    (ours, our_peak), (theirs, their_peak) = (child(way, members, folder) for way in WAYS)
    say(HEADING)
    say(f"{f'import of {members:,} members':34} {Turns((ours,), (theirs,), GOAL)}")
    say(f"{'peak of memory, MB':34} {our_peak / KILO:9.0f} {their_peak / KILO:9.0f} {our_peak / their_peak:6.3f}")
