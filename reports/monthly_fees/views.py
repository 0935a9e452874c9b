"""The page and the workbook of a month's Party fees."""

from dataclasses import replace

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.moment.moment import usual_since, usual_year
from binhlu_portal.moment.query_string import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables import exports
from binhlu_portal.sheets import html, xlsx
from binhlu_portal.text.vietnamese import day
from members.fees.rates import MINIMUM_WAGE, RATES
from members.retirement import AGES, age_in_words
from organizations.choices import Norm, Subject
from organizations.in_force import SURELY

from .lists import cell_fees, first_of_month, own_cell, sheets

RATE_CODES = tuple(code for codes in RATES.values() for code in codes)
CODES = (*RATE_CODES, MINIMUM_WAGE, *AGES.values())
"""The values by which a fee is reckoned."""


class MonthlyFeesBaseView(MomentView):
    """What is to be collected for the month of the as-of day."""

    title = "Đảng phí tháng"

    def collect(self, kind):
        """Return the first day of the month as a moment, and its cells; note whose fees the reader is shown."""
        month = first_of_month(self.moment)
        cells = cell_fees(month)
        shown = [own] if (own := own_cell(cells, month)) else cells if kind == AccessKind.EXPORTED else ()
        people = sum(len(cell.dues) for cell in shown if cell.is_kept)
        if people:
            log_access(self.request, kind, f"{self.title} {month.as_of:%m/%Y}", people)
        return month, cells


class MonthlyFeesView(MonthlyFeesBaseView):
    """The list as a page: of a cell its members, of a committee its cells."""

    def get(self, request, **kwargs):
        """Return the page."""
        month, cells = self.collect(AccessKind.OPENED)
        first, *_ = sheets(cells, month)
        return self.render_page(
            "monthly_fees/month.html",
            title=f"{self.title} {month.as_of:%m/%Y}",
            month=month,
            table=html.context(first),
            around=[(label, self.at(month, months)) for label, months in (("Tháng trước", -1), ("Tháng sau", 1))],
            rates=self.rates(month),
            regulation=month.in_force.regulation(Subject.FEES),
            warning=self.warning(month),
        )

    def at(self, month, months):
        """Return the query that asks for another month, or None where the unit was not there."""
        on = months_later(month.as_of.replace(day=1), months)
        there = month.unit.started_on <= on < month.unit.ended_on
        return query(replace(month, as_of=on, since=usual_since(on), year=usual_year(on))) if there else None

    def rates(self, month):
        """Return what is in force: what a value is about, and the value with how surely it is known."""
        found = ((code, month.in_force.threshold(code)) for code in CODES)
        return [(Norm(code).label, said(code, threshold)) for code, threshold in found if threshold]

    def warning(self, month):
        """Return a sentence where no rate is known of the month, because all begin later; else nothing."""
        known = [row.started_on for code in RATE_CODES for row in month.rulebook.rows(code)]
        if not known or min(known) <= month.as_of:
            return ""
        return f"Hệ thống chưa có mức đóng của tháng này: mức đầu tiên áp dụng từ ngày {day(min(known))}."


def said(code, threshold):
    """Return a value in words; an age in years and months."""
    value = age_in_words(int(threshold.low)) if code in AGES.values() else threshold.measured
    return value + SURELY[threshold.certainty]


class MonthlyFeesFileView(MonthlyFeesBaseView):
    """The list as a workbook to print and to sign."""

    def get(self, request, **kwargs):
        """Return the file."""
        month, cells = self.collect(AccessKind.EXPORTED)
        name = exports.file_name(self.title, self.moment_form.unit_name, f"{month.as_of:%m-%Y}")
        return exports.file_response(f"{name}.xlsx", lambda file: xlsx.write(sheets(cells, month), file))
