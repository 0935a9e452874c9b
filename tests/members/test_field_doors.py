"""Whatever door a value comes by, it is read alike: form, cell of a grid, cell of a list, cell of the own workbook.

The command takes the own workbook. Every field of every register is asked by each door that it has, with values as
people and spreadsheets write them: all doors give the same value, or all refuse it.
"""

from datetime import date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict

from binhlu_portal.dates.happened import future_days
from binhlu_portal.db.read_fields import Unread
from binhlu_portal.records.forms.fields import clean_input, form_field
from binhlu_portal.records.grid.rows import word_field
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from members.choices import Education, Occupation, Qualification
from members.models import Member, MemberState, Position, Spell
from members.roster_import.cells import MODELS, NO_TEXT
from members.roster_import.column_types import COLUMN_TYPES
from members.roster_import.registers import REGISTERS
from members.roster_import.text_keys import is_nothing
from tests.proofs import DAY

REFUSED, SILENT = "refused", "says nothing of the field"

WORDS = """
|\u00a0|x|có|Không|chưa|nam|NỮ|LÒ VĂN AN|lò văn an|Lò\u00a0Văn  An|Lo\u0300 Văn An|Đ/c Lò Văn An|Lò Văn 1|L? V?n
21/03/1956|21-3-1956|21.3.56|1.3.76|21031956|1956-03-21|03/1956|1956|tháng 3/1956|Ngày 01 tháng 3 năm 1976|00/00/1956
00/3/1960|31/02/1990|29/02/2023|1/1/1800|1/1/2050|20534|21/3/1956 0:00|２１/03/1956|21\u00a0/03/ 1956|15/01/27|5/10
dự bị|912345678|0912345678|0912.345.678|(+84) 912 345 678|84912345678|0912 345 678; 0987 654 321|０912345678|12345|abc
123456789|12080000001|012 080 000 001|0120800000011|012080000001.0|'012080000001|1401234|012345-lc|a@b.vn
Kinh|H’Mông|Mèo|Đạo Phật|đại học|ĐH|THCS|TC|Giáo viên|nông dân|1|0|1,5|1.000|1.500.000|-3|2025|25|2025 – 2030
""".replace("\n", "|").split("|")
LONG = "x" * 400
CELLS = (*dict.fromkeys(WORDS), LONG, 12345, 912345678.0, 1956, 20534, date(1956, 3, 21), datetime(1956, 3, 21), 1.5)
"""What is typed, and what only a cell of a spreadsheet can hold."""

FIELDS = [field for tab in TABS.values() for field in tab.fields if not field.remote_field]

IN_LISTS = {model: prefix for prefix, model in MODELS.items() if model in (Member, MemberState, Position, Spell)}
PREFIXES = {Member: [""]} | {model: [f"{prefix}."] for model, prefix in IN_LISTS.items() if model is not Member}
for _register in REGISTERS.values():
    PREFIXES.setdefault(_register.model, []).append(f"{_register.name}.")

OTHERWISE = {
    "ended_on": "a list says the last day, the others the first day after",
    "level": "a list reads a rating with the reason why there is none, each by its short forms",
    "not_rated": "a list reads a rating with the reason why there is none, each by its short forms",
    "post": "a list reads several posts in one cell",
    "education": "a list reads the class with the level, for which there is another cell",
    "qualification": "a list reads the subject with the level, for which there is another cell",
    "decision_number": "a list reads number and day of a decision in one cell",
}
"""Fields that a list reads with something else, so that its cells may hold more."""


class Asked(forms.Form):
    """Form of one field."""

    today = DAY


def kept(field, value):
    """Return a value as its field keeps it."""
    try:
        value = field.clean(value, None)
    except ValidationError:
        return REFUSED
    return REFUSED if future_days(field.model, {field.name: value}, DAY) else value


def typed(make, field, text):
    """Return what a form with the field that `make` makes says of typed text."""
    made, form = make(field), Asked()
    form.fields = {field.name: made}
    if hasattr(made, "set_choices"):
        made.set_choices(form)
    sent = QueryDict(mutable=True)
    sent[field.name] = text
    try:
        return kept(field, made.clean(clean_input(sent, form.fields)[field.name]))
    except ValidationError:
        return REFUSED


def in_workbook(field, cell):
    """Return what a cell of the own workbook says."""
    try:
        value = TABS[field.model].columns[field.name].widget.clean(cell, day=DAY)
    except ValueError:
        return REFUSED
    return REFUSED if isinstance(value, Unread) else kept(field, value)


def in_list(kind, field, cell):
    """Return what a cell of a list says of a field, and nothing where it says nothing or something of another."""
    try:
        said = {} if is_nothing(cell) else COLUMN_TYPES[kind].read(cell, DAY)
    except ValueError as error:
        is_mark = (
            str(error).lower() == NO_TEXT.format(cell).lower()
        )  # it stands for something in a list, and is no text
        return SILENT if is_mark else REFUSED
    value = said.get(kind, SILENT)
    return SILENT if value is SILENT or value is True else kept(field, value)


def answers(field, cell):
    """Return {door: what it says} of the doors by which a cell can come; empty text is judged where it is written."""
    found = {}
    is_text = isinstance(cell, str)
    is_blank = is_text and not cell.strip()
    if is_text and not isinstance(field, models.BooleanField):
        found["grid"] = typed(word_field, field, cell)
        found |= {} if field.choices else {"form": typed(form_field, field, cell)}
    if not is_blank:
        found["workbook"] = in_workbook(field, cell)
    if field.name not in OTHERWISE:
        for prefix in PREFIXES.get(field.model, ()):
            kind = f"{prefix}{field.name}"
            if kind in COLUMN_TYPES and COLUMN_TYPES[kind].read:
                found[kind] = in_list(kind, field, cell)
    return {door: value for door, value in found.items() if value is not SILENT}


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_every_door_reads_a_value_alike(field):
    for cell in CELLS:
        found = answers(field, cell)
        assert len(set(map(str, found.values()))) <= 1, (cell, found)


def test_what_a_list_reads_with_something_else_is_in_lists():
    names = {field.name for field in FIELDS for prefix in PREFIXES.get(field.model, ())}
    assert OTHERWISE.keys() <= names


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("education", "THCS", Education.LOWER_SECONDARY),
        ("qualification", "ĐH", Qualification.UNIVERSITY),
        ("qualification", "không", Qualification.NONE),
        ("occupation", "nông dân", Occupation.FARMER),
    ],
)
def test_a_level_is_known_by_the_words_of_lists_in_grid_and_workbook(name, word, code):
    field = MemberState._meta.get_field(name)
    assert typed(word_field, field, word) == in_workbook(field, word) == code


@pytest.mark.parametrize(("text", "day"), [("15/01/27", date(2027, 1, 15)), ("15/01/56", date(1956, 1, 15))])
def test_the_end_of_a_post_may_be_written_with_two_digits(text, day):
    assert typed(form_field, Position._meta.get_field("ended_on"), text) == day


def test_no_word_that_says_nothing_chooses_what_begins_with_it():
    field = next(field for field in FIELDS if str(field) == "assessments.MemberRating.level")
    assert typed(word_field, field, "Không") == REFUSED


@pytest.mark.parametrize("subject", ["MemberRating", "UnitRating"])
@pytest.mark.parametrize(
    ("name", "word", "code"),
    [("level", "HTXSNV", "excellent"), ("level", "Tốt", "good"), ("not_rated", "Mới kết nạp", "new")],
)
def test_a_rating_is_known_by_its_short_forms_by_every_door(subject, name, word, code):
    field = next(field for field in FIELDS if str(field) == f"assessments.{subject}.{name}")
    assert typed(word_field, field, word) == in_workbook(field, word) == code
