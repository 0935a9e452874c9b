"""The columns of units as a file, and which units it lists: what stands beneath one on a day."""

from django.db.models import Case, CharField, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.text.vietnamese import bears, day, number, search_words
from members.choices import Post
from members.models import Position, Spell
from members.positions.queries import vacant
from organizations.choices import Kind, Sector
from organizations.models import UnitPeriod
from organizations.tree_queries import name_of, subtree, unit_lies_beneath


def _looked_up(moment):
    """Return what of a unit stands elsewhere: what it belongs to, who leads it, how many members there are beneath."""
    led = Position.objects.visible_to(moment.user).on(moment.as_of)
    led = led.filter(unit=OuterRef("unit"), post=Post.SECRETARY).order_by("started_on", "pk")
    stays = Spell.objects.visible_to(moment.user).filter(
        covers(moment.as_of), covers(moment.as_of, "unit__lines__"), unit__lines__ancestor=OuterRef("unit")
    )
    counted = stays.order_by().values("unit__lines__ancestor").annotate(count=Count("pk"))
    return {
        "above": name_of("parent", covers(moment.as_of)),
        "secretary": Coalesce(
            Subquery(led.values(known=Coalesce("member__full_name", "holder_name"))[:1]),
            Case(When(vacant(Post.SECRETARY, moment), then=Value("khuyết")), default=Value("")),
            output_field=CharField(),
        ),
        "members": Coalesce(Subquery(counted.values("count"), IntegerField()), 0),
    }


UNITS = Listing(
    (
        ListColumn("Tên", "name"),
        ListColumn("Loại tổ chức", "kind", labelled(Kind)),
        ListColumn("Loại hình", "sector", labelled(Sector)),
        ListColumn("Trực thuộc", "above"),
        ListColumn("Bí thư", "secretary", short=True),
        ListColumn("Đảng viên", "members", number, numeric=True, nested=True),
        ListColumn("Từ ngày", "unit__started_on", day, short=True),
    ),
    ("unit__code",),
    _looked_up,
)


def listed(moment: Moment, places: list[UnitPeriod], words: str) -> QuerySet[UnitPeriod]:
    """Return what stands beneath the unit of the moment, or those of it in whose names each of `words` is found."""
    units = UnitPeriod.objects.visible_to(moment.user).on(moment.as_of).filter(unit_lies_beneath(None)(moment))
    wanted = search_words(words)
    if not wanted:
        return units
    standing = subtree(places, moment.unit.pk)
    return units.filter(pk__in=[place.pk for place in standing if bears(place.name, wanted)])
