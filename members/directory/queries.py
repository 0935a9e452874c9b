"""Queries of the pages of people: what the reader may do with them, and where they belonged."""

import re
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from binhlu_portal.text.vietnamese import bare_name, name_key, search_words
from members.models import Member, Spell
from organizations.models import UnitPeriod
from organizations.rights import Right
from organizations.scope import Reader

NUMBERS = ("card_number", "citizen_id", "profile_number")
"""The numbers by which people are found."""

BETWEEN_DIGITS = re.compile(r"(?<=\d)[.\-](?=\d)")
"""What people put between the digits of a number they look for; blanks part words, each of which is found."""


def people_of(user: Reader) -> QuerySet[Member]:
    """People whom `user` may see, with what the user may do with their records.

    `may_edit`: change them; `may_decide`: decide about them; `is_in_hand`: read all of them, not what was once there.
    """
    own = {
        name: Exists(Member.objects.editable_by(user, right).filter(pk=OuterRef("pk")))
        for name, right in (("may_edit", Right.EDIT), ("may_decide", Right.DECIDE))
    }
    people = Member.objects.visible_to(user)
    in_hand = ExpressionWrapper(people.is_in_hand(user), BooleanField())
    return people.annotate(**own, is_in_hand=in_hand)


def finds(word: str, user: Reader) -> Q:
    """Condition that a word is found in the name of somebody, or in a number of somebody who has not left."""
    named = Q(search_name__contains=name_key(word))
    if not any(map(str.isdigit, word)):
        return named
    digits = BETWEEN_DIGITS.sub("", word)
    numbered = reduce(or_, (Q(**{f"{name}__contains": digits}) for name in NUMBERS))
    return named | numbered & Member.objects.all().is_in_hand(user)


def found(words: str, user: Reader) -> QuerySet[Member]:
    """People whom `user` may see, and in whose names or numbers each of the words is found."""
    return having(Member.objects.visible_to(user), words, user)


def having(people: QuerySet[Member], words: str, user: Reader) -> QuerySet[Member]:
    """Those of `people` in whose names or numbers `user` finds each of the words."""
    return people.filter(*(finds(word, user) for word in search_words(bare_name(words))))


def stays_of(member: Member, user: Reader) -> QuerySet[Spell]:
    """Stays of a person that `user` may see, the last one first, each with the name of its `cell` then."""
    names = UnitPeriod.objects.filter(unit=OuterRef("unit"), started_on__lt=OuterRef("ended_on")).order_by(
        "-started_on"
    )
    stays = member.spells.visible_to(user).annotate(cell=Subquery(names.values("name")[:1]))
    return stays.select_related("unit").order_by("-started_on")
