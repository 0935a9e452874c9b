"""Every figure of the sample: value = rows of its list = a naive count."""

from datetime import date

from organizations.models import Unit
from tests.factories import START, moment_of
from tests.reports.figures.test_definitions import check_moment
from tests.reports.figures.test_statistics import DAY, check
from tests.reports.naive import World


def test_figures_of_the_sample_equal_their_lists_and_naive_counts(sample):
    world = World()
    asked = [("binh-lu", date(2026, 3, 1)), ("binh-lu", date(2025, 12, 31)), ("benh-vien", date(2026, 3, 1))]
    for code, as_of in [*asked, ("ban-01", date(2025, 12, 31)), ("quan-su", date(2026, 3, 31))]:
        moment = moment_of(Unit.objects.get(code=code), as_of, since=date(2025, 7, 1), year=2025)
        check_moment(world, moment)


def test_figures_of_statistics_equal_their_lists_and_naive_counts(sample):
    seen = check(World(), moment_of(Unit.objects.get(code="binh-lu"), DAY, since=START, year=2025))
    assert len(seen) > 60
