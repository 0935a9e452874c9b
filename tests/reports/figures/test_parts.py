"""Parts of figures: whom a figure leaves out of its base."""

from datetime import date

from organizations.models import Unit
from reports.figures import evaluate, registry
from reports.figures.parts import remainder
from tests.factories import moment_of


def test_whom_a_figure_leaves_out_of_its_base_is_a_list_of_its_own(sample):
    asked = moment_of(Unit.objects.get(code="binh-lu"), date(2026, 3, 1), since=date(2025, 7, 1))
    parted = {code: rest for code, figure in registry.FIGURES.items() if (rest := remainder(figure))}
    assert parted.keys() >= {"posts.villages.head_members", "members.handbook", "units.sectors.villages"}
    assert not parted.keys() & {
        "members.total",
        "admissions.share",
        "meetings.attendance.village",
        "targets.admissions",
    }
    results = evaluate.results(asked, parted)
    counted = {code: evaluate.rows(asked, rest).count() for code, rest in parted.items()}
    assert counted == {code: result.base - result.value for code, result in results.items()}
