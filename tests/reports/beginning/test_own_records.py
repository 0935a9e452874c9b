"""What is somebody's own says of no sample, is never emptied, and never given one."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from reports.beginning import actions
from reports.management.commands import setup
from tests.proofs import refused


def test_no_other_portal_says_so(client, commune, clerk, administrator):
    client.force_login(clerk)
    assert reverse("sample") not in client.get(reverse("home")).content.decode()
    client.force_login(administrator)
    assert client.post(reverse("sample"), {"known": "on"}).status_code == 404


def test_a_committee_of_ones_own_is_never_emptied(commune):
    with refused("không phải dữ liệu mẫu"):
        actions.leave_sample(user=None, now=timezone.localtime())
    with pytest.raises(CommandError, match="không phải dữ liệu mẫu"):
        call_command("leave_sample")


@pytest.mark.parametrize(("is_new", "asked", "loads"), [(True, True, True), (True, False, False), (False, True, False)])
def test_only_a_database_made_in_this_run_is_given_the_sample(db, monkeypatch, is_new, asked, loads):
    loaded = []
    monkeypatch.setattr(setup, "call_command", lambda *names, **options: None)
    monkeypatch.setattr(setup, "load_sample", lambda: loaded.append(True))
    monkeypatch.setattr(setup.MigrationRecorder, "has_table", lambda recorder: not is_new)
    call_command("setup", sample=asked)
    assert bool(loaded) is loads
