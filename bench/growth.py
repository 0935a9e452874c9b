"""What grows with the number of members: the same questions of a cell, a commune and the whole, in larger worlds."""

import tempfile
from pathlib import Path
from statistics import median

from django.test import override_settings

from binhlu_portal.accounts.models import User
from members.models import Spell
from organizations.choices import CELLS, RoleKind
from organizations.models import Unit

from . import closing, imports, pages
from .files import make_files
from .run import moment_of
from .stopwatch import compare
from .tree import AS_OF, OPEN, START
from .turns import taken_back, timed

TURNS = 5
IMPORTED = 900
"""People who are brought in."""


def questions(member):
    """Return what is asked, by name: (reader, address)."""
    day = f"ngay={AS_OF:%d/%m/%Y}"
    name = f"q={member.full_name}"
    found = {}
    for whose, reader in (("whole", "office"), ("commune", "commune")):
        found |= {
            f"home, {whose}": (reader, "/"),
            f"list, {whose}": (reader, f"/dang-vien/?{day}"),
            f"search by name, {whose}": (reader, f"/tim/?{name}"),
            f"a person, {whose}": (reader, f"/dang-vien/{member.pk}/"),
            f"dashboard, {whose}": (reader, f"/tong-quan/?{day}"),
        }
    return found | {"home, cell": ("secretary", "/"), "list, cell": ("secretary", f"/dang-vien/?{day}")}


def ask(root, communes, say):
    """Return the milliseconds of every question in the world there is, and say each."""
    commune = communes[0]
    stay = Spell.objects.filter(ended_on=OPEN, started_on=START, unit__code__startswith=f"{commune.code}-")
    stay = stay.select_related("unit", "member").order_by("pk").first()
    found = {}

    def tell(name, seconds, more=""):
        found[name] = seconds * 1000
        say(f"{name:34} {seconds * 1000:10.0f} ms{more}")

    for name, unit in (("cell", stay.unit), ("commune", commune), ("whole", root)):
        compared = compare(moment_of(root), [unit.pk], TURNS if unit != root else 1)
        tell(f"all figures, {name}", median(compared.portal), f"{compared.ratio:8.2f} of by hand")
    roles = {"office": (RoleKind.SECRETARIAT, root), "commune": (RoleKind.SECRETARIAT, commune)}
    with override_settings(**pages.SETTINGS):
        clients = pages.readers(**roles, secretary=(RoleKind.CELL_SECRETARY, stay.unit))
        for name, (reader, address) in questions(stay.member).items():
            spent = [pages.cost(clients[reader], address) for _ in range(1 + TURNS)][1:]
            database = median(one.database for one in spent) * 1000
            tell(name, median(one.seconds for one in spent), f"{database:8.0f} ms of it in the database")
    tell("closing a commune", closing.close(commune)[2])
    tell(f"import of {IMPORTED} people", bring_in(commune))
    return found


def bring_in(commune):
    """Return the seconds in which the office of a commune brings in people, who are taken back."""
    standing = Unit.objects.filter(code__startswith=f"{commune.code}-", started_on=START, ended_on=OPEN)
    cells = standing.filter(periods__kind__in=CELLS).distinct().values_list("code", flat=True).order_by("pk")
    with tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
        files = make_files(Path(folder), IMPORTED, [*cells])
        with taken_back():
            return timed(lambda: imports.by_portal(User.objects.get(username="commune"), *files))


def table(found, say):
    """Say the milliseconds of every question in every world: {members: {question: milliseconds}}."""
    say(f"\n{'ms, by the number of members':34}" + "".join(f"{members:>12,}" for members in found))
    for name in next(iter(found.values())):
        say(f"{name:34}" + "".join(f"{asked[name]:12,.0f}" for asked in found.values()))
