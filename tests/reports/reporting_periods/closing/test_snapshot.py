"""What a closing froze as results of figures, so that texts print it as it stood."""

from datetime import date
from random import Random

from django.urls import reverse

from organizations.models import Threshold
from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.registry import FIGURES
from reports.figures.result import Result
from reports.reporting_periods.closing.snapshot import Snapshot
from tests.factories import START, make_member
from tests.reports.worlds import build

from .test_freeze import close


def ask(code, day=START, **levels):
    """Let the resolution ask for something."""
    Threshold.objects.create(code=code, source="Mẫu", started_on=day, **levels)


def test_results_are_those_of_the_closing(db):
    commune = build(Random(0))["xa-1"]
    ask("targets.village_heads_members", low="92.5")
    ask("targets.admissions", low=3, high=4)
    closing = close(commune)
    live = evaluate.results(closing.period.moment(SYSTEM))
    assert {result.low for result in live.values()} == {None, 3, 92.5}
    assert Snapshot(closing, commune, SYSTEM).results() == live


def test_a_share_is_told_where_there_is_a_base(commune, cell_a):
    for gender in ("female", "male", "male"):
        make_member(cell_a, gender=gender)
    kept = Snapshot(close(commune), commune, SYSTEM).figures()
    assert (kept["members.female"].share, kept["members.total"].share) == ("33,3\N{NO-BREAK SPACE}%", "")


def test_levels_are_those_that_were_asked_for(commune, cell_a):
    closing = close(commune)
    ask("targets.admissions", date(2026, 3, 2), low=1)
    assert Snapshot(closing, commune, SYSTEM).results()["targets.admissions"].asked == "chưa đặt mức"


def test_a_figure_that_was_not_counted_yet_has_no_value_and_no_list(commune, cell_a):
    snapshot = Snapshot(close(commune), commune, SYSTEM)
    del snapshot.contents["figures"]["members.total"]
    assert snapshot.results()["members.total"] == Result(FIGURES["members.total"], None)
    pk, asked = snapshot.closing.period_id, "?don_vi=xa&lan=1"
    assert snapshot.address("members.total") == reverse("frozen", args=[pk]) + asked
    assert snapshot.address("targets.admissions") == reverse("frozen", args=[pk]) + asked
    assert snapshot.address("members.female") == reverse("frozen-figure", args=[pk, "members.female"]) + asked
