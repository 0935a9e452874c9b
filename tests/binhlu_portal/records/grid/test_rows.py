"""Cells are text: words mean choices, by whatever reader their field has, and numbers of people are not remembered."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.records.grid.rows import WordField, remembered, shown, word_field
from binhlu_portal.text.vietnamese import search_key
from members.models import Member
from organizations.choices import Kind
from organizations.models import UnitPeriod

WORDS = [
    field
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if model._meta.app_label in ("organizations", "members", "assessments") and field.editable and field.choices
]


@pytest.mark.parametrize("field", WORDS, ids=str)
def test_what_a_cell_shows_of_a_choice_is_read_as_that_choice(field):
    made = word_field(field)
    for value, label in made.labels.items():
        assert made.clean(shown(made, value)) == made.clean(label.upper()) == value


@given(st.sampled_from(Kind), st.data())
def test_the_beginning_of_a_label_means_it_where_no_other_begins_so(kind, data):
    made = WordField(choices=Kind.choices)
    words = kind.label.split()
    typed = " ".join(words[: data.draw(st.integers(1, len(words)))])
    meant = [value for value, label in Kind.choices if f"{search_key(label)} ".startswith(f"{search_key(typed)} ")]
    if len(meant) == 1:
        assert made.clean(typed) == kind
    else:
        with pytest.raises(ValidationError, match="Không có"):
            made.clean(typed)


def test_a_word_of_no_list_is_refused_with_what_may_be_written():
    with pytest.raises(ValidationError, match="“Chi bộ cơ sở”"):
        word_field(UnitPeriod._meta.get_field("kind")).clean("Chi đoàn")


def test_a_value_with_a_reader_of_its_own_is_read_by_that():
    assert word_field(Member._meta.get_field("ethnicity")).clean("Mèo") == "mong"
    with pytest.raises(ValidationError, match="như danh mục"):
        word_field(Member._meta.get_field("ethnicity")).clean("Người Hỏa tinh")


def test_of_a_number_by_which_somebody_is_known_a_mark_is_remembered():
    number, plain = word_field(Member._meta.get_field("citizen_id")), forms.CharField()
    assert remembered(plain, "012345678901") == "012345678901"
    marks = {remembered(number, text) for text in ("012345678901", "012345678902")}
    assert len(marks) == 2
    assert not any("0123" in mark for mark in marks)
    assert remembered(number, "") == ""
