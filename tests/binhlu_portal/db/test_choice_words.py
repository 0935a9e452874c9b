"""Words for a choice are known wherever words are typed: in a grid, in the own workbook, in a list of an office."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from binhlu_portal.records.grid.rows import word_field
from binhlu_portal.spreadsheets.data_workbook.widgets import widget_for
from members.roster_import.registers import REGISTERS
from tests.proofs import APPS

DAY = date(2026, 3, 1)
MODELS = [model for name in APPS for model in apps.get_app_config(name).get_models()]
WITH_WORDS = [field for model in MODELS for field in model._meta.fields if getattr(field, "words", None)]
WORDS = [
    (field, word, code) for field in WITH_WORDS for code, words in field.words.items() for word in words.split("; ")
]
LISTED = {
    register.model._meta.get_field(name): (register, name)
    for register in REGISTERS.values()
    for name in register.headings
    if any(name == field.name for field in register.model._meta.fields) and name not in register.readers
}


def told(case):
    return f"{case[0]}-{case[1]}"


@pytest.mark.parametrize("typed", [str, str.upper, str.lower, lambda word: f" {word}."])
@pytest.mark.parametrize("case", WORDS, ids=told)
def test_a_word_means_the_same_at_every_door(case, typed):
    field, word, code = case
    text = typed(word)
    assert widget_for(field).clean(text) == code
    assert word_field(field).clean(text) == code
    if field in LISTED:
        register, name = LISTED[field]
        assert register.read(name, text, DAY) == {f"{register.name}.{name}": code}


@pytest.mark.parametrize("field", WITH_WORDS, ids=str)
def test_a_word_means_one_choice_alone_and_no_label_of_another(field):
    labels = {str(label).lower(): code for code, label in field.flatchoices}
    for _, word, code in (case for case in WORDS if case[0] is field):
        assert labels.get(word.lower(), code) == code
        assert [other for other, words in field.words.items() if word in words.split("; ")] == [code]


@pytest.mark.parametrize("field", WITH_WORDS, ids=str)
def test_no_other_word_is_guessed(field):
    with pytest.raises(ValueError, match="Chọn một mục"):
        widget_for(field).clean("chẳng phải mục nào")
    with pytest.raises(ValidationError):
        word_field(field).clean("chẳng phải mục nào")


@pytest.mark.parametrize("field", LISTED, ids=str)
def test_what_a_list_reads_of_a_choice_the_own_workbook_and_grids_read_alike(field):
    register, name = LISTED[field]
    for code, label in field.flatchoices:
        if code and register.read(name, label, DAY):
            assert widget_for(field).clean(label) == code == type(code)(word_field(field).clean(label))
