"""Post queries: who holds a post of a unit, that it is vacant, or that nobody has written down either."""

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.models import Position, Vacancy


def vacant(post: str, moment: Moment) -> Q:
    """Return a condition on what units are: it is written down that nobody holds `post` on the as-of day."""
    return Q(Exists(Vacancy.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post=post)))


def held(post: str, moment: Moment) -> Q:
    """Return a condition on what units are: somebody, member or not, holds `post` on the as-of day."""
    return Q(Exists(Position.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post=post)))


def not_written(post: str, moment: Moment) -> Q:
    """Return a condition on what units are: nobody has written down who holds `post`, nor that it is vacant."""
    return ~held(post, moment) & ~vacant(post, moment)
