"""Base class of the record types of members, with the columns and look-ups they share."""

from django.db.models import Q

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing
from binhlu_portal.records.types import About, RecordType
from binhlu_portal.text.vietnamese import day
from members.columns import BY_NAME, CELL, person
from members.queries import came_later, cell_of_member, member_lies_beneath
from organizations.tree_queries import name_of

NAME = ("member__search_name",)
DECISION = ListColumn("Số quyết định", "decision_number", short=True)


class MemberRecordType(RecordType):
    """A record type about members, whose model has a field `member`; its list is searched by their names."""

    about = About.MEMBER
    search_fields = NAME

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that the member of a record was in a cell beneath the unit of the moment.

        What is from before the member came stands where the member is.
        """
        beneath = member_lies_beneath(self.tree_date_field)(moment)
        return beneath | came_later(self.tree_date_field)(moment) if self.tree_date_field else beneath


def until(date):
    """Write the end of a period; an open one as nothing."""
    return "" if date == OPEN else day(date)


SINCE = ListColumn("Từ ngày", "started_on", day, short=True)
UNTIL = ListColumn("Đến ngày (không còn)", "ended_on", until, short=True)


def of_members(*columns, own_day=None, extra=()):
    """Return the listing of facts about members, with the cell on the row's `own_day` or else on the as-of day."""

    def look_up(moment):
        return {"cell": cell_of_member(own_day or moment.as_of)}

    return Listing((*person(), CELL, *columns), BY_NAME, look_up, extra)


def cell_now(moment):
    """Return the look-up of the name of the cell of a row on the as-of day."""
    return {"cell": name_of("unit", covers(moment.as_of))}
