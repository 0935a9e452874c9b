"""Reading: every address as everybody, for own and foreign units, before and after a member's day of leaving."""

from itertools import count
from random import Random

from tests.test_leaving import AFTER, BEFORE

from .addresses import is_open, places
from .world import FORBIDDEN

UNITS = ("a", "b", "xa", "khac")
SINCE = "01/01/2026"
"""Of a reader's questions: units, and the day since which something is asked."""


IN_FULL = ("secretary_a", "clerk elsewhere")
"""Who asks for everything; the others ask for one address of each kind on each side."""


def attack(run):
    """Read everything, in an order that chance chooses, so that what there is no time for is of every kind."""
    asked = [(person, path) for person in FORBIDDEN for path in paths(run.world, person)]
    Random(1).shuffle(asked)
    browsers = {person: run.browser(person) for person in FORBIDDEN}
    for person, path in run.within(asked):
        answer = run.ask(browsers[person], "GET", path, markers=run.world.forbidden(person))
        run.expect(person or answer.status != 200 or is_open(path), answer, "opens to who is not signed in")


def paths(world, person):
    """Return what somebody asks for: records of every side, and lists, each of another unit on another day."""
    turn, found = count(len(person or "")), []
    days = (f"{day:%d/%m/%Y}" for day in (BEFORE, AFTER))
    asked = [f"?don_vi={unit}&ngay={day}&tu_ngay={SINCE}" for day in days for unit in UNITS]
    for rows in world.rows.values():
        found += [place for place in places(rows) if place.keyed]
    lists = [place for place in places(world.rows["a"]) if not place.keyed]
    if person not in IN_FULL:
        found, lists = (list({place.name: place for place in part}.values()) for part in (found, lists))
    return [place.path for place in found] + [f"{place.path}{asked[next(turn) % len(asked)]}" for place in lists]
