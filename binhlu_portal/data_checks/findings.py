"""Findings of data checks: counted beneath a unit, or looked up for one person; all checks in one statement."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, F, Min, Value
from django.db.models.functions import JSONArray

from binhlu_portal.db.statements import PreparedStatement, RowParameter
from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.parameters import moment_parameters
from binhlu_portal.records.types import About
from organizations.rights import Right
from organizations.scope import kind_of_reader

from .rules import CHECKS, Check, Level


@dataclass(frozen=True)
class CheckFinding:
    """Finding of a data check; `title` is said of the moment, `address` is where the reader puts it right."""

    check: Check
    title: str
    count: int
    address: str = ""


def find(moment: Moment, codes: Iterable[str] | None = None) -> list[CheckFinding]:
    """Run data checks: what all, or those with `codes`, find beneath the unit of `moment`, the gravest first."""
    numbers = _measured(moment, Count, codes=CHECKS if codes is None else codes)
    return [
        CheckFinding(check, check.said(moment), numbers[check.code]) for check in _ordered() if numbers.get(check.code)
    ]


def find_about(moment: Moment, member: int, rights: Collection[Right]) -> list[CheckFinding]:
    """Run data checks of one person: findings about the `member` (an id) in the cell of `moment`, the gravest first.

    Each comes with where someone with `rights` puts it right.
    """
    rows = _measured(moment, Min, member)
    return [
        CheckFinding(check, check.said(moment), 1, check.mends(row, moment) if check.right in rights else "")
        for check in _ordered()
        if rows.get(check.code)
        for row in [{"pk": rows[check.code], check.among.whom: member, "unit__code": moment.unit.code}]
    ]


def by_level(findings: Iterable[CheckFinding]) -> dict[Level, list[CheckFinding]]:
    """Group findings, which come by level, as {Level: [CheckFinding]}."""
    return {level: list(group) for level, group in groupby(findings, key=lambda one: one.check.level)}


OF_OFFICE = "Việc của Văn phòng"
"""What stands above findings that a cell reads and its committee puts right."""


def for_reader(findings: Iterable[CheckFinding], rights: Collection[Right]) -> dict[str, list[CheckFinding]]:
    """Group findings, which come by level, under headings: {label of the level: [CheckFinding]}.

    What a reader who puts things right by some `rights` cannot put right stands apart, last.
    """
    findings = [*findings]
    others = [one for one in findings if Right.EDIT in rights and one.check.right not in rights]
    own = by_level(one for one in findings if one not in others)
    found = {level.label: group for level, group in own.items()}
    return found | {OF_OFFICE: others} if others else found


def totals(findings: Iterable[CheckFinding]) -> list[tuple[Level, int]]:
    """Total findings on each level: [(Level, number)]."""
    return [(level, sum(one.count for one in group)) for level, group in by_level(findings).items()]


def _ordered():
    return sorted(CHECKS.values(), key=lambda check: list(Level).index(check.level))


def _measured(moment, measure, member=None, codes=CHECKS):
    """Return {code of a check: `measure` over the ids of its rows}, of one member if asked for, in one statement."""
    asked = tuple(codes)
    groups = _groups(member is not None, asked)
    statement = _statement(kind_of_reader(moment.user), measure, member is not None, asked)
    return {
        check.code: number
        for code, numbers in statement.rows((moment, member))
        for check, number in zip(groups[code], numbers, strict=True)
    }


@cache
def _statement(kind, measure, of_one_member, codes):
    """Return the statement that measures the checks with `codes`, or those of one member, for a kind of reader."""
    moment, member = moment_parameters(kind, itemgetter(0)), RowParameter(itemgetter(1))
    parts = []
    for checks in _groups(of_one_member, codes).values():
        population = checks[0].among
        rows = population.rows(moment)
        if of_one_member:
            rows = rows.filter(**{population.whom: member})
        numbers = JSONArray(*(measure("pk", filter=check.condition(moment)) for check in checks))
        # One group, of which PostgreSQL expects many: for one it would look up each row's facts one at a time.
        grouped = rows.order_by().values(group=F("pk") - F("pk"))
        parts.append(grouped.annotate(code=Value(population.code), numbers=numbers).values_list("code", "numbers"))
    return PreparedStatement(parts[0].union(*parts[1:], all=True))


def _groups(of_one_member, codes):
    """Return the checks with `codes`, or those of one member, by their populations: {code of a population: [check]}."""
    groups = {}
    for check in map(CHECKS.get, codes):
        if not of_one_member or check.among.about == About.MEMBER:
            groups.setdefault(check.among.code, []).append(check)
    return groups
