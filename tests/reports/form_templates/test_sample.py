"""A blank that holds every place-holder says of the sample what the registry says."""

from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from binhlu_portal.moment.moment import Moment
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.registry import KNOWN
from reports.placeholders.cells import CELLS, NUMBERS

from .factories import keep
from .test_evaluation import filled


def test_every_place_holder_of_a_figure_says_what_the_registry_says(sample, admin_user):
    unit = Unit.objects.get(code="binh-lu")
    moment = Moment.of(unit, SYSTEM, today=date(2026, 6, 30), since=date(2025, 7, 1))
    places = [name for name, (_, how) in CELLS.of_figures.items() if how.ending in NUMBERS]
    rows = [[f"{{{{ {name} }}}}" for name in places[start : start + 20]] for start in range(0, len(places), 20)]
    found = filled(keep(unit, admin_user, {"Biểu": rows}), moment)
    results = evaluate.results(moment, [*KNOWN])
    for index, name in enumerate(places):
        code, how = CELLS.of_figures[name]
        result = results[code]
        number = result.percent if how.ending else result.value
        here = found.get(f"{get_column_letter(index % 20 + 1)}{index // 20 + 1}")
        if number is not None:
            assert Decimal(str(here)) == number, name
        else:
            assert not isinstance(here, int | float), name
