"""What `docs/security.md` answers to the ASVS: each requirement once, and every test and file it names is there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text()

ASKED = {
    "V1": {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    "V2": {1: 3, 2: 3, 3: 4, 4: 1},
    "V3": {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    "V4": {1: 3, 2: 1, 3: 2, 4: 4},
    "V5": {1: 1, 2: 3, 3: 2, 4: 3},
    "V6": {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    "V7": {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    "V8": {1: 2, 2: 3, 3: 1, 4: 1},
    "V9": {1: 3, 2: 4},
    "V10": {1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3},
    "V11": {1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1},
    "V12": {1: 3, 2: 2, 3: 4},
    "V13": {1: 1, 2: 5, 3: 2, 4: 5},
    "V14": {1: 2, 2: 4, 3: 3},
    "V15": {1: 3, 2: 3, 3: 7},
    "V16": {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
    "V17": {1: 1, 2: 4, 3: 2},
}
"""ASVS 5.0.0: how many requirements of levels 1 and 2 each section of a chapter has; they come first in it."""

HOLDS, NOT_YET, NOT_OURS = "holds", "not yet", "does not apply"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+\.(?:html|js|md|py|toml|txt))(?:::(\w+))?`")
HEADING = re.compile(r"\]\(#[\w-]+\)")
"""A part of the document itself; `test_docs.py` looks whether it is there."""

ROWS = ROW.findall(TEXT)


@cache
def functions(path):
    """Return the names of the functions of a module."""
    return {node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)}


def wanting(text):
    """Return what a text names that is not there: a file, or a test of one."""
    return [
        f"{path}::{test}" if test else path
        for path, test in NAMED.findall(text)
        if not (ROOT / path).is_file() or (test and test not in functions(path))
    ]


def shows_nothing(answer, where):
    """Whether an answer is none of the three, or says that something holds and names nothing that shows it."""
    return answer not in (HOLDS, NOT_YET, NOT_OURS) or (
        answer == HOLDS and not NAMED.search(where) and not HEADING.search(where)
    )


def test_every_requirement_is_answered_once_and_in_order():
    numbers = [
        f"{chapter[1:]}.{section}.{number}"
        for chapter, sections in ASKED.items()
        for section, count in sections.items()
        for number in range(1, count + 1)
    ]
    assert [number for number, *_ in ROWS] == numbers


def test_requirements_stand_under_their_chapters():
    chapters = re.findall(r"^### (V\d+) (?=[^\n]+$)", TEXT, re.MULTILINE)
    parts = re.split(r"^### V\d+ ", TEXT, flags=re.MULTILINE)[1:]
    found = [{f"V{number.partition('.')[0]}" for number, *_ in ROW.findall(part)} for part in parts]
    assert chapters == list(ASKED)
    assert found == [{chapter} for chapter in chapters]


def test_every_answer_is_shown_or_explained():
    assert [number for number, _, answer, where in ROWS if shows_nothing(answer, where)] == []


def test_every_test_and_file_that_is_named_is_there():
    assert wanting(TEXT) == []


def test_the_answers_are_counted():
    counts = Counter(answer for *_, answer, _ in ROWS)
    told = re.search(r"Of (\d+) requirements (\d+) hold, (\d+) do not\s+yet, (\d+) do not apply", TEXT)
    assert [int(number) for number in told.groups()] == [
        len(ROWS),
        *(counts[each] for each in (HOLDS, NOT_YET, NOT_OURS)),
    ]


@pytest.mark.parametrize(
    ("named", "missing"),
    [
        ("`tests/test_asvs.py::test_the_answers_are_counted`, `docs/security.md`", []),
        ("`tests/test_asvs.py::test_that_was_renamed`", ["tests/test_asvs.py::test_that_was_renamed"]),
        ("`tests/test_gone.py::test_it`, `docs/gone.md`", ["tests/test_gone.py::test_it", "docs/gone.md"]),
    ],
)
def test_what_is_not_there_is_found(named, missing):
    assert wanting(named) == missing


@pytest.mark.parametrize(
    ("answer", "where", "is_wrong"),
    [
        (HOLDS, "It does.", True),
        (HOLDS, "`docs/security.md`", False),
        (HOLDS, "[Logs](#logs)", False),
        (NOT_YET, "There is none.", False),
        ("in part", "`docs/security.md`", True),
    ],
)
def test_an_answer_that_shows_nothing_is_found(answer, where, is_wrong):
    assert shows_nothing(answer, where) == is_wrong
