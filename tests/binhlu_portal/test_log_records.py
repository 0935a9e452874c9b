"""What the log of the server says of a refused request: where, and whose it was."""

import logging

import pytest
from django.conf import settings
from django.urls import reverse

from binhlu_portal.log_records import AccountOfRequest

FORMAT = logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"], style="{")


def lines(caplog):
    """Return what was logged as the server writes it."""
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["account"]
    records = [record for record in caplog.records if AccountOfRequest().filter(record)]
    return [FORMAT.format(record) for record in records]


@pytest.mark.parametrize(
    ("address", "said"),
    [(reverse("accounts"), "Forbidden (Permission denied)"), (reverse("member", args=[0]), "Not Found")],
)
def test_a_refusal_says_who_asked(client, secretary_a, caplog, address, said):
    client.force_login(secretary_a)
    client.get(address)
    (line,) = lines(caplog)
    assert f"{said}: {address}" in line
    assert line.splitlines()[0].endswith(f" (account {secretary_a.pk})")
    assert secretary_a.username not in line


def test_what_nobody_asked_for_names_nobody(client, db, caplog):
    client.get("/khong-co/")
    logging.getLogger("portal").warning("all by itself")
    assert [line for line in lines(caplog) if "account" in line] == []
