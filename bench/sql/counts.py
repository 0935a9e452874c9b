"""All counts written by hand, run one scan after the other.

This is the yardstick: what somebody who knows the tables would write for these numbers alone, with one scan for each
population and every count a FILTER of it. A plain join with the ancestry serves: to compute the set of units first
gained a little on some scans and lost more on others. It shares the code lists with the portal and nothing of
`reports`.
"""

from collections import defaultdict
from datetime import date

from django.db import connection

from binhlu_portal.dates.partial_dates import born_by

from . import facts, people, units

SCANS = (*units.SCANS, *people.SCANS, *facts.SCANS)

CODES = frozenset(code for scan in SCANS for code in scan.counts)
"""Every figure that is counted by hand."""


def by_hand(moment, asked):
    """Return {unit id: {code: value}} for the units with the ids `asked`; what has no rows for a unit is left out."""
    parameters = {"as_of": moment.as_of.isoformat(), "since": moment.since.isoformat(), "year": moment.year}
    parameters["listed"] = min(moment.as_of, date(moment.year, 12, 31)).isoformat()
    parameters |= {"new_year": f"{moment.as_of.year}-01-01", "target_year": moment.as_of.year}
    parameters["year_before"] = moment.as_of.replace(year=moment.as_of.year - 1).isoformat()
    parameters |= {f"born_{age}": born_by(moment.as_of, age) for age in people.AGES}
    found = defaultdict(dict)
    with connection.cursor() as cursor:
        for scan in SCANS:
            cursor.execute(scan.sql(asked), parameters)
            for unit, *values in cursor.fetchall():
                found[unit].update(zip(scan.counts, values, strict=True))
    for values in found.values():
        values["members.increase"] = values.get("members.total", 0) - values.get("members.increase", 0)
    return found
