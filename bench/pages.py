"""Pages beside a plain Django page of 25 rows: requests a second, queries, bytes, time of processor and database."""

import time
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test import Client, override_settings

from binhlu_portal.accounts.models import User
from members.models import Spell
from organizations.choices import RoleKind
from organizations.models import Role, Unit

from .nation import load
from .plain_page import ADDRESS
from .tree import AS_OF, OPEN

COMMUNE = 900
"""Members of a commune."""

GOALS = {"home of the office": 0.5, "list of members": 0.5, "dashboard": 0.3, "a member": 0.4}
"""How many requests a second a page is to answer for each one of the plain page."""

SETTINGS = {
    "ROOT_URLCONF": "bench.plain_page",
    "ALLOWED_HOSTS": ["localhost"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


class NotAnswered(Exception):
    """A page came back with another status than that of success: there is nothing to measure then."""


@dataclass(frozen=True)
class PageCost:
    """Cost of one request: statements, bytes, and seconds: all, of the processor, in the database."""

    statements: int
    size: int
    seconds: float
    processor: float
    database: float


def pages(root, cell, member):
    """Return the pages by their names: (who reads, address)."""
    day = f"ngay={AS_OF:%d/%m/%Y}"
    return {
        "home of the office": ("office", "/"),
        "home of a secretary": ("secretary", "/"),
        "list of members": ("office", f"/dang-vien/?{day}"),
        "own list of a cell": ("secretary", f"/dang-vien/?{day}"),
        "a member": ("office", f"/dang-vien/{member}/"),
        "a unit": ("office", f"/to-chuc/{cell.code}/?{day}"),
        "a register": ("office", f"/so/dao-tao/?{day}"),
        "a form": ("secretary", "/so/dao-tao/them/"),
        "dashboard": ("office", f"/tong-quan/?{day}"),
        "report": ("office", f"/bao-cao/?{day}"),
        "data checks": ("office", f"/kiem-tra/?{day}"),
        "reminders": ("office", f"/nhac-viec/?{day}"),
        "history": ("office", "/lich-su/"),
    }


def readers(**roles):
    """Return readers signed in, each with one role of (kind, unit): {name: Client}."""
    found = {}
    for name, (kind, unit) in roles.items():
        user = User.objects.create_user(name, full_name=name)
        Role.objects.create(user=user, kind=kind, unit=unit)
        found[name] = Client(SERVER_NAME="localhost")
        found[name].force_login(user)
    return found


def cost(client, address):
    """Return what one request costs. Raises `NotAnswered`."""
    spent = []

    def watched(execute, *asked):
        began = time.perf_counter()
        try:
            return execute(*asked)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(watched):
        began = time.perf_counter(), time.process_time()
        response = client.get(address)
        seconds, processor = time.perf_counter() - began[0], time.process_time() - began[1]
    if response.status_code != 200:
        raise NotAnswered(f"{address}: {response.status_code}")
    return PageCost(len(spent), len(response.content), seconds, processor, sum(spent))


def compare(client, address, turns):
    """Return the median cost of a page and its requests a second for each one of the plain page, in turns."""
    cost(client, address), cost(client, ADDRESS)
    taken = [(_seconds(client, address), _seconds(client, ADDRESS)) for _ in range(turns)]
    costs = [cost(client, address) for _ in range(turns)]
    middle = sorted(costs, key=lambda one: one.processor)[turns // 2]
    return middle, median(plain / page for page, plain in taken)


def _seconds(client, address):
    began = time.perf_counter()
    client.get(address)
    return time.perf_counter() - began


HEADING = f"{'':22} {'statements':>10} {'kB':>6} {'processor, ms':>14} {'database, ms':>13} {'of plain':>9}"


def compare_all(root, communes, turns, say):
    """Say what every kind of page costs, read by the office of `root` and by the secretary of a cell beneath it."""
    stay = Spell.objects.filter(ended_on=OPEN).select_related("unit").order_by("pk").first()
    cell = Unit.objects.get(pk=stay.unit_id)
    with override_settings(**SETTINGS):
        clients = readers(office=(RoleKind.SECRETARIAT, root), secretary=(RoleKind.CELL_SECRETARY, cell))
        say(HEADING)
        for name, (reader, address) in pages(root, cell, stay.member_id).items():
            spent, ratio = compare(clients[reader], address, turns)
            verdict = f"  under {GOALS[name]}" if ratio < GOALS.get(name, 0) else ""
            say(
                f"{name:22} {spent.statements:10} {spent.size / 1000:6.1f} {spent.processor * 1000:14.1f} "
                f"{spent.database * 1000:13.1f} {ratio:9.2f}{verdict}"
            )


def measure(members, say):
    """Fill the empty database with `members` and say what pages cost."""
    compare_all(*load(members, COMMUNE, say), 9, say)
