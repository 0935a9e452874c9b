"""Count subqueries as parts of larger statements, so that a page asks once for many of them."""

from django.db.models import Count, QuerySet, Subquery, Value

ALL_ROWS = Value(1)
"""What rows are grouped by that are all counted together: a constant, so that none is sorted or told apart."""


def counted(rows: QuerySet) -> Subquery:
    """Count subquery: the number of `rows` as an expression; `rows` may speak of the outer row (`OuterRef`).

    Rows are counted and no column of theirs, so that an index alone may answer.
    """
    return Subquery(rows.order_by().values(all=ALL_ROWS).annotate(number=Count("*")).values("number"))
