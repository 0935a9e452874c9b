import pytest
from django.db import transaction

from bench import pages, run, stopwatch
from bench.nation import load
from bench.sql import counts
from bench.stopwatch import CODES, Comparison, Mismatch, by_portal, check
from organizations.choices import CELLS
from organizations.models import Ancestry, Unit
from reports.figures.registry import FIGURES, ChangeFigure, Figure

COMMUNES = 16


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(COMMUNES * 250, per_commune=250)
        transaction.set_rollback(True)


def test_every_counted_figure_has_a_counterpart_written_by_hand():
    counted = {code for code, figure in FIGURES.items() if isinstance(figure, Figure | ChangeFigure)}
    assert counts.CODES ^ counted == set()


def test_portal_and_hand_agree_on_every_figure_of_province_communes_and_cells(world, db):
    root, communes = world
    moment = run.moment_of(root)
    asked = [root.pk, *(unit.pk for unit in communes), *Unit.objects.values_list("pk", flat=True)[:90]]
    portal, hand = by_portal(moment, asked), counts.by_hand(moment, asked)
    for unit in asked:
        assert {code: portal[unit][code].value for code in CODES} == {code: hand[unit].get(code, 0) for code in CODES}


def test_the_world_holds_something_for_every_figure_to_count(world, db):
    root, _ = world
    results = by_portal(run.moment_of(root), [root.pk])[root.pk]
    assert [code for code, result in results.items() if not result.value] == []


def test_a_wrong_figure_stops_the_comparison(world, db, monkeypatch):
    root, _ = world
    right = counts.by_hand

    def wrong(moment, units):
        found = right(moment, units)
        found[root.pk]["members.female"] += 1
        return found

    monkeypatch.setattr(counts, "by_hand", wrong)
    with pytest.raises(Mismatch, match=r"members\.female"):
        check(run.moment_of(root), [root.pk])


def test_a_figure_counted_by_one_way_only_stops_the_comparison(world, db, monkeypatch):
    root, _ = world
    monkeypatch.setattr(stopwatch, "CODES", [code for code in stopwatch.CODES if code != "members.female"])
    with pytest.raises(Mismatch, match=r"one way only: members\.female"):
        check(run.moment_of(root), [root.pk])


def test_a_commune_has_54_direct_units_and_60_cells(world, db):
    root, communes = world
    assert len(communes) == COMMUNES
    direct = Ancestry.objects.filter(ancestor=root, depth=2).values("unit").distinct()
    assert direct.count() == COMMUNES * 54
    assert Unit.objects.filter(periods__kind__in=CELLS).distinct().count() == COMMUNES * 60


def test_the_bench_prints_every_comparison_and_the_portal_sends_as_many_statements_for_many_units(world, db):
    lines = []
    found = run.compare_all(*world, pairs=1, say=lines.append)
    assert len({comparison.statements for comparison in found.values()}) == 1
    assert all(any(line.startswith(name) for line in lines) for name in found)


def test_every_page_of_the_bench_is_answered_and_told(world, db):
    lines, (commune, *_) = [], world[1]
    pages.compare_all(commune, [], turns=1, say=lines.append)
    assert [line[:22].strip() for line in lines[1:]] == [*pages.pages(commune, commune, 1)]


def test_the_ratio_is_that_of_turns_side_by_side():
    comparison = Comparison(portal=(2.0, 9.0, 1.0), hand=(1.0, 3.0, 1.0), statements=(2, 14))
    assert comparison.ratio == 2.0
    assert "over" in str(comparison)
