"""Forms about one rating or one recognition as "bốn tốt"; the sheet of a year has forms of its own."""

from assessments.models import FourGoods, MemberRating, UnitRating
from assessments.ratings import actions as ratings
from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm
from organizations.forms import UnitFactForm


class FourGoodsForm(DecidedForm, UnitFactForm):
    """Recognises a unit as "bốn tốt" for a year."""

    title = "Ghi công nhận bốn tốt"
    model = FourGoods
    model_fields = ("year",)
    order = ("unit",)

    def perform(self, **given):
        """Recognise the unit."""
        return ratings.recognise_four_goods(**given)


class CorrectFourGoodsForm(CorrectForm):
    """Puts right what was written of a recognition."""

    model = FourGoods
    model_fields = ("year", *DECIDED)


RATING = ("year", "level", "not_rated", "decided_on")


class CorrectMemberRatingForm(CorrectForm):
    """Puts right the rating of a member."""

    model = MemberRating
    model_fields = RATING


class CorrectUnitRatingForm(CorrectForm):
    """Puts right the rating of a unit."""

    model = UnitRating
    model_fields = RATING
