"""Signing in as the bench does: everybody gets in by each way, and what goes wrong in a rush is counted and told."""

from urllib.parse import urlsplit

import pytest

from bench import sign_in
from binhlu_portal.accounts.models import Session, User


class PretendedSecretary:
    """Somebody who is signed in within so many seconds, or not at all."""

    def __init__(self, seconds):
        self.seconds = seconds

    def sign_in(self):
        if self.seconds is None:
            raise sign_in.NotSignedIn("signing in: 429")
        return self.seconds

    def ask(self, *asked):
        return 200, "", b""


def test_each_way_signs_in_and_a_refusal_is_none(live_server, commune, cell_a, cell_b):
    port = urlsplit(live_server.url).port
    users = sign_in.people(2, commune)
    for way in (sign_in.by_password, sign_in.by_pin):
        Session.objects.all().delete()
        User.objects.filter(pk=users[0].pk).update(is_active=False)
        refused, admitted = way(port, users)
        with pytest.raises(sign_in.NotSignedIn):
            refused.sign_in()
        assert admitted.sign_in() > 0
        assert {session.user for session in Session.objects.exclude(user=None)} == {users[1]}


def test_a_rush_counts_who_is_in_and_who_is_not():
    people = [PretendedSecretary(seconds) for seconds in (0.5, 2.0, None)]
    took, wrong, _ = sign_in.rush(people, 0, PretendedSecretary(0))
    assert (sorted(took), wrong) == ([0.5, 2.0], ["NotSignedIn: signing in: 429"])
    told = sign_in.line_of("3 in 0 s", took, wrong, [0.1], 1.25)
    assert told.split() == ["3", "in", "0", "s", "1.25", "1.93", "2.00", "1", "0.10", "1.2", "over", "1.0"]
