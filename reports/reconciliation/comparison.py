"""Comparing what a report has printed with what the records say, and seeking an explanation where they differ."""

from collections import defaultdict
from functools import cache

from reports.figures import evaluate, registry
from reports.figures.result import percentage

from .days import CountHistory, span
from .findings import Finding, Verdict, cut, places

ENOUGH = 3
"""So many figures of one other day are no accident."""


@cache
def bases() -> list[str]:
    """Return the codes of the figures over which percentages are printed."""
    return sorted({figure.of for figure in registry.FIGURES.values() if figure.of})


def compare(lines, *, until):
    """Return a finding for each of the `lines` printed, what needs an eye first; a line said twice is one.

    Other days are sought up to `until`, or to the last as-of day of the lines.
    """
    lines = list(dict.fromkeys(lines))
    until = max([until, *(line.moment.as_of for line in lines)])
    found = {line: finding for same in _alike(lines, "as_of", "since", "year") for line, finding in _on_the_day(same)}
    left = [line for line in lines if found[line].verdict is None]
    for same in _alike(left, "since", "year"):
        found.update(_on_other_days([found[line] for line in same], until))
    return sorted(map(found.get, lines), key=lambda finding: list(Verdict).index(finding.verdict))


def day_in_common(findings, moment):
    """Return a day of which most of the `findings` about `moment` are that are of another day, and how many; or None.

    Where they are many, the report was about that day.
    """
    dated = [each for each in findings if each.verdict == Verdict.DATE and each.printed.moment == moment]
    counts = {
        first: sum(any(start <= first <= last for start, last in each.days) for each in dated)
        for each in dated
        for first, _ in each.days
    }
    best = max(counts, key=lambda day: (counts[day], day), default=None)
    return (best, counts[best]) if best and counts[best] >= ENOUGH else None


def _alike(lines, *names):
    """Return `lines` in groups whose moments are alike in `names`."""
    groups = defaultdict(list)
    for line in lines:
        groups[tuple(getattr(line.moment, name) for name in names)].append(line)
    return groups.values()


def _on_the_day(lines):
    """Return (line, finding) for `lines` of one day by the records of that day."""
    codes = {line.figure.code for line in lines}
    if any(line.percent is not None for line in lines):
        codes.update(bases())
    units = {line.moment.unit.pk for line in lines}
    results = evaluate.results_of_units(lines[0].moment, sorted(codes), sorted(units))
    return [(line, _judged(line, results[line.moment.unit.pk])) for line in lines]


def _judged(line, results):
    """Return the finding of a line by the `results` of its unit; no verdict where other days must be asked."""
    figure, result = line.figure, results[line.figure.code]
    if isinstance(figure, registry.TargetFigure):
        same = (line.percent, line.high) == (result.low, result.high)
        return Finding(line, result, Verdict.EQUAL if same else Verdict.DIFFERS)
    if line.value not in (None, result.value):
        return Finding(line, result)
    if line.percent is None:
        return Finding(line, result, Verdict.EQUAL)
    if how := _reads(line.percent, result.value, result.base):
        return Finding(line, result, how)
    for base in _other_bases(figure):
        if _reads(line.percent, result.value, results[base].value):
            return Finding(line, result, Verdict.BASE, base=results[base])
    return Finding(line, result, None if figure.of else Verdict.DIFFERS)


def _reads(percent, value, base):
    """Return how `value` over `base` can be printed as `percent`: rounded (EQUAL), CUT, or not at all (None)."""
    decimals = places(percent)
    if percentage(value, base, decimals) == percent:
        return Verdict.EQUAL
    return Verdict.CUT if cut(value, base, decimals) == percent else None


def _other_bases(figure):
    """Return the bases counted from the same rows as `figure` or its own base; over others a share says nothing."""
    if isinstance(figure, registry.ChangeFigure):
        return []
    rows = {registry.FIGURES[code].population.code for code in (figure.code, figure.of) if code}
    others = [base for base in bases() if base not in (figure.of, figure.code)]
    return [base for base in others if registry.FIGURES[base].population.code in rows]


def _on_other_days(findings, until):
    """Return (line, finding) for `findings` of one period and year by what the records give on other days."""
    lines = [finding.printed for finding in findings]
    units = {line.moment.unit.pk: line.moment.unit for line in lines}.values()
    first = min(unit.started_on for unit in units)
    history = CountHistory(lines[0].moment, {line.figure.code for line in lines}, units, first, until)
    return [(line, _dated(line, finding.result, history, until)) for line, finding in zip(lines, findings, strict=True)]


def _dated(line, result, history, until):
    """Return the finding of a line: given on other days, impossible, or its value and percentage never together."""
    searched, days = span(line.figure, line.moment, until), []
    seen_value = seen_percent = False
    for first, last, value, base in history.runs(line.figure, line.moment.unit, *searched):
        has_value = line.value in (None, value)
        has_percent = line.percent is None or bool(_reads(line.percent, value, base))
        seen_value, seen_percent = seen_value or has_value, seen_percent or has_percent
        if has_value and has_percent:
            follows = bool(days) and (first - days[-1][1]).days == 1
            days = [*days[:-1], (days[-1][0], last)] if follows else [*days, (first, last)]
    if days:
        verdict = Verdict.DATE
    elif seen_value and (seen_percent or not line.figure.of):
        verdict = Verdict.DIFFERS
    else:
        verdict = Verdict.IMPOSSIBLE
    return Finding(line, result, verdict, days=tuple(days), searched=searched)
