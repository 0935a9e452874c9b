"""Counting up: every record of every kind as somebody foreign, who must get what a record that never was would give."""

import re
from random import Random

from django.urls import resolve

from .addresses import no_places, places

READERS = (
    ("secretary_a", "elsewhere"),
    ("secretary_a", "b"),
    ("clerk elsewhere", "a"),
    ("administrator elsewhere", "a"),
)
"""Who counts, and whose records."""

OWN = re.compile(rb'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"')
PASSING = {"date", "set-cookie", "content-length", "location"}
"""What of the head is another one each time, or says the address; the length is that of the words, compared below."""


def attack(run):
    """Ask for each record and for one that never was, and hold both answers against each other."""
    browsers = {reader: run.browser(reader) for reader, _ in READERS}
    pairs, nothing = [each for reader, side in READERS for each in twins(run.world, reader, side)], {}
    Random(2).shuffle(pairs)
    for reader, method, there, never in run.within(pairs):
        sent, marks = {} if method == "POST" else None, run.world.forbidden(reader)
        if (reader, method, never) not in nothing:
            nothing[reader, method, never] = run.ask(browsers[reader], method, never, sent)
        answer = run.ask(browsers[reader], method, there, sent, markers=marks)
        difference = unlike(answer, nothing[reader, method, never])
        run.expect(not difference, answer, f"{reader} learns that it is there: {difference}")


def twins(world, reader, side):
    """Yield (reader, method, address of a record, the same of none) for every record of a side."""
    found, never = places(world.rows[side]), no_places(world.rows[side])
    for there, nowhere in zip(found, never, strict=True):
        if there.path != nowhere.path:
            page = resolve(there.path).func.view_class
            methods = [method for method in ("GET", "POST") if hasattr(page, method.lower())]
            yield from ((reader, method, there.path, nowhere.path) for method in methods)


def unlike(answer, nothing):
    """Return in what two answers differ, "" where nobody could tell."""
    if answer.status != nothing.status:
        return f"{answer.status} and not {nothing.status}"
    if told(answer) != told(nothing):
        return "other headers"
    mine, theirs = (without(each) for each in (answer, nothing))
    if len(mine) != len(theirs):
        return f"{len(mine)} bytes and not {len(theirs)}"
    return "" if mine == theirs else "other words"


def told(answer):
    """Return the headers that could tell something."""
    return [(name, value) for name, value in answer.headers if name.lower() not in PASSING]


def without(answer):
    """Return a body without tokens, and without the address that was asked for."""
    return OWN.sub(b"", answer.body).replace(answer.path.encode(), b"")
