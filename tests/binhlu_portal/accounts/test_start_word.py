"""The start word: one for each database, private, and gone once somebody has begun with it."""

import stat

import pytest

from binhlu_portal.accounts import start_word
from tests.factories import make_root, make_user


@pytest.fixture(autouse=True)
def new_word():
    """Begin and end without a word."""
    start_word.use_up()
    yield
    start_word.use_up()


def test_the_word_stays_until_it_is_used_up():
    word = start_word.start_word()
    assert start_word.start_word() == word
    assert stat.S_IMODE(start_word.start_word_path().stat().st_mode) == 0o600
    start_word.use_up()
    assert start_word.start_word() != word


@pytest.mark.parametrize("typed", [str, str.lower, lambda word: word.replace("-", ""), lambda word: f" {word} "])
def test_the_word_is_known_however_it_is_typed(typed):
    assert start_word.is_start_word(typed(start_word.start_word()))


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH-JKMN", "ậ"])
def test_no_other_word_is_taken(typed):
    assert not start_word.is_start_word(typed)


def test_a_portal_is_empty_without_units_and_accounts(db):
    assert start_word.is_empty()
    make_user("first")
    assert not start_word.is_empty()


def test_a_portal_with_a_unit_is_not_empty(db):
    make_root()
    assert not start_word.is_empty()
