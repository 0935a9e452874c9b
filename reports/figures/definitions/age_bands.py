"""Age bands of the report: which ages they hold, and the condition of an age."""

from django.db.models import Q

from binhlu_portal.dates.partial_dates import born_by

AGE_BANDS = ((18, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 60))


def aged(youngest, oldest=None):
    """Return the condition of completed years from `youngest` to `oldest` on the as-of day."""

    def condition(moment):
        old_enough = Q(member__born_on__lte=born_by(moment.as_of, youngest))
        if oldest is None:
            return old_enough
        return old_enough & Q(member__born_on__gt=born_by(moment.as_of, oldest + 1))

    return condition
