"""Verdicts: what is said of a target is said of the share itself, and no number printed beside it says another."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from members.positions import actions as positions
from organizations.models import Threshold
from reports.figures import evaluate, registry
from reports.figures.result import percentage
from reports.placeholders.language import FORMATS
from reports.reporting_periods.closing.snapshot import FrozenFigure
from tests.factories import START, make_member, make_unit

TARGETS = [figure for figure in registry.FIGURES.values() if isinstance(figure, registry.TargetFigure)]
REACHED = next(each.write for each in FORMATS if each.ending == ".hien_dat")
LEVELS = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
NUMBER = re.compile(r"[\d.]+(?:,\d+)?")


def printed(words):
    """Return the numbers in words, as numbers."""
    return [Decimal(number.replace(".", "").replace(",", ".")) for number in NUMBER.findall(words)]


def near(whole, level):
    """Return the counts out of `whole` whose shares lie next to the level, on either side."""
    count = int(whole * level / 100)
    return [each for each in (count - 1, count, count + 1) if 0 <= each <= whole]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.code)
@given(level=LEVELS | st.integers(0, 100).map(Decimal), whole=st.integers(1, 9999), data=st.data())
def test_every_number_printed_lies_where_the_verdict_says(target, level, whole, data):
    part = data.draw(st.sampled_from(near(whole, level)))
    values = dict.fromkeys(registry.KNOWN, 0)
    values |= {registry.KNOWN[code].of: whole for code in target.actual} | dict.fromkeys(target.actual, part)
    thresholds = {each.code: Threshold(code=each.code, low=level) for each in TARGETS}
    found = evaluate._results([target.code, *target.actual], values, thresholds)
    result, reached = found[target.code], Fraction(part * 100, whole) >= level
    assert result.met is reached
    for said in [REACHED(result)[1], *(text for one in result.actual for text in (one.share, one.tenths))]:
        assert {number >= level for number in printed(said)} == {reached}, said
    for code in target.actual:
        assert found[code] in result.actual, "alone a figure prints the same number as beside its target"


def test_a_share_away_from_all_levels_keeps_its_decimals():
    assert percentage(6996, 10_000, 1) == Decimal("70.0")
    assert percentage(6996, 10_000, 1, [Decimal(70)]) == Decimal("69.96")
    assert percentage(7004, 10_000, 1, [Decimal(60), Decimal(80)]) == Decimal("70.0")
    assert percentage(5, 8, 0, [Decimal("62.5")]) == Decimal("62.5")


def test_pages_and_the_report_print_what_they_judge(client, leader, commune):
    for code in "abc":
        village = make_unit(code, commune)
        member = make_member(village)
        holder = {"holder_name": "Người ngoài Đảng"} if code == "c" else {"member": member}
        positions.appoint(unit=village, post="village_head", day=START, **holder)
    Threshold.objects.create(code="targets.village_heads_members", low="66.70", started_on=START, source="Nghị quyết")
    client.force_login(leader)
    for address in (
        reverse("dashboard"),
        reverse("comparison"),
        reverse("figure", args=["targets.village_heads_members"]),
        reverse("figure", args=["posts.villages.head_members"]),
        reverse("report"),
    ):
        page = client.get(f"{address}?don_vi=xa&ngay=01/09/2025&tu=01/07/2025").content.decode()
        assert "66,67" in page, address
        assert "66,7\N{NO-BREAK SPACE}%" not in page.replace("từ 66,7\N{NO-BREAK SPACE}%", ""), address


def test_what_a_closing_kept_is_printed_with_all_its_decimals():
    def share(percent):
        return FrozenFigure("", {"places": 1}, 1, 2, Decimal(percent)).share

    assert (share("69.96"), share("70.0")) == ("69,96\N{NO-BREAK SPACE}%", "70,0\N{NO-BREAK SPACE}%")
