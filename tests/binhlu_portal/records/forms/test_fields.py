"""Days as people type them into forms: read where they can mean one day only, else told how to write them."""

from datetime import date

import pytest
from django import forms

from binhlu_portal.moment.forms import MomentForm
from binhlu_portal.records.forms.fields import DayField, EndField, PastDayField

TODAY = date(2026, 12, 1)
READ = {
    "1/12/2025": date(2025, 12, 1),
    "1.12.26": date(2026, 12, 1),
    "1/12/26": date(2026, 12, 1),
    "01121980": date(1980, 12, 1),
    "1-12-1980": date(1980, 12, 1),
}
NOT_WHOLE = ("1/12", "1.12", "12/2026", "2026", "011226", "hôm nay")
NO_DAYS = ("31/02/2026", "32/1/2026", "1/13/2026")
FIELDS = (DayField, EndField, PastDayField)


def clean(field, text):
    made = field()
    made.today = TODAY
    return made.clean(text)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", READ)
def test_what_can_mean_one_day_only_is_read(field, text):
    assert clean(field, text) == READ[text]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", NOT_WHOLE)
def test_who_leaves_something_out_is_told_how_to_write_a_day(field, text):
    with pytest.raises(forms.ValidationError, match="Ghi đủ ngày/tháng/năm, ví dụ 01/12/2025"):
        clean(field, text)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", NO_DAYS)
def test_a_day_that_no_calendar_has_is_called_so(field, text):
    with pytest.raises(forms.ValidationError, match="Không có ngày này trên lịch"):
        clean(field, text)


@pytest.mark.parametrize("text", [*READ, *NOT_WHOLE, *NO_DAYS])
def test_the_days_of_a_question_are_read_as_those_of_a_form(clerk, text):
    form = MomentForm({"ngay": text}, user=clerk, today=TODAY)
    form.is_valid()
    try:
        assert form.fields["ngay"].clean(text) == clean(DayField, text)
    except forms.ValidationError as refused:
        assert form.errors["ngay"] == refused.messages
