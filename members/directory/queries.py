"""Queries of the pages of people: what the reader may do with them, and where they belonged."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, QuerySet, Subquery

from binhlu_portal.dates.validity import OPEN
from members.models import Member, Spell
from organizations.models import UnitPeriod
from organizations.rights import Right
from organizations.scope import Reader


def people_of(user: Reader) -> QuerySet[Member]:
    """People whom `user` may see, with what the user may do with their records.

    `may_edit`: change them; `may_decide`: decide about them; `is_in_hand`: read all of them, not what was once there.
    """
    own = {
        name: Exists(Member.objects.editable_by(user, right).filter(pk=OuterRef("pk")))
        for name, right in (("may_edit", Right.EDIT), ("may_decide", Right.DECIDE))
    }
    people = Member.objects.visible_to(user)
    in_hand = ExpressionWrapper(people.reach_of(user, Right.SEE, "pk", OPEN), BooleanField())
    return people.annotate(**own, is_in_hand=in_hand)


def stays_of(member: Member, user: Reader) -> QuerySet[Spell]:
    """Stays of a person that `user` may see, the last one first, each with the name of its `cell` then."""
    names = UnitPeriod.objects.filter(unit=OuterRef("unit"), started_on__lt=OuterRef("ended_on")).order_by(
        "-started_on"
    )
    stays = member.spells.visible_to(user).annotate(cell=Subquery(names.values("name")[:1]))
    return stays.select_related("unit").order_by("-started_on")
