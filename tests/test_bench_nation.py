"""The nation of the bench: copies of a province beneath one unit, of which every rule of the database holds."""

import pytest
from django.db import connection

from bench import nation, run
from bench.nation import RuleBroken, copied_models, make_nation
from bench.standing_rules import broken_rules, standing_rules
from bench.stopwatch import by_portal, check
from binhlu_portal.db.rules_aside import rules_aside
from binhlu_portal.db.rules_in_place import wanting
from members.models import Member, Spell
from organizations.ancestry import difference
from organizations.choices import Kind
from organizations.models import Unit, UnitPeriod

PROVINCES, MEMBERS = 3, 120


def rows():
    return {model: model.objects.count() for model in copied_models()}


def indexes():
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in copied_models()]
        return {table: connection.introspection.get_constraints(cursor, table) for table in tables}


@pytest.fixture
def made(db, monkeypatch):
    """Return the nation, its communes, and the rows and indexes of its first province before it was copied."""
    monkeypatch.setattr(nation, "PROVINCE", MEMBERS)
    before = {}

    def note(copies, say):
        before.update(rows=rows(), indexes=indexes())
        return make_nation(copies, say)

    monkeypatch.setattr(nation, "make_nation", note)
    root, communes = nation.load(PROVINCES * MEMBERS, per_commune=MEMBERS)
    return root, communes, before


def test_a_nation_is_so_many_provinces_with_all_that_belongs_to_them(made):
    root, _, before = made
    kept = {Unit: 1, UnitPeriod: 1}  # the nation itself
    now = rows()
    for model in (Unit, UnitPeriod, Member, Spell):
        assert now[model] == PROVINCES * before["rows"][model] + kept.get(model, 0)
    assert [model for model in now if now[model]] == [model for model in now if before["rows"][model]]
    assert UnitPeriod.objects.filter(parent=root, kind=Kind.PROVINCE).count() == PROVINCES
    assert difference() == ([], [])


def test_a_nation_counts_what_its_provinces_count_and_what_is_counted_by_hand(made):
    root = made[0]
    provinces = [*UnitPeriod.objects.filter(parent=root).values_list("unit", flat=True)]
    moment = run.moment_of(root)
    check(moment, [root.pk, *provinces])
    counted = by_portal(moment, [root.pk, *provinces])
    for code in ("members.total", "members.female"):
        assert counted[root.pk][code].value == sum(counted[unit][code].value for unit in provinces) > 0


def test_after_copying_every_rule_and_index_is_there_again(made):
    assert wanting() == []
    assert indexes() == made[2]["indexes"]


def test_a_copy_that_breaks_a_rule_stops_the_bench(made):
    stay = Spell.objects.order_by("pk").first()
    with rules_aside("default", {"members_spell"}):
        Spell.objects.filter(pk=stay.pk).update(start_reason="none-such")
    assert broken_rules([Spell], lambda line: None) == ["a_fields_members_spell"]


def test_every_guard_that_judges_a_new_row_is_asked_of_rows_that_stand():
    asked = {name for name, _, _ in standing_rules(copied_models())}
    assert {"spell_in_cell", "position_in_life", "meeting_within_members", "a_fields_members_member"} <= asked
    assert not any(name.endswith("_closed") for name in asked)


def test_a_broken_rule_is_told_by_its_name(db, monkeypatch):
    monkeypatch.setattr(nation, "PROVINCE", MEMBERS)
    monkeypatch.setattr(nation, "broken_rules", lambda models, say: ["spell_in_cell"])
    with pytest.raises(RuleBroken, match="spell_in_cell"):
        nation.load(2 * MEMBERS, per_commune=MEMBERS)
