"""Count subqueries as parts of larger statements, so that a page asks once for many of them."""

from django.db.models import Count, F, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def counted(rows: QuerySet) -> Coalesce:
    """Count subquery: the number of `rows` as an expression; `rows` may speak of the outer row (`OuterRef`)."""
    one = rows.order_by().values(one=F("pk") - F("pk"))  # a constant that is grouped by
    return Coalesce(Subquery(one.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
