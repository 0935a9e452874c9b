"""Days as numbers such as 20260301, in which both databases compare dates known in part with whole ones."""

from django.db.models import IntegerField, Value
from django.db.models.functions import Cast, Concat, ExtractDay, ExtractMonth, ExtractYear, Substr


def known_in_part(path):
    """Return the first day that the date known in part at `path` can mean."""
    whole = Concat(path, Value("-01-01"))  # its first ten characters are a day, however little is known

    def number(start, length):
        return Cast(Substr(whole, start, length), IntegerField())

    return number(1, 4) * 10000 + number(6, 2) * 100 + number(9, 2)


def whole(path):
    """Return the day at `path`."""
    return ExtractYear(path) * 10000 + ExtractMonth(path) * 100 + ExtractDay(path)
