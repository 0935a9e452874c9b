"""Age limits: ages at which something changes for a member or a candidate."""

from datetime import date

from django.db.models import Q

from members.choices import Gender

from .spans import Span, anniversary_within, months_earlier

OLDEST_TO_ADMIT = "admissions.oldest"
"""Years of age after which only the committee of the province may have somebody admitted; counted by the month, on the
day the cell votes."""

RETIREMENT = {Gender.MALE: (60 * 12, 3, 62 * 12), Gender.FEMALE: (55 * 12, 4, 60 * 12)}
"""Months of age at which people retired in 2020, by how many they rise each year, and where they stay (Bộ luật Lao động
45/2019/QH14, Article 169; 135/2020/NĐ-CP, 18/11/2020). From that age on the fee of those without wage and pension is
lower (01-QĐ/TW, 03/02/2026), and age is a reason to ask for exemption from work and meetings."""

RISING_SINCE = 2020


def retirement_months(gender: str, year: int) -> int:
    """Retirement age in months of people of a gender (a `Gender`) who retire in `year`."""
    first, rise, last = RETIREMENT[gender]
    return min(first + rise * max(year - RISING_SINCE, 0), last)


def retiring(path: str, span: Span) -> Q:
    """Retirement condition: the person at `path` ("member__") reaches the age of retirement within a month.

    Whoever was old enough by the end of the year before is not told again when the age has risen.
    """
    found, year = Q(), span.last.year
    for gender in RETIREMENT:
        retired = months_earlier(date(year - 1, 12, 31), retirement_months(gender, year - 1))
        found |= anniversary_within(f"{path}born_on", retirement_months(gender, year), span) & Q(
            **{f"{path}gender": gender, f"{path}born_on__gt": retired}
        )
    return found


def in_words(gender: str, year: int) -> str:
    """Retirement age in words: 61 tuổi 6 tháng."""
    years, months = divmod(retirement_months(gender, year), 12)
    return f"{years} tuổi {months} tháng" if months else f"{years} tuổi"
