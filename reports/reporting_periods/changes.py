"""Changes since the last closing: what was written about a unit since the last period of its committee was closed."""

from django.db.models import Count, Max, QuerySet

from binhlu_portal.accounts.models import User
from binhlu_portal.audit import permissions
from binhlu_portal.audit.display import model_of
from binhlu_portal.audit.models import Action, Entry
from members.models import Member
from organizations.models import Ancestry, Unit
from reports.reporting_periods.closing.locks import DATED
from reports.reporting_periods.models import ReportingPeriod

RECORDS = [Member._meta.db_table, *(dated.model._meta.db_table for dated in DATED if dated.ways)]
"""The tables of what units and their people are asked about."""


def last_closed(period: ReportingPeriod) -> ReportingPeriod | None:
    """Previous period: that of the same committee with the latest as-of day before `period` that is closed, or None."""
    closed = ReportingPeriod.objects.filter(unit=period.unit_id, closed_on__isnull=False, as_of__lt=period.as_of)
    return closed.order_by("-as_of").first()


def entries_since(last: ReportingPeriod, unit: Unit, user: User) -> QuerySet[Entry]:
    """Return what was written about `unit` and beneath it since `last` was closed, as far as `user` may read it.

    A closed period does not change, so the newest entry about it is that of its closing.
    """
    closing = Entry.objects.filter(table=ReportingPeriod._meta.db_table, row=last.pk).order_by()
    closing = closing.values("row").annotate(newest=Max("pk")).values("newest")
    beneath = Ancestry.objects.filter(ancestor=unit).values("unit")
    entries = permissions.lies_within(permissions.readable(user), beneath)
    return entries.filter(table__in=RECORDS, pk__gt=closing)


def changes_since(last: ReportingPeriod, unit: Unit, user: User) -> list[tuple[str, str, int]]:
    """Changes about `unit` and beneath it since `last` was closed: [(kind of record, action, count)]."""
    entries = entries_since(last, unit, user).order_by().values_list("table", "action")
    counts = entries.annotate(count=Count("pk")).order_by("table", "action")
    return [
        (str(model_of(table)._meta.verbose_name), Action(action).label.lower(), count)
        for table, action, count in counts
    ]
