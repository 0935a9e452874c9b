"""Retirement: the age, of a gender and a day, and who has come to it. Fees and reminders both ask here.

The age is a value in force and rises from year to year (Bộ luật Lao động 45/2019/QH14, Article 169;
135/2020/NĐ-CP, 18/11/2020); nobody who had reached it becomes too young again. From it on the fee of those without wage
and pension is lower (01-QĐ/TW, 03/02/2026), and age is a reason to ask for exemption from work and meetings.
"""

from datetime import date, timedelta

from binhlu_portal.dates.arithmetic import months_earlier
from binhlu_portal.dates.partial_dates import PartialDate
from organizations.in_force import InForce

from .choices import Gender

AGES = {Gender.MALE: "fees.retirement_men", Gender.FEMALE: "fees.retirement_women"}
"""Months of age at which people retire, by their codes."""

ONE_DAY = timedelta(days=1)


def last_birthday(gender: str, day: date, in_force: InForce) -> date | None:
    """Return the last birthday of those who by `day` have retired; None where no age is known yet.

    Whoever came to an age while it was in force has retired, whatever the age is now; what is in force counts on.
    """
    ages = in_force.thresholds(AGES[gender])
    ends = (day if age.ended_on > in_force.on else min(day, age.ended_on - ONE_DAY) for age in ages)
    return max((months_earlier(end, int(age.low)) for age, end in zip(ages, ends, strict=True)), default=None)


def has_retired(gender: str, born_on: PartialDate, in_force: InForce) -> bool:
    """Whether somebody has come to the age of retirement; a birth known in part counts from its first day."""
    last = last_birthday(gender, in_force.on, in_force)
    return last is not None and born_on.first_day <= last


def age_in_words(age: int) -> str:
    """Return an age in months in words: 61 tuổi 6 tháng."""
    years, months = divmod(age, 12)
    return f"{years} tuổi {months} tháng" if months else f"{years} tuổi"
