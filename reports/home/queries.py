"""The people of a cell as its secretary meets them on the home page."""

from django.db.models import Exists, F, OuterRef

from binhlu_portal.dates.validity import covers
from members.models import Exemption
from members.queries import members_on


def people(moment, most):
    """Return the members of the unit by given name, each with what a secretary asks first; `most` at the most."""
    exempt = Exemption.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    found = members_on(moment).annotate(exempt=Exists(exempt)).order_by("member__sort_name", "member")
    known = {name: F(f"member__{name}") for name in ("full_name", "born_on", "official_on")}
    return found.values("exempt", pk=F("member"), **known)[:most]
