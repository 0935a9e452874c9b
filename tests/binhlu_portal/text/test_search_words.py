"""A search looks for so many words: each costs a condition, and an address holds hundreds of them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binhlu_portal.text.vietnamese import MOST_WORDS, search_words
from tests.test_architecture import MODULES

SEARCHES = {"members": "tim", "units": "tim", "history": "ai", "accounts": "tim", "records": "tim"}
MANY = " ".join(f"a{number}" for number in range(400))


def test_words_are_looked_for_once_each_and_not_for_ever():
    assert search_words("Đặng  thị HOÀ đặng") == ["dang", "thi", "hoa"]
    assert len(search_words(MANY)) == MOST_WORDS


def test_whoever_searches_by_words_takes_no_more_of_them():
    found = {module for module, source in MODULES.items() if re.search(r"search_key\(.*\)\.split\(\)", source)}
    assert found == {"binhlu_portal.text.vietnamese", "binhlu_portal.accounts.passwords"}  # a password has 256 letters


@pytest.mark.parametrize("name", SEARCHES)
def test_hundreds_of_words_make_no_statement_of_hundreds_of_conditions(client, request, commune, name):
    client.force_login(request.getfixturevalue("administrator" if name == "accounts" else "clerk"))
    address = reverse(name, args=["dao-tao"] if name == "records" else [])
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, {SEARCHES[name]: MANY}).status_code == 200
    assert max(query["sql"].count("LIKE") for query in captured) <= 8 * MOST_WORDS
