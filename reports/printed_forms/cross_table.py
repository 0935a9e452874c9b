"""Cross tables: figures in rows, conditions in columns; all counts of one population from one statement."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby, product

from django.db.models import Count, F, Q, QuerySet

from binhlu_portal.db.statements import PreparedStatement
from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.parameters import moment_parameters
from organizations.scope import kind_of_reader
from reports.figures.registry import FIGURES, PEOPLE


def cross_table(moment: Moment, codes: Iterable[str], columns: Mapping[str, Q]) -> dict[str, dict[str, int]]:
    """Cross table: {code: {column: count}} of each figure, as "total" and narrowed by each condition of `columns`.

    One statement a population, compiled once; the figure's own condition is in every count.
    """
    found, columns = {code: {} for code in codes}, {"total": Q(), **columns}
    for _, figures in groupby(sorted(found, key=_population), _population):
        asked = [*product(figures, columns)]
        statement = _statement(kind_of_reader(moment.user), tuple(asked), tuple(columns.items()))
        counted = next(statement.rows(moment), None) or [0] * len(asked)
        for (code, column), value in zip(asked, counted, strict=True):
            found[code][column] = value
    return found


def _population(code):
    """Return the code of the population whose rows a figure counts."""
    return FIGURES[code].population.code


@cache
def _statement(kind, asked, columns):
    """Return the statement of one row, or of none without records, that counts each (code, column) of what is asked."""
    return PreparedStatement(cross_table_query(moment_parameters(kind), asked, dict(columns)))


def cross_table_query(moment: Moment, asked: Sequence[tuple[str, str]], columns: Mapping[str, Q]) -> QuerySet:
    """Cross table query: one row with the count of each (code of a figure, column); figures of one population."""
    counts = {f"n{place}": _count(FIGURES[code], moment, columns[name]) for place, (code, name) in enumerate(asked)}
    rows = FIGURES[asked[0][0]].population.beneath(moment).order_by()
    return rows.values(group=F("pk") - F("pk")).annotate(**counts).values_list(*counts)


def _count(figure, moment, where):
    what = figure.population.person if figure.measure == PEOPLE else "pk"
    return Count(what, distinct=figure.measure == PEOPLE, filter=figure.condition(moment) & where)
