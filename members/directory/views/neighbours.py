"""Who stands before and after a person in the list from which the page of the person was opened.

The query string of the list goes along in the address (`danh_sach`): the list is asked for again, in its order and with
the scope of its reader, and the person keeps the place in it also when the filters find the person no more.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import Lag, Lead
from django.http import Http404, QueryDict

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.moment.forms import MomentForm
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.tables import list_table
from binhlu_portal.request_limits import LONGEST_PARAMETER
from members.directory.columns import listing
from members.directory.filters import MemberFilters
from members.models import Member
from organizations.in_force import Rulebook
from organizations.rights import Right
from organizations.scope import Reader

LIST = "danh_sach"
"""The parameter of an address that holds the query string of a list of people."""


def within_list(query: str) -> str:
    """Return what the address of a person ends with who was opened from the list with this query string."""
    return f"?{urlencode({LIST: query})}" if 0 < len(query) <= LONGEST_PARAMETER else ""


def neighbours(
    pk: int, asked: Mapping[str, str], user: Reader, today: date, rulebook: Rulebook
) -> dict[str, dict[str, Any]]:
    """Return who stands `before` and `after` a person in a list, as {pk, name}; nothing where no list is asked for.

    `rulebook` are the regulations that the page has read. Of somebody who has left the name is not told: it may have
    changed since.
    """
    query = QueryDict(asked.get(LIST, ""))
    moment = _moment(query, user, today) if query else None
    if moment is None:
        return {}
    moment = replace(moment, rulebook=rulebook)
    people = Member.objects.visible_to(user)
    kept = MemberFilters(query, queryset=people, moment=moment).qs.order_by().values("pk")
    columns = listing(moment)
    table = list_table(columns, columns.rows(people.filter(Q(pk__in=kept) | Q(pk=pk)), moment), {}).sort(query)
    rows = table.data.data
    order = [F(each) if isinstance(each, str) else each for each in rows.query.order_by]
    in_hand = ExpressionWrapper(people.reach_of(user, Right.SEE, "pk", OPEN), BooleanField())
    following, previous = (Window(step("pk"), order_by=order) for step in (Lead, Lag))
    sides = rows.annotate(following=following, previous=previous, in_hand=in_hand)
    sides = sides.filter(Q(following=pk) | Q(previous=pk)).values("pk", "full_name", "following", "in_hand")
    return {
        "before" if side["following"] == pk else "after": {
            "pk": side["pk"],
            "name": side["full_name"] if side["in_hand"] else "",
        }
        for side in sides
    }


def _moment(query: QueryDict, user: Reader, today: date) -> Moment | None:
    """Return the moment of a list; None where it can be asked for no more."""
    with suppress(Http404):
        form = MomentForm(query, user=user, today=today)
        return form.moment if form.is_valid() else None
