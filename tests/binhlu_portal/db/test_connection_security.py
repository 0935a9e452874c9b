"""Whether a database on another machine is reached by a connection that is encrypted and made sure of."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from binhlu_portal.db import connection_security
from binhlu_portal.db.connection_security import check_connection, unchecked_host
from binhlu_portal.environment import database_at

ROOT = Path(__file__).resolve().parents[3]
HERE = [
    "sqlite:////srv/portal.sqlite3",
    "postgres:///portal",
    "postgres://portal@/portal",
    "postgres://portal@localhost/portal",
    "postgres://portal@127.0.0.1:5432/portal",
    "postgres://portal@[::1]/portal",
    "postgres://portal@%2Frun%2Fpostgresql/portal",
    "postgres://portal@/portal?host=/run/postgresql",
]
SURE = [f"postgres://portal@db.example/portal?sslmode={mode}" for mode in ("verify-ca", "verify-full")]
UNSURE = {
    "postgres://portal@db.example/portal": "db.example",
    "postgres://portal@10.0.0.7/portal?sslmode=require": "10.0.0.7",
    "postgres://portal@10.0.0.7/portal?sslmode=prefer": "10.0.0.7",
    "postgres://portal@/portal?host=db.example": "db.example",
    "postgres://portal@/portal?hostaddr=10.0.0.7": "10.0.0.7",
    "postgres://portal@localhost,db.example/portal": "db.example",
}


@pytest.fixture(autouse=True)
def nothing_said_beside(monkeypatch):
    """Let no variable of this machine say how PostgreSQL is reached."""
    monkeypatch.delenv("PGSSLMODE", raising=False)


@pytest.mark.parametrize("url", [*HERE, *SURE])
def test_this_machine_and_what_is_made_sure_of_pass(url):
    assert unchecked_host(database_at(url)) == ""


@pytest.mark.parametrize(("url", "host"), UNSURE.items())
def test_another_machine_that_nothing_makes_sure_of_is_named(monkeypatch, url, host):
    monkeypatch.setattr(connection_security, "settings", SimpleNamespace(DATABASES={"default": database_at(url)}))
    (warning,) = check_connection()
    assert f"({host})" in warning.msg
    assert "sslmode=verify-full" in warning.msg


def test_a_variable_of_the_system_counts_too(monkeypatch):
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert unchecked_host(database_at("postgres://portal@db.example/portal")) == ""


@pytest.mark.parametrize(("mode", "status"), [("require", 1), ("verify-full", 0)])
def test_the_check_of_a_server_tells(mode, status):
    url = f"postgres://portal@db.example/portal?sslmode={mode}"
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"]
    env = os.environ | {"DATABASE_URL": url, "PORTAL_HOSTS": "portal.example"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == status
    assert ("binhlu_portal.W002" in done.stderr) == bool(status)
