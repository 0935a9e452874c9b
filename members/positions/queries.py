"""Post queries: who holds a post of a unit, that it is vacant, or that nobody has written down either."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import BigIntegerField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.moment.moment import Moment
from members.models import Position, Vacancy
from members.queries import on_day_or_eve


def vacant(post: str, moment: Moment) -> Q:
    """Return a condition on what units are: it is written down that nobody holds `post` on the as-of day."""
    return Q(Exists(Vacancy.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post=post)))


def held(post: str, moment: Moment) -> Q:
    """Return a condition on what units are: somebody, member or not, holds `post` on the as-of day."""
    return Q(Exists(Position.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post=post)))


def not_written(post: str, moment: Moment) -> Q:
    """Return a condition on what units are: nobody has written down who holds `post`, nor that it is vacant."""
    return ~held(post, moment) & ~vacant(post, moment)


def held_post(day: str, posts: Collection[str]) -> Q:
    """Return a condition on facts about members: one of `posts` was held on the day at path `day`.

    Of somebody whose membership ended on that day, with the posts, it is the eve that counts.
    """
    held = Position.objects.filter(member=OuterRef("member"), post__in=sorted(posts))
    return on_day_or_eve(day, lambda holds: Q(Exists(held.filter(holds(OuterRef(day))))))


class PostHolder(NamedTuple):
    """Who holds a post: the id of the member, None for somebody outside the Party, and a name; "" for nobody.

    `position` is the id of the record that says so.
    """

    post: str
    pk: int | None
    name: str
    since: date
    until: date
    position: int

    @property
    def is_open(self) -> bool:
        """Whether the post is still held, or still vacant."""
        return self.until == OPEN

    def __str__(self):
        return self.name


def holders(moment: Moment, which: Q) -> dict[int, list[PostHolder]]:
    """Holders of posts on the as-of day by unit, vacant ones too: rows in sight that meet `which`, in one statement."""
    posts = Position.objects.visible_to(moment.user).on(moment.as_of).filter(which).order_by()
    vacancies = Vacancy.objects.visible_to(moment.user).on(moment.as_of).filter(which).order_by()
    named = posts.values_list(
        "unit", "post", "member", Coalesce("member__full_name", "holder_name"), "started_on", "ended_on", "pk"
    )
    nobody = Value(None, BigIntegerField())
    found = defaultdict(list)
    for unit, *told in named.union(
        vacancies.values_list("unit", "post", nobody, Value(""), "started_on", "ended_on", "pk"), all=True
    ).order_by("started_on", "pk"):
        found[unit].append(PostHolder(*told))
    return found
