"""Home page queries: the people of a cell as its secretary meets them."""

from django.db.models import Exists, F, OuterRef, QuerySet

from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.models import Exemption
from members.queries import members_on


def people(moment: Moment, most: int) -> QuerySet:
    """Members of the unit by given name, at most `most`: {pk, full_name, born_on, official_on, exempt}."""
    exempt = Exemption.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    found = members_on(moment).annotate(exempt=Exists(exempt)).order_by("member__sort_name", "member")
    known = {name: F(f"member__{name}") for name in ("full_name", "born_on", "official_on")}
    return found.values("exempt", pk=F("member"), **known)[:most]
