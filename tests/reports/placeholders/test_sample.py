"""Figures of other days, periods, years and units of the sample, as texts and cells ask for them."""

from datetime import date

import pytest

from binhlu_portal.moment.moment import Moment
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.registry import FIGURES
from reports.placeholders.cells import AskedCell, CellValues
from reports.placeholders.language import FORMATS
from reports.placeholders.report import ReportValues

DAY = date(2026, 3, 1)

PUBLISHED = {
    'members.total | ngay:"01/7/2025"': "755",
    'members.total | ngay:"31/7/2025"': "854",
    'members.total | ngay:"tu_ngay"': "755",
    'members.total | ngay:"cuoi_thang_lap"': "854",
    'members.military | ngay:"cuoi_thang"': "08",
    'members.total | ngay:"31/12/2025"': "882",
    'members.total | don_vi:"quan-su"': "03",
    'members.total | don_vi:"quan-su" | ngay:"31/3/2026"': "08",
    'members.total | don_vi:"cong-an"': "30",
    'ratings.members.rated.ty_le | ngay:"31/12/2025" | nam:2025': "91,6%",
}
"""What the published report says of other days and units, and how its text asks for it."""


@pytest.fixture(scope="module")
def binh_lu(sample):
    """The moment of the report of March 2026."""
    unit = Unit.objects.get(code="binh-lu")
    return Moment.of(unit, SYSTEM, today=DAY, since=date(2025, 7, 1), year=2025)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_days_and_units_of_the_published_report_are_said(binh_lu, name):
    values = ReportValues.at(binh_lu)
    values.look_up([name])
    assert values.piece(name).text == PUBLISHED[name]
    cell = AskedCell(1, 1, f"{{{{ {name} }}}}", binh_lu.unit.pk)
    assert CellValues(binh_lu, [cell]).cell(cell).text.lstrip("0").replace("\N{NO-BREAK SPACE}", "") == (
        PUBLISHED[name].lstrip("0")
    )


def test_every_figure_can_be_asked_for_elsewhere_in_every_form(binh_lu):
    there = Moment.of(binh_lu.unit, SYSTEM, today=date(2025, 12, 31), since=date(2025, 8, 1), year=2025)
    results, values = evaluate.results(there), ReportValues.at(binh_lu)
    filters = ' | ngay:"31/12/2025" | tu:"01/8/2025"'
    names = {code + how.ending: (code, how) for code in FIGURES for how in FORMATS if how.fits(FIGURES[code])}
    values.look_up([name + filters for name in names])
    for name, (code, how) in names.items():
        value, text = how.write(results[code])
        found = values.piece(name + filters)
        assert (found.value, found.text) == (value, "–" if value is None else text), name
        assert found.query == "don_vi=binh-lu&ngay=31/12/2025&tu=01/08/2025&nam=2025"
