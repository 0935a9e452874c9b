"""Every address of the portal with real arguments, for each record of each kind of one side of the world."""

from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.records.types import RECORD_TYPES
from members.admissions.forms import STEPS
from members.models import Admission, DistinctPair, Member
from members.reminders.kinds import REMINDERS
from members.restructuring.change_types import CHANGES
from organizations.models import Unit
from reports.figures.registry import FIGURES
from reports.form_templates.models import Blank, BlankCell
from reports.printed_forms.catalogue import ANNEXES
from reports.reporting_periods.models import ReportingPeriod
from tests.test_access import ADDRESSES
from tests.test_who_records import CORRECTIONS, MOVES

NEVER = 987_654_321
"""A number that no row has, with as many digits as a reader would take for one."""

NO_ACT = ADDRESSES["act"][0][0]

KEYS = {
    "account-page": "account",
    "act": "act",
    "admission-step": Admission,
    "blank": Blank,
    "confirm": ReportingPeriod,
    "entry-revert": Entry,
    "folder": "folder",
    "frozen": ReportingPeriod,
    "import": "file",
    "list-forget": "list",
    "member": Member,
    "members-distinct": Member,
    "members-distinct-take-back": DistinctPair,
    "members-merge": Member,
    "passkey-remove": "passkey",
    "phone-forget": "phone",
    "period": ReportingPeriod,
    "report": ReportingPeriod,
    "retention-set": None,
    "row-history": Member,
}
"""Whose key stands in an address, by its name or how the name begins; the longest that fits. None: of no record."""

CODES = {
    "admission-step": [[step] for step in STEPS],
    "admissions-file": [["csv"], ["xlsx"]],
    "annex": [[code] for code in ANNEXES],
    "annex-file": [[code] for code in ANNEXES],
    "check": [[code] for code in CHECKS],
    "check-file": [[code, "csv"] for code in CHECKS],
    "figure": [[code] for code in [*FIGURES][::2]],
    "figure-file": [[code, "csv"] for code in [*FIGURES][1::2]],
    "member-form": [[name] for name in (*CORRECTIONS, *MOVES)],
    "members-file": [["csv"], ["xlsx"]],
    "record-add": [[code] for code in RECORD_TYPES],
    "record-file": [[code, form] for code, form in product(RECORD_TYPES, ("csv", "xlsx"))],
    "records": [[code] for code in RECORD_TYPES],
    "reminder": [[kind] for kind in REMINDERS],
    "reminder-file": [[kind, "csv"] for kind in REMINDERS],
    "ratings-file": [["csv"], ["xlsx"]],
    "unit-form": [[name] for name in CHANGES],
    "units-file": [["csv"], ["xlsx"]],
}
"""What else an address is about: every list, figure and form there is; of figures the page or the file."""

DOOR = "/dang-nhap/"

OPEN = {"/bat-dau/", "/khi-mat-mang/", "/sw.js"}
"""What is open to everybody besides signing in, and holds nothing of anybody."""


@dataclass(frozen=True)
class PortalAddress:
    """An address with its name; `keyed` tells whether it names a record or a unit."""

    name: str
    path: str
    keyed: bool


def places(rows):
    """Return every address of the portal, about the `rows` of one side: [PortalAddress]."""
    return [place for name in ADDRESSES for place in _named(name, rows)]


def no_places(rows):
    """Return the same addresses, in the same order, with keys and codes that no record ever had."""
    return places({model: _Nobody(row) for model, row in rows.items()})


class _Nobody:
    """A row that never was, in place of another."""

    def __init__(self, row):
        self.pk, self.code = UUID(int=NEVER) if isinstance(row.pk, UUID) else NEVER, "never"


def _named(name, rows):
    given = ADDRESSES[name][0]
    if name.startswith("record") and 0 in given:
        for code, kind in RECORD_TYPES.items():
            if kind.model in rows:
                key = rows[kind.model].pk
                yield PortalAddress(name, reverse(name, args=[code, key, *given[2:]]), True)
        return
    if name == "row-history":
        for model, row in rows.items():
            if not isinstance(model, str):
                yield PortalAddress(name, reverse(name, args=[model._meta.db_table, row.pk]), True)
        return
    keys = _keys(name, given, rows)
    if keys is None:
        return
    for codes in CODES.get(name, [given[len(keys) :]]):
        yield PortalAddress(name, reverse(name, args=[*keys, *codes]), bool(keys))


def _keys(name, given, rows):
    """Return the arguments that name records or units; None where this side has no such record."""
    model = KEYS.get(max((begin for begin in KEYS if name.startswith(begin)), key=len, default=""))
    keys = []
    for number, argument in enumerate(given):
        if model is not None and argument in (0, NO_ACT):
            model = BlankCell if name == "blank-unbind" and number else model
            if model not in rows:
                return None
            keys.append(rows[model].pk)
        elif argument in ("a", "xa"):
            keys.append(rows[Unit].code)
        elif argument == 0 or not keys:
            return keys + [0] * (argument == 0)
        else:
            break
    return keys


def is_open(path: str) -> bool:
    """Whether an address is one of those that open to everybody."""
    return path.startswith(DOOR) or urlsplit(path).path in OPEN
