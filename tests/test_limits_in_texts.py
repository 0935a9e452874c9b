"""A limit that a text tells stands in it by its constant: whoever changes one changes both."""

import re

import pytest

from tests.test_architecture import MODULES
from tests.test_regulation_numbers import DATA, PAGES, words_of

LIMIT = re.compile(r"(?<![\d/.,-])(?:[2-9]|[1-9]\d+) (?:MB|kB|ký tự|giây|phút|giờ|ngày|tuần|dòng|tệp|ô)\b")
"""A limit written out: from two on, for one day is no setting."""

COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)


def limits_in(texts):
    """Return the limits written out in `texts`."""
    return [found[0] for text in texts if (found := LIMIT.search(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('A = "Tối đa 5 MB."', ["5 MB"]),
        ('f"Ít nhất {a} ký tự, quá 10 phút"', ["10 phút"]),
        ('"""Within 30 ngày."""', []),
        ('f"Tối đa {SIZE} MB."', []),
        ('"Sinh năm 1980, ngày 12 tháng 5"', []),
    ],
)
def test_a_limit_that_is_written_out_is_found(text, found):
    assert limits_in([said for _, said in words_of(text)]) == found


def test_code_tells_limits_by_their_constants():
    code = {name: text for name, text in MODULES.items() if name.split(".")[0] not in DATA and "migrations" not in name}
    found = {name: limits_in(said for _, said in words_of(text)) for name, text in code.items()}
    assert {name: limits for name, limits in found.items() if limits} == {}


def test_pages_and_scripts_tell_limits_by_their_constants():
    found = {path.name: limits_in([COMMENT.sub("", path.read_text())]) for path in PAGES}
    assert {name: limits for name, limits in found.items() if limits} == {}
