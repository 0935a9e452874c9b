"""Mixin of facts about party organizations."""

from datetime import date

from django.core.exceptions import ValidationError

from binhlu_portal.dates.validity import holding_on


class OfUnit:
    """A fact about a unit that exists on its day; `since` names the field of that day."""

    since = "day"

    def clean(self):
        """Refuse a fact about a unit that does not exist on its day."""
        super().clean()
        day = getattr(self, self.since)
        if self.unit_id and isinstance(day, date) and self.place is None:
            sentence = f"Tổ chức đảng “{self.unit}” không tồn tại ngày {day:%d/%m/%Y}."
            raise ValidationError({self.since: sentence})

    @property
    def place(self):
        """What the unit was on the day of the fact, or None."""
        return next(iter(holding_on(self.unit.periods.all(), getattr(self, self.since))), None)
