"""What cells of blanks speak of: the figures of units now and a year earlier, words, the numbers of whole sheets."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from binhlu_portal.db.actions import Refusal
from binhlu_portal.text.vietnamese import NOTHING, number, percent
from organizations.models import UnitPeriod
from reports.figures import evaluate
from reports.figures.registry import TargetFigure
from reports.narrative.content import words_of
from reports.narrative.placeholders import PLACE
from reports.printed_forms.annexes import FORMS as ANNEXES
from reports.printed_forms.layout import a_year_earlier, link

from . import cell_placeholders


class CellValue(NamedTuple):
    """What stands in a cell: a number, a text or None, and the page that lists what it counts.

    `places` are the decimals of a percentage; `inline` is how a number is written within a sentence.
    """

    value: int | Decimal | str | None
    link: str | None = None
    places: int | None = None
    inline: str = ""

    @property
    def text(self):
        """The value as it is printed in its cell."""
        if self.value is None or isinstance(self.value, str):
            return self.value or ""
        return number(self.value) if self.places is None else percent(Decimal(self.value), self.places)


@dataclass(frozen=True)
class AskedFigure:
    """A cell to be said: of which unit (an id), of the year before or not; in rows of units the `number` of its row."""

    row: int
    column: int
    text: str
    unit: int
    earlier: bool = False
    number: int = 1


class PlaceholderValues:
    """All that the `asked` cells speak of at `moment`, in as many statements for many cells as for one."""

    def __init__(self, moment, asked):
        self.moments = {False: moment, True: a_year_earlier(moment)}
        self.units, self.results, self.words = {}, {}, {}
        for earlier, at in self.moments.items():
            cells = [each for each in asked if each.earlier is earlier]
            if cells and at:
                self._look_up(earlier, at, cells)

    def _look_up(self, earlier, at, cells):
        units = sorted({each.unit for each in cells})
        periods = UnitPeriod.objects.visible_to(at.user).on(at.as_of).filter(unit__in=units)
        self.units[earlier] = {period.unit_id: period for period in periods.select_related("unit")}
        if codes := set().union(*(cell_placeholders.codes_in(each.text) for each in cells)):
            self.results[earlier] = evaluate.of_units(at, sorted(codes), units)
        if any(name in cell_placeholders.MOMENT for each in cells for name in PLACE.findall(each.text)):
            self.words[earlier] = words_of(at)

    def moment(self, each):
        """Return the moment of which a cell speaks, or None when its unit did not exist then."""
        period = self.units.get(each.earlier, {}).get(each.unit)
        return period and replace(self.moments[each.earlier], unit=period.unit)

    def cell(self, each):
        """Return what stands in a cell."""
        moment = self.moment(each)
        if moment is None:
            return CellValue(None)
        if name := cell_placeholders.alone(each.text):
            return self._piece(name, each, moment)

        def inline(found):
            said = self._piece(found[1], each, moment)
            return said.inline or said.text

        return CellValue(PLACE.sub(inline, each.text))

    def table(self, part, each):
        """Return the numbers of a sheet, or of one column of it, row by row."""
        moment = self.moment(each)
        if moment is None:
            return []
        sheets = ANNEXES[part.code](moment)
        if part.sheet > len(sheets) or (part.column or 1) > len(sheets[part.sheet - 1].leaves):
            raise Refusal(f"Biểu {part.code} không có trang hoặc cột này: xem số trang, số cột ở trang của biểu.")
        sheet = sheets[part.sheet - 1]
        numbers = [leaf for leaf in sheet.leaves if leaf.kind in ("number", "percent")]
        leaves = [sheet.leaves[part.column - 1]] if part.column else numbers
        return [[_of_sheet(row.cell(leaf.key), leaf) for leaf in leaves] for row in sheet.rows]

    def _piece(self, name, each, moment):
        """Return what one place-holder stands for in a cell."""
        if name in cell_placeholders.PLACES:
            return self._figure(*cell_placeholders.PLACES[name], each, moment)
        if name == cell_placeholders.UNIT:
            return CellValue(self.units[each.earlier][each.unit].name)
        return CellValue(each.number if name == cell_placeholders.ORDINAL else self.words[each.earlier][name])

    def _figure(self, code, form, each, moment):
        result = self.results[each.earlier][each.unit][code]
        address = link(moment, code)
        known, text = form.write(result)
        text = NOTHING if known is None else text
        if form.ending not in cell_placeholders.NUMBERS or isinstance(result.figure, TargetFigure):
            return CellValue(text, address)
        is_share = bool(form.ending)
        value, places = (result.percent, result.figure.places) if is_share else (result.value, None)
        return CellValue(value, address, places, text)


def _of_sheet(cell, leaf):
    return CellValue(cell.value, cell.link, leaf.places if leaf.kind == "percent" else None)
