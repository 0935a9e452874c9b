"""Normal forms: what they make of text, and that no text costs more than its length."""

import sys
import unicodedata
from time import process_time

import pytest

from binhlu_portal.text import legacy_fonts, vietnamese
from binhlu_portal.text.normal_forms import MOST_MARKS, compatible, composed, decomposed
from members.roster_import import text_keys
from tests.worst_text import BOUND, MANY, watch, worst

FUNCTIONS = [
    composed,
    decomposed,
    compatible,
    vietnamese.clean,
    vietnamese.search_key,
    vietnamese.name_sort_key,
    legacy_fonts.readability,
    legacy_fonts.is_syllable,
    text_keys.key.__wrapped__,
    text_keys.is_nothing,
    text_keys.shown,
]


def test_marks_stand_where_they_are_looked_for():
    from binhlu_portal.text.normal_forms import BLOCKS

    found = [code for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))]
    assert BLOCKS.start <= found[0] <= found[-1] < BLOCKS.stop


@pytest.mark.parametrize("text", ["Đặng Thị Hoà", "Hoa\u0300", "a\u0323\u0302", "", "a" + "\u0302" * MOST_MARKS])
def test_text_that_anybody_writes_is_normalised_as_unicode_says(text):
    assert composed(text) == unicodedata.normalize("NFC", text)
    assert decomposed(text) == unicodedata.normalize("NFD", text)


def test_of_a_long_run_the_first_marks_stay():
    assert decomposed("b" + "\u0323" * 400_000 + "c") == "b" + "\u0323" * MOST_MARKS + "c"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
@pytest.mark.parametrize("name", worst(1))
def test_no_text_costs_more_than_its_length(monkeypatch, function, name):
    watch(monkeypatch)
    text = worst(MANY // 5)[name]
    started = process_time()
    function(text)
    assert process_time() - started < BOUND
