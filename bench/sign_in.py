"""Signing in of all secretaries at once: a rush against the portal as it is served, at most some minutes, here only.

What people wait for means something on a machine that does nothing else; the seconds of the processor do on any: in ten
seconds two cores have twenty.

Each of them opens the page to sign in, sends it and opens home, at a time of its own within the rush. Meanwhile
somebody who is signed in asks for a page twice a second. Nothing is sent elsewhere than to 127.0.0.1.
"""

import http.client
import random
import re
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import quantiles
from urllib.parse import urlencode

from django.contrib.auth.hashers import get_hasher, make_password

from binhlu_portal.accounts.models import PairedPhone, User
from binhlu_portal.accounts.phones import pins
from organizations.choices import CELLS, RoleKind
from organizations.models import Role, Unit

from .nation import load
from .served import serve

MEMBERS = 900
RUSHES = (60, 10)
"""Within how many seconds all of them sign in."""

WARM = 8
"""Sign-ins before, so that every process of the server has read its code."""

GOAL = 1.0
"""Seconds within which nineteen of twenty are to be signed in."""

MOST, PATIENCE = 200, 60
"""People of a rush, and seconds after which an answer is given up."""

BROKEN = (OSError, http.client.HTTPException)

PASSWORD, PIN = "bốn từ không liên quan", "482917"
PAIRED = {"paired_at": datetime(2026, 1, 1, tzinfo=UTC), "expires_at": datetime(2200, 1, 1, tzinfo=UTC)}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
HEADING = f"{'':34} {'median, s':>9} {'p95, s':>7} {'most, s':>7} {'errors':>7} {'other pages, p95, s':>20}"
HEADING += f" {'processor, s':>13}"


class NotSignedIn(Exception):
    """An answer was none of those by which somebody is signed in."""


@dataclass
class Secretary:
    """Somebody with a browser: what is sent to sign in, and the cookies so far."""

    port: int
    door: str
    sent: dict
    cookies: dict = field(default_factory=dict)

    def ask(self, method, path, sent=None):
        """Send a request over a line of its own and return (status, where it leads, body)."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(line):
            line.request(method, path, sent and urlencode(sent), headers)
            response = line.getresponse()
            body = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return response.status, response.headers.get("Location", ""), body

    def sign_in(self):
        """Sign in and open home; return the seconds of both together. Raises NotSignedIn."""
        status, _, body = self.ask("GET", "/dang-nhap/")
        token = TOKEN.search(body)
        if status != 200 or not token:
            raise NotSignedIn(f"the page: {status}")
        began = time.perf_counter()
        status, leads_to, _ = self.ask("POST", self.door, self.sent | {"csrfmiddlewaretoken": token[1].decode()})
        if (status, leads_to) != (302, "/"):
            raise NotSignedIn(f"signing in: {status} {leads_to}")
        status, *_ = self.ask("GET", "/")
        if status not in (200, 302):
            raise NotSignedIn(f"home: {status}")
        return time.perf_counter() - began


def rush(secretaries, seconds, other):
    """Have all sign in within so many seconds; return their seconds, what went wrong, and the seconds of `other`."""
    rng = random.Random(seconds)
    starts = [seconds * (number + rng.random()) / len(secretaries) for number in range(len(secretaries))]
    took, wrong, began = [], [], time.monotonic()

    def run(secretary, start):
        time.sleep(max(0, began + start - time.monotonic()))
        try:
            took.append(secretary.sign_in())
        except (NotSignedIn, *BROKEN) as error:
            wrong.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=run, args=each) for each in zip(secretaries, starts, strict=True)]
    with _asking(other) as asked:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return took, wrong, asked


@contextmanager
def _asking(other):
    """Yield the seconds, so far, of a page for which somebody asks twice a second."""
    asked, over = [], threading.Event()

    def run():
        while not over.wait(0.5):
            began = time.perf_counter()
            with suppress(*BROKEN):  # such a page counts with the patience it took
                other.ask("GET", "/tai-khoan/")
            asked.append(time.perf_counter() - began)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield asked
    finally:
        over.set()
        thread.join()


def p95(seconds):
    """Return the time within which nineteen of twenty were answered."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else max(seconds, default=0)


def line_of(name, took, wrong, asked, processor):
    """Return what is said of a rush."""
    middle = quantiles(took, n=2)[0] if len(took) > 1 else max(took, default=0)
    verdict = f"  over {GOAL}" if p95(took) > GOAL else ""
    waits = f"{middle:9.2f} {p95(took):7.2f} {max(took, default=0):7.2f} {len(wrong):7}"
    return f"{name:34} {waits} {p95(asked):20.2f} {processor:13.1f}{verdict}"


def people(number, root):
    """Make the accounts of secretaries of cells with one password, and of one more, who asks for other pages."""
    cells = list(Unit.objects.filter(periods__kind__in=CELLS).distinct().order_by("pk")[:number])
    kept = make_password(PASSWORD)
    made = [User(username=f"bithu{each}", full_name="Bí thư", password=kept) for each in range(number)]
    users = [*User.objects.bulk_create(made)]
    roles = [(user, cells[each % len(cells)]) for each, user in enumerate(users)]
    Role.objects.bulk_create(Role(user=user, unit=cell, kind=RoleKind.CELL_SECRETARY) for user, cell in roles)
    other = User.objects.create(username="khac", full_name="Khác", password=kept)
    Role.objects.create(user=other, unit=root, kind=RoleKind.LEADER)
    return users


def by_password(port, users):
    """Return secretaries who type name and password."""
    return [Secretary(port, "/dang-nhap/", {"username": user.username, "password": PASSWORD}) for user in users]


def by_old_password(port, users):
    """Return the same with the hashes of before, which are made anew when they sign in."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(
        password=get_hasher("pbkdf2_sha256").encode(PASSWORD, "salt" * 6)
    )
    return by_password(port, users)


def by_pin(port, users):
    """Return secretaries on paired phones."""
    found = []
    for user in users:
        secret = pins.new_secret()
        kept = {"digest": pins.digest(secret), "pin": pins.hashed(PIN, secret)}
        PairedPhone.objects.create(user=user, **PAIRED, **kept)
        found.append(Secretary(port, "/dang-nhap/ma-pin/", {"pin": PIN}, {"phone": secret}))
    return found


WAYS = {"password": by_password, "password hashed before": by_old_password, "PIN of a paired phone": by_pin}


def measure(number, folder, say):
    """Fill the empty database and say how long signing in takes in each rush, by each way."""
    root, _ = load(MEMBERS, MEMBERS, say)
    users = people(min(number, MOST), root)
    with serve(folder) as (port, processor):
        for other in by_password(port, [User(username="khac")] * WARM):
            other.sign_in()
        say(HEADING)
        for way, ready in WAYS.items():
            for seconds in RUSHES:
                secretaries, before = ready(port, users), processor()
                took, wrong, asked = rush(secretaries, seconds, other)
                say(line_of(f"{len(users)} in {seconds} s, {way}", took, wrong, asked, processor() - before))
                for what in sorted(set(wrong)):
                    say(f"    {wrong.count(what)} × {what}")
