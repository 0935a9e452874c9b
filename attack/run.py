"""A run of the attack: who asks, what was sent of each kind, what was found, what took longest."""

import time
from collections import Counter

from django.conf import settings
from django.test import Client

from .browser import Browser
from .judge import faults

TOLD = 20
"""Findings of one kind that are printed; the others are counted."""


class Run:
    """What the parts of the attack share: the world, the port of the portal, what was sent and found so far."""

    def __init__(self, world, port=0):
        self.world, self.port, self.kind, self.until = world, port, "", float("inf")
        self.sent, self.left_out, self.found, self.slowest = Counter(), Counter(), [], {}
        self.pages = {}

    def begin(self, kind, seconds):
        """Begin a part that may take so long."""
        self.kind, self.until = kind, time.monotonic() + seconds

    def within(self, work):
        """Yield the pieces of `work` as long as there is time, and count those that are left out."""
        for number, piece in enumerate(pieces := list(work)):
            if time.monotonic() > self.until:
                self.left_out[self.kind] += len(pieces) - number
                return
            yield piece

    def browser(self, person=None, **given):
        """Return a browser, in which one of the people is signed in."""
        user = self.world.people[person] if person else None
        return Browser(self.port, session_of(user) if user else {}, **given)

    def ask(self, browser, method, path, sent=None, *, markers=(), **more):
        """Send a request, count it and judge the answer."""
        return self.judge(browser.ask(method, path, sent, **more), markers)

    def judge(self, answer, markers=()):
        """Count an answer and note what is wrong with it."""
        self.sent[self.kind] += 1
        if answer.seconds > self.slowest.get(self.kind, answer).seconds or self.kind not in self.slowest:
            self.slowest[self.kind] = answer
        for fault in faults(answer, markers):
            self.note(answer, fault)
        return answer

    def note(self, answer, fault):
        """Note a finding."""
        self.found.append((self.kind, f"{answer.method} {answer.path[:200]} ({answer.status}): {fault}"))

    def expect(self, holds, answer, fault):
        """Note a finding unless what is expected holds."""
        if not holds:
            self.note(answer, fault)

    def lines(self):
        """Yield what is printed in the end."""
        yield f"{'':34} {'requests':>8} {'left out':>8} {'findings':>8}  slowest"
        for kind, sent in self.sent.items():
            found, slowest = sum(where == kind for where, _ in self.found), self.slowest[kind]
            took = f"{slowest.seconds:.2f} s {slowest.method} {slowest.path[:60]}"
            yield f"{kind:34} {sent:8} {self.left_out[kind]:8} {found:8}  {took}"
        for kind in self.sent:
            told = [what for where, what in self.found if where == kind]
            yield from (f"FOUND, {kind}: {what}" for what in told[:TOLD])
            if len(told) > TOLD:
                yield f"FOUND, {kind}: and {len(told) - TOLD} more"
        yield f"{sum(self.sent.values())} requests, {len(self.found)} findings"


def session_of(user):
    """Return the cookie of a session of an account, as signing in opens it."""
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
