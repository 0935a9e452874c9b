"""Home page queries: the people of a cell as its secretary meets them, and what the office is to look into."""

from datetime import date, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Sum

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.audit.permissions import accesses
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


RECENT = timedelta(days=30)


def taken_since(moment: Moment) -> date:
    """Day from which on the home page counts numbers that were refused because another record has them."""
    return moment.as_of - RECENT


def numbers_taken(moment: Moment, user: User) -> int:
    """Count of values that units of `user` wrote of late and that records out of their sight have."""
    found = accesses(user).filter(kind=AccessKind.TAKEN, at__date__gte=taken_since(moment))
    return found.aggregate(count=Sum("rows", default=0))["count"]
