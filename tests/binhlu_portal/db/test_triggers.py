"""Every database rule has a test that breaks it, and the rules outlive a rebuilt table."""

import importlib.util

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from binhlu_portal.db.triggers import Guard, GuardedAppConfig, NoOverlap
from tests import proofs
from tests.factories import START
from tests.proofs import APPS, DAY, broken


def emit_post_migrate(config):
    """Do what follows the migrations of one app."""
    post_migrate.send(config, app_config=config, using="default", verbosity=0)


def cases(table):
    """Return the rules broken in the tables INSERTS or UPDATES of the tests of all apps."""
    found = [f"tests.{app}.test_triggers" for app in APPS if importlib.util.find_spec(f"tests.{app}.test_triggers")]
    return {rule for module in found for rule in getattr(importlib.import_module(module), table)}


def rules(event):
    """Return the names of all rules that must refuse rows on `event`."""
    guards = {
        rule.name
        for rule in proofs.guards().values()
        if isinstance(rule, NoOverlap) or (isinstance(rule, Guard) and event in rule.events)
    }
    return guards | set(proofs.constraints())


PROVEN_ELSEWHERE = {"audit_append_only", "access_append_only", "attempt_append_only", "disposal_append_only"}
"""Rules with tests of history, grants and retention, of logs that nobody changes."""


def test_every_rule_is_broken_by_a_new_row():
    through_periods = {"organizations_ancestry_no_cycle"}  # nobody writes ancestry but the database
    assert through_periods < cases("INSERTS")
    assert cases("INSERTS") == rules("INSERT")


def test_every_rule_is_broken_by_a_change():
    assert cases("UPDATES") | PROVEN_ELSEWHERE == rules("UPDATE")


def test_rules_have_names_of_their_own():
    names = [
        rule.name
        for app in APPS
        if importlib.util.find_spec(f"{app}.triggers")
        for rule in importlib.import_module(f"{app}.triggers").GUARDS
    ]
    assert len(names) == len(set(names))


def install(app):
    """Put the rules of an app in place as every migration does."""
    config = apps.get_app_config(app)
    config.install_guards(sender=config, using="default")


def triggers():
    """Return the triggers and exclusion constraints that are in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
                "UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'x' ORDER BY 1"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def test_putting_the_rules_in_place_again_changes_nothing(db):
    before = triggers()
    for config in apps.get_app_configs():
        if isinstance(config, GuardedAppConfig):
            install(config.label)
    assert before
    assert triggers() == before


def test_a_rule_that_was_lost_comes_back_after_migration(world):
    lost = "meeting_in_life_insert"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {lost} ON assessments_meeting"
            if connection.vendor == "postgresql"
            else f"DROP TRIGGER {lost}"
        )
    install("assessments")
    meetings = importlib.import_module("tests.assessments.test_triggers")
    with broken("meeting_in_life"):
        proofs.insert_in_bulk(meetings.empty_meeting(world.gone, DAY))


def test_no_rule_stands_in_the_way_of_rebuilding_a_table(db):
    before, config = triggers(), apps.get_app_config("reports")
    pre_migrate.send(config, app_config=config, using="default", plan=[])
    assert triggers() == before
    pre_migrate.send(config, app_config=config, using="default", plan=[("a migration", False)])
    assert triggers() == ([] if connection.vendor == "sqlite" else before)
    for config in apps.get_app_configs():
        emit_post_migrate(config)
    assert triggers() == before


def test_a_rule_waits_for_its_table(db, monkeypatch):
    guards = importlib.import_module("assessments.triggers")
    monkeypatch.setattr(guards, "GUARDS", [Guard("of_nothing", "assessments_nothing", "NEW.id IS NULL", "Không.")])
    install("assessments")
    assert not [name for name in triggers() if name.startswith("of_nothing")]


@pytest.mark.parametrize("write", [proofs.insert_in_bulk, proofs.insert_by_sql])
def test_a_refused_row_leaves_the_others_of_its_transaction_alone(write, world):
    meetings = importlib.import_module("tests.assessments.test_triggers")
    write(meetings.meeting(world.a, START))
    with broken("meeting_in_life"):
        write(meetings.empty_meeting(world.gone, DAY))
    assert world.a.meetings.count() == 1
