"""How much room text takes in print, held against the metrics of the font."""

from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.sheets.letters import LETTERS, lines_of
from tests.binhlu_portal.sheets import paper

TEXTS = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxywWMQĐUBTCN0123456789 .,-/()%"), max_size=80)


@given(TEXTS)
def test_letters_are_never_thought_narrower_than_they_are(text):
    assert sum(map(LETTERS.__getitem__, text)) >= paper.digits(text)


@given(TEXTS, st.integers(3, 60))
def test_no_text_takes_more_lines_than_it_is_given(text, width):
    assert lines_of(text, width) >= paper.lines(text, width)
