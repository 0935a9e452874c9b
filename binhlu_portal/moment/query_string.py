"""Query string of a moment: the parameters of an address that ask for it."""

from urllib.parse import urlencode

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import day

MOMENT = ("don_vi", "ngay", "tu", "nam")
"""The parts of an address that ask for a moment."""


def query(moment, **more):
    """Return the query string that asks for `moment` again; what a reader would get anyway is left out."""
    usual = Moment.of(moment.unit, moment.user, today=moment.as_of)
    asked = {"don_vi": moment.unit.code, "ngay": day(moment.as_of)}
    if moment.since != usual.since:
        asked["tu"] = day(moment.since)
    if moment.year != usual.year:
        asked["nam"] = moment.year
    return urlencode(asked | more, safe="/,")
