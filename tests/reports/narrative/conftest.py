"""A commune with an open reporting period, and the period before it."""

from datetime import date

import pytest
from django.utils import timezone

from reports.reporting_periods import actions as reporting_periods


def open_period(unit, as_of):
    """Open a period of `unit`."""
    today = timezone.localdate()
    asked = {"as_of": as_of, "since": date(2025, 7, 1), "year": 2025, "due_on": today, "today": today}
    return reporting_periods.open_period(unit=unit, **asked)


def close(period):
    """Close a period without freezing what it says."""
    period.closed_on = timezone.localdate()
    period.save(update_fields=["closed_on"])


@pytest.fixture
def period(commune, cell_a):
    """The open period of the commune as of 1 March 2026."""
    return open_period(commune, date(2026, 3, 1))


@pytest.fixture
def before(commune, cell_a):
    """The period before it, as of 31 December 2025, still open."""
    return open_period(commune, date(2025, 12, 31))
