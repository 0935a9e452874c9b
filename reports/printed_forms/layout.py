"""Layout shared by all annexes: who issues and signs them, drill-down links of cells, units as rows, totals."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONArray
from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.sheets.sheet import FormHeading, Formula, Heading, SheetCell, SheetRow, Signature, SumOfRows
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import Kind, StatisticsForm
from organizations.letterheads import letterhead, line_of, usual_signature
from reports.figures import evaluate
from reports.figures.populations import NESTED
from reports.figures.registry import FIGURES
from reports.reporting_periods.models import ReportingPeriod

MOST_UNITS = 60
"""A link that would name more units than these gets too long and is left out."""

OFFICES = {Kind.PROVINCE: "Ban Tổ chức", Kind.COMMUNE: "Ban Xây dựng Đảng"}
"""The office that draws up the statistics of a committee; other committees do it themselves."""

EMPTY_MEANS = "Ô trống: không có hồ sơ nào để tính. Số 0: có hồ sơ cùng loại nhưng không có trường hợp nào."


MARK_OF_ROW = re.compile(r"(?:Trong đó: )?(?:[-+] |[IVX]+\. |\d+\. |[a-zđ][.)] )?")
"""What may stand before the name of a row of a form."""

SIGNED = ("authority", "post", "signer", "office_post", "office_signer", "form_suffix")
NOT_SET = ("",) * len(SIGNED)
"""What a reporting period says of who signs and how forms are numbered, and what stands for it without a period."""

USUAL_SUFFIX = "BTCTW"
"""What follows the number of a form of statistics, unless the reporting period says otherwise."""


@dataclass(frozen=True)
class Frame:
    """Frame of an annex: what stands above and below its table, of a form of statistics its title too."""

    heading: Heading | FormHeading
    signature: Signature
    left_signature: str = "NGƯỜI LẬP BIỂU"
    title: str = ""


def frame(moment: Moment) -> Frame:
    """Frame of an annex of the unit of `moment`, by the names of the as-of day."""
    return _frame(_line(moment))


def form_frame(moment: Moment, form: StatisticsForm, measure: str) -> Frame:
    """Frame of a form of the Party's statistics, by its title of the as-of day, signed by the office that makes it.

    The number ends as the period of the unit says, or that of the nearest committee above that says anything.
    """
    line = _line(moment)
    whole, office = _frame(line), OFFICES.get(line[0].kind)
    *_, office_post, office_signer, _ = line[0].signing or NOT_SET
    suffix = next((said[-1] for period in line if (said := period.signing) and said[-1]), USUAL_SUFFIX)
    heading, signature = whole.heading, whole.signature
    superior, organ = (heading.organ, office) if office else (heading.superior, heading.organ)
    if office:
        signature = Signature(office, office_post or "Trưởng ban", office_signer or None)
    signature = replace(signature, place_and_day=heading.place_and_day)
    heading = FormHeading(superior, organ, f"Biểu số {form.number}-{suffix}", measure)
    return Frame(heading, signature, title=moment.in_force.form_title(form).upper())


def _line(moment):
    """Return what the unit and those above it are on the as-of day, from the unit up.

    `signing` is who signs by the unit's reporting period of that day, None where there is none.
    """
    period = ReportingPeriod.objects.filter(unit=OuterRef("unit"), as_of=moment.as_of)
    signing = Subquery(period.values(signing=JSONArray(*SIGNED))[:1])
    return list(line_of(moment.unit, moment.as_of).annotate(signing=signing))


def _frame(line):
    usual = usual_signature(line[0])
    authority, post, name, *_ = line[0].signing or NOT_SET
    return Frame(letterhead(line), Signature(authority or usual.authority, post or usual.post, name or None))


def as_of_line(moment: Moment) -> str:
    """Subtitle of an annex: which day the numbers hold on and which period events fall in."""
    return f"(Số liệu tính đến ngày {document_day(moment.as_of)}; biến động {period_line(moment)})"


def day_line(moment: Moment) -> str:
    """Subtitle of a form that counts what there is on a day, and nothing that happened in a period."""
    return f"(Số liệu ngày {document_day(moment.as_of)})"


def period_line(moment: Moment) -> str:
    """Period in words of an annex: its first and its last day belong to it."""
    return f"từ ngày {document_day(moment.since)} đến hết ngày {document_day(moment.as_of)}"


def about_earlier(moment: Moment) -> str:
    """Year-on-year note on the same period of the year before."""
    earlier = moment.a_year_earlier()
    if earlier is None:
        return "Cùng kỳ năm trước để trống: khi đó chưa có tổ chức đảng này."
    return f"Cùng kỳ năm trước: {period_line(earlier)}."


def about_blanks(lines: Iterable[Any]) -> tuple[str, ...]:
    """Note on the rows of a form that stay empty because no record tells of them, if there are any.

    `lines` have a name, a level and whether they are `recorded`. Of a row and those beneath it the row is named; one of
    several that are called alike is named with the row above it.
    """
    lines = [(line, _plain(line.name)) for line in lines]
    called, above, found, silent = Counter(name for _, name in lines), {}, [], None
    for line, name in lines:
        above[line.level] = name
        if silent is None or line.level <= silent:
            silent = None if line.recorded else line.level
            if not line.recorded:
                found.append(f"{name} ({above[line.level - 1]})" if called[name] > 1 else name)
    return (f"Để trống vì hệ thống chưa ghi: {'; '.join(found)}.",) if found else ()


def _plain(name):
    """Return what a row is called without the mark before it."""
    return MARK_OF_ROW.sub("", name).rstrip(":")


def link(moment: Moment, code: str, units: Collection[str] | None = None, **narrowing: Any) -> str | None:
    """Drill-down link: the address of the list behind the figure `code`, or None where it would be too long.

    `units` are the codes of the units to which the list is narrowed; addresses name what else narrows it.
    """
    query = {
        "don_vi": moment.unit.code,
        "ngay": f"{moment.as_of:%d/%m/%Y}",
        "tu": f"{moment.since:%d/%m/%Y}",
        "nam": moment.year,
        **narrowing,
    }
    if units is not None:
        if len(units) > MOST_UNITS:
            return None
        query["trong"] = ",".join(sorted(units))
    return f"{reverse('figure', args=[code])}?{urlencode(query)}"


def counted(
    moment: Moment, value: int | None, code: str, units: Collection[str] | None = None, formula: Formula | None = None
) -> SheetCell:
    """Count cell; where there is something to see it has the drill-down link to its list."""
    return SheetCell(value, formula, link(moment, code, units) if value else None, code)


def total_cells(rows: Mapping[str, SheetRow], keys: Collection[str], columns: Collection[str]) -> dict[str, SheetCell]:
    """Total row: the cells {column: SheetCell} of a row that adds up the rows `keys` of the dict `rows`."""
    formula = SumOfRows(tuple(keys))
    values = {column: [rows[key].cell(column).value for key in keys] for column in columns}
    return {column: SheetCell(formula.evaluate(values[column], 0), formula) for column in columns}


@dataclass(frozen=True)
class StandingUnit:
    """Unit as it is on the as-of day."""

    pk: int
    code: str
    name: str
    kind: str
    sector: str


def direct_units(moment: Moment) -> list[StandingUnit]:
    """Units that the figure `units.total` counts, in the order of their codes."""
    return _standing(evaluate.rows(moment, FIGURES["units.total"]))


def nested_units(moment: Moment) -> list[StandingUnit]:
    """Units beneath party organizations, in the order of their codes."""
    return _standing(NESTED.beneath(moment))


def _standing(periods):
    found = periods.order_by("unit__code").values_list("unit_id", "unit__code", "name", "kind", "sector")
    return [StandingUnit(*row) for row in found]


@dataclass(frozen=True)
class AnnexLine:
    """Row definition of an annex: it gathers units of some kinds and sectors; with `parts` it sums these other rows."""

    key: str
    mark: str
    name: str
    kinds: frozenset[str]
    sectors: frozenset[str]
    parts: tuple[str, ...] = ()
    level: int = 0

    def holds(self, kind: str, sector: str) -> bool:
        """Whether a unit of `kind` and `sector` belongs to this row."""
        return kind in self.kinds and sector in self.sectors

    def row(self, cells: dict[str, SheetCell]) -> SheetRow:
        """Return the row with its mark and name before `cells`."""
        named = {"mark": self.mark, "name": self.name}
        return SheetRow(self.key, named | cells, level=self.level, emphasis=bool(self.parts))
