"""The ceiling on the top level: every page that counts it counts the same groups, with the same numbers."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.urls import reverse

from assessments.ratings import actions as ratings
from assessments.ratings.ceiling import CEILING, places_allowed
from assessments.ratings.groups import ceiling_groups
from binhlu_portal.data_checks.rules import CHECKS
from members.restructuring import actions as restructuring
from organizations.choices import Kind, Sector
from organizations.models import Threshold
from reports.dashboard.metrics import board
from tests.checks import RATED_ON, make_threshold
from tests.factories import START, clerk_of, make_member, make_unit, moment_of

YEAR, DAY = 2025, date(2026, 3, 10)
LEVELS = ("excellent", "excellent", "good", "good", "good", "good", "fair", "")
"""So that some groups pass a fifth and others do not."""


@pytest.fixture(params=range(3))
def world(request, commune):
    """A commune with cells of three sectors and a hospital with wards, all rated at random, then moved about.

    Returns the levels of the groups told by hand: by the code of the cell; by that of the committee and the sector.
    """
    random, cells, sectors, places = Random(request.param), {}, {}, []
    hospital = make_unit("bv", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE)
    places = [("xa", hospital, Sector.PUBLIC_SERVICE)]
    for number in range(9):
        sector = random.choice([Sector.VILLAGE, Sector.SCHOOL, Sector.HEALTH_STATION])
        places.append(("xa", make_unit(f"n{number}", commune, sector=sector), sector))
    for number in range(4):
        places.append(
            ("bv", make_unit(f"khoa-{number}", hospital, sector=Sector.PUBLIC_SERVICE), Sector.PUBLIC_SERVICE)
        )
    for committee, unit, sector in places:
        level = random.choice(LEVELS)
        sectors.setdefault((committee, sector), Counter())[level] += 1
        if level:
            ratings.rate_unit(unit=unit, year=YEAR, level=level, decided_on=RATED_ON)
        if unit != hospital:
            cells[unit.code] = Counter(random.choices(LEVELS, k=random.randrange(1, 9)))
            for given in cells[unit.code].elements():
                member = make_member(unit)
                if given:
                    ratings.rate(member=member, year=YEAR, level=given, decided_on=RATED_ON)
    restructuring.merge(cells=[places[1][1]], into=places[2][1], day=date(2026, 2, 2))
    make_threshold()
    return cells, sectors


def told(threshold, groups):
    """Return {group: (given, allowed)} of numbers told by hand."""
    return {group: (levels["excellent"], places_allowed(threshold, levels)) for group, levels in groups.items()}


def passed(groups):
    """Return the groups with more than allowed."""
    return {group for group, (given, allowed) in groups.items() if given > allowed}


def numbers_of(groups):
    """Return the numbers of groups in their order."""
    return sorted((ceiling.given, ceiling.allowed) for _, ceiling in groups.groups)


def test_every_page_counts_the_same_groups(client, monkeypatch, commune, world):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: DAY)
    moment, threshold = moment_of(commune, DAY, year=YEAR), Threshold.objects.get(code=CEILING)
    cells, sectors = (told(threshold, groups) for groups in world)
    direct = {sector: numbers for (committee, sector), numbers in sectors.items() if committee == "xa"}
    assert passed(cells)
    assert passed(cells) != {*cells}
    client.force_login(clerk_of(commune))

    assert numbers_of(ceiling_groups(moment)[0]) == sorted(cells.values())
    assert numbers_of(ceiling_groups(moment)[1]) == sorted(direct.values())

    for code, numbers in cells.items():
        page = client.get(f"{reverse('rating-grid', args=[code])}?nam={YEAR}")
        assert [(found.given, found.allowed) for _, _, found, _ in page.context["form"].ceilings] == [numbers], code
    for committee in ("xa", "bv"):
        page = client.get(f"{reverse('rating-units')}?don_vi={committee}&nam={YEAR}")
        shown = {key: (found.given, found.allowed) for key, _, found, _ in page.context["form"].ceilings}
        assert shown == {sector: numbers for (above, sector), numbers in sectors.items() if above == committee}

    progress = client.get(f"{reverse('ratings')}?don_vi=xa&nam={YEAR}&ngay=10/03/2026")
    assert progress.context["ceilings"] == ceiling_groups(moment)[0]

    flagged = set(CHECKS["dang-vien-xuat-sac-vuot-tran"].rows(moment).values_list("unit__code", flat=True))
    assert flagged == passed(cells)
    rows = CHECKS["to-chuc-xuat-sac-vuot-tran"].rows(moment)
    assert set(rows.values_list("parent__code", "sector")) == passed(sectors)

    of_units, of_members = (line for line in board(moment, [])["ratings"] if line.label.endswith("xuất sắc"))
    assert (of_members.goal, of_units.goal) == ceiling_groups(moment)
    assert of_units.result.value == of_units.goal.given
    assert of_members.result.value == of_members.goal.given
    page = client.get(f"{reverse('dashboard')}?don_vi=xa&nam={YEAR}&ngay=10/03/2026").content.decode()
    assert f"vượt mức ở {len(passed(cells))}/{len(cells)} chi bộ" in page


def test_before_there_was_a_ceiling_there_are_no_groups(commune, cell_a):
    make_threshold()
    moment = moment_of(commune, START, year=START.year)
    Threshold.objects.filter(code=CEILING).update(started_on=DAY)
    assert ceiling_groups(moment) == (None, None)


def test_a_cell_alone_has_no_group_of_units(commune, cell_a):
    make_threshold()
    assert ceiling_groups(moment_of(cell_a, DAY))[1] is None
    assert ceiling_groups(moment_of(cell_a, DAY))[0].called == "chi bộ"
