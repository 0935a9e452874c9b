"""The fields and forms that all entry screens are made of."""

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.db import models
from django.http import QueryDict

from assessments.meetings.forms import CorrectMeetingForm, MeetingForm
from assessments.models import FourGoods, Meeting
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.read_fields import ReadFormField
from binhlu_portal.records.forms.base import MACHINERY, RecordForm
from binhlu_portal.records.forms.fields import DayField, EndField, PastDayField, YearField, clean_input, form_field
from binhlu_portal.records.types import RECORD_TYPES
from members.models import Exemption, Planning, Training
from members.positions.forms import PositionForm
from organizations.models import Threshold
from tests.factories import START

DAY = date(2025, 12, 31)


@pytest.mark.parametrize("typed", ["31/12/2025", "31122025", "31-12-2025", "31.12.2025", "2025-12-31"])
def test_a_day_is_typed_day_first_with_or_without_strokes(typed):
    assert DayField().clean(typed) == DAY


def test_no_day_is_looked_for_in_a_whole_page(monkeypatch):
    monkeypatch.setattr(forms.DateField, "strptime", None)
    with pytest.raises(forms.ValidationError, match="Ghi đủ ngày/tháng/năm"):
        DayField().clean("1/" * 126)


@pytest.mark.parametrize("typed", ["01/01/0025", "01/01/1899", "01/01/2100", "31/12/9999"])
def test_a_year_that_nobody_means_is_refused(typed):
    with pytest.raises(forms.ValidationError, match="Năm phải từ 1900 đến 2099"):
        DayField().clean(typed)


def test_the_day_of_what_has_happened_does_not_lie_ahead():
    field = PastDayField()
    field.set_choices(SimpleNamespace(today=DAY))
    assert field.clean("31/12/2025") == DAY
    with pytest.raises(forms.ValidationError, match="không sau hôm nay 31/12/2025"):
        field.clean("01/01/2026")


def test_an_open_end_is_an_empty_field():
    field = EndField(label="Đến ngày")
    assert field.clean("") == OPEN
    assert field.clean("31/12/2025") == DAY
    assert (field.prepare_value(OPEN), field.prepare_value(DAY)) == (None, DAY)


@pytest.mark.parametrize(("typed", "message"), [("25", "từ 1900"), ("20255", "đến 2099"), ("năm nay", "bốn chữ số")])
def test_a_year_has_four_digits(typed, message):
    assert YearField().clean("2025") == 2025
    with pytest.raises(forms.ValidationError, match=message):
        YearField().clean(typed)


@pytest.mark.parametrize(
    ("model", "name", "kind", "label"),
    [
        (Meeting, "held_on", DayField, "Ngày họp"),
        (Exemption, "ended_on", EndField, "Đến ngày (không còn)"),
        (FourGoods, "year", YearField, "Năm"),
        (Planning, "term", ReadFormField, "Nhiệm kỳ"),
        (Training, "course", forms.CharField, "Tên lớp"),
    ],
)
def test_fields_of_models_come_as_people_type_them(model, name, kind, label):
    made = form_field(model._meta.get_field(name))
    assert (type(made), made.label) == (kind, label)


def test_a_choice_starts_with_nothing_chosen():
    assert form_field(Meeting._meta.get_field("kind")).choices[0] == ("", "Chọn …")
    optional = models.CharField("x", choices=[("a", "A")], blank=True)
    optional.set_attributes_from_name("x")
    assert form_field(optional).choices[0] == ("", "Chưa ghi")


def test_a_choice_of_rows_starts_with_words():
    assert form_field(Threshold._meta.get_field("regulation")).empty_label == "Không chọn"
    assert form_field(Exemption._meta.get_field("member")).empty_label == "Chọn …"


def test_text_is_cleaned_at_the_door():
    sent = QueryDict(mutable=True)
    sent["topic"] = "  Ho\u0300a   bi\u0300nh\u200b\r\n  dòng hai "
    assert clean_input(sent, {})["topic"] == "Hòa bình\ndòng hai"


def test_a_form_ends_with_the_decision_and_the_reason(clerk):
    assert list(PositionForm(user=clerk, today=DAY).fields) == [
        "unit",
        "post",
        "member",
        "holder_name",
        "started_on",
        "token",
        "seen",
        "decision_number",
        "decision_date",
        "reason",
    ]


def test_the_verb_is_given_what_was_typed_and_no_machinery(clerk, cell_a):
    sent = QueryDict(mutable=True)
    sent.update({"unit": "a", "held_on": "31/12/2025", "kind": "regular", "expected": "3", "present": "2"})
    sent["token"] = "5f4dcc3b-5aa7-4d8a-9d3d-0123456789ab"
    form = MeetingForm(sent, user=clerk, today=DAY)
    assert form.is_valid(), form.errors
    assert form.action_data == {
        "unit": cell_a,
        "held_on": DAY,
        "kind": "regular",
        "expected": 3,
        "present": 2,
        "guests": None,
        "topic": "",
    }


def test_a_correction_starts_with_what_is_written(clerk, cell_a):
    meeting = Meeting.objects.create(unit=cell_a, held_on=DAY, kind="regular", expected=0, present=0)
    form = CorrectMeetingForm(user=clerk, today=DAY, instance=meeting)
    assert {name: form[name].value() for name in CorrectMeetingForm.model_fields} == {
        "held_on": DAY,
        "kind": "regular",
        "expected": 0,
        "present": 0,
        "guests": None,
        "topic": "",
    }


def test_a_form_that_names_no_verb_fails_loudly(clerk):
    with pytest.raises(NotImplementedError):
        RecordForm(user=clerk, today=START).perform()


def test_no_field_of_a_record_bears_a_name_that_every_form_keeps_for_itself():
    """What is typed there would be read as the reason of the change and reach no record."""
    names = {code: {field.name for field in kept.model._meta.fields} for code, kept in RECORD_TYPES.items()}
    assert [code for code, fields in names.items() if fields.intersection(MACHINERY)] == []


@pytest.mark.parametrize("kind", [forms.ChoiceField, forms.MultipleChoiceField])
def test_a_choice_that_is_not_offered_is_refused_without_its_code(kind):
    class Choosing(RecordForm):
        post = kind(choices=[("secretary", "Bí thư")])

    data = QueryDict("post=village_head&token=00000000-0000-4000-8000-000000000000")
    form = Choosing(data, user=None, today=DAY)
    assert form.errors["post"] == ["Mục đã chọn không có trong danh sách: chọn lại."]
