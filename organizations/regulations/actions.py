"""Actions on what is in force: a regulation replaces the one before on its subject, a value the one before it."""

from datetime import date
from typing import Any

from binhlu_portal.db.actions import action, change, create
from organizations.choices import Subject
from organizations.models import FormTitle, ImpossiblePair, Regulation, Threshold


@action
def issue_regulation(*, subject: str, started_on: date, **words: Any) -> Regulation:
    """Record a regulation in force from a day on; the one in force on its subject then ends that day.

    Regulations on other matters stand beside each other. Raises Refusal where a later one is known.
    """
    if subject != Subject.OTHER:
        _end(Regulation.objects.filter(subject=subject), started_on)
    return create(Regulation, subject=subject, started_on=started_on, **words)


@action
def set_threshold(*, code: str, started_on: date, **words: Any) -> Threshold:
    """Set the value of a code from a day on; the one that holds then ends that day.

    Raises Refusal where a later one is known.
    """
    _end(Threshold.objects.filter(code=code), started_on)
    return create(Threshold, code=code, started_on=started_on, **words)


@action
def name_form(*, form: str, started_on: date, **words: Any) -> FormTitle:
    """Name a form of statistics from a day on; the name that it has then ends that day.

    Raises Refusal where a later one is known.
    """
    _end(FormTitle.objects.filter(form=form), started_on)
    return create(FormTitle, form=form, started_on=started_on, **words)


@action
def exclude_pair(*, kind: str, sector: str, started_on: date, **words: Any) -> ImpossiblePair:
    """Record that no unit of a kind has a sector from a day on; units that have it are found by a check.

    Raises Refusal where that is recorded.
    """
    return create(ImpossiblePair, kind=kind, sector=sector, started_on=started_on, **words)


def _end(rows, day):
    """End the row that holds on the day, unless it begins that day: then there are two, which the database refuses."""
    for row in rows.select_for_update().filter(started_on__lt=day, ended_on__gt=day):
        change(row, ended_on=day)
