"""Population: records that are counted or gone through together, as a queryset for a moment.

Figures count the rows of a population beneath units of the tree (`reports.figures.populations`), data checks go through
them and tell whom a row is about (`binhlu_portal.data_checks.rules`). Both narrow the rows by conditions, so that a
number and the list behind it come from the same rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from binhlu_portal.moment.moment import Moment


@dataclass(frozen=True)
class Population:
    """Population: its `code`, and `rows(moment)`, a queryset of the records that the reader of the moment may see.

    Populations of one kind are told apart by their codes: their rows are counted in one statement, a part for each
    code. Each kind is a subclass that says more about the rows.
    """

    code: str
    rows: Callable[[Moment], QuerySet]
