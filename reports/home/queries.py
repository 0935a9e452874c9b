"""Home page queries: the people of a cell as its secretary meets them."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, QuerySet

from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.models import Exemption
from members.queries import members_on, on_probation


def people(moment: Moment, most: int) -> QuerySet:
    """Members of the unit by given name, at most `most`: {pk, full_name, born_on, official_on, exempt, probation}."""
    exempt = Exemption.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    known = {"exempt": Exists(exempt), "probation": ExpressionWrapper(on_probation(moment), BooleanField())}
    found = members_on(moment).annotate(**known).order_by("member__sort_name", "member")
    card = {name: F(f"member__{name}") for name in ("full_name", "born_on", "official_on")}
    return found.values(*known, pk=F("member"), **card)[:most]
