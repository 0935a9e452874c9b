"""Time spans of reminders: a month, or the days that lead up to one on which badges are given."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from binhlu_portal.dates.arithmetic import first_of_month, last_of_month, months_earlier
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.text import vietnamese

AWARD_DAYS = ((2, 3), (5, 19), (9, 2), (11, 7))
"""Month and day of the four days of a year on which Huy hiệu Đảng is given: the founding of the Party, the birthday of
President Hồ Chí Minh, the National Day, the October Revolution."""

AWARDS_IN_WORDS = ", ".join(vietnamese.day_and_month(*each) for each in AWARD_DAYS)

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Time span: the days from `first` to `last`, both included, and what people call them."""

    first: date
    last: date
    words: str

    @property
    def month(self) -> str:
        """The month of its last day as it stands in an address: 2026-12."""
        return f"{self.last:%Y-%m}"


def month_of(day: date) -> Span:
    """Month in which `day` lies."""
    return Span(first_of_month(day), last_of_month(day), f"tháng {day:%m/%Y}")


def award_of(day: date) -> Span:
    """Award span: the days that lead up to the first day of award from `day` on, from the day after the one before."""
    years = range(day.year - 1, day.year + 2)
    days = [date(year, month, number) for year in years for month, number in AWARD_DAYS]
    place = next(place for place, each in enumerate(days) if each >= day)
    return Span(days[place - 1] + ONE, days[place], f"đợt {vietnamese.day(days[place])}")


def awards_until(day: date, number: int) -> list[date]:
    """Last award days: the `number` of them up to `day`, the latest first."""
    days = [date(day.year - back, month, of_month) for back in range(number + 1) for month, of_month in AWARD_DAYS]
    return sorted((each for each in days if each <= day), reverse=True)[:number]


def first_day_of(month: str, usual: date) -> date:
    """Parse a month as an address or a person writes it: its first day; that of `usual` for what is no month."""
    try:
        asked = PartialDate.parse(month)
    except ValueError:
        asked = None
    is_month = asked and asked.precision == "month"
    return asked.first_day if is_month else usual.replace(day=1)


def anniversary_within(path: str, months: int, span: Span) -> Q:
    """Anniversary condition: so many `months` after the date at `path` are full within the span.

    A date known in part counts from its first day.
    """
    return Q(
        **{f"{path}__gt": months_earlier(span.first - ONE, months), f"{path}__lte": months_earlier(span.last, months)}
    )
