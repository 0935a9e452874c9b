"""No number of a regulation stands in code or in templates: the table of regulations alone has them."""

import ast
import re

import pytest
from django.apps import apps

from organizations.choices import Norm, Subject
from organizations.in_force import MARK
from tests.test_architecture import FILES, MODULES, ROOT

NUMBER = re.compile(r"\d+-(?:QĐ|QC|CT|NQ|KL|HD|TT|CV)/\w+|\d+/\d{4}/\w+")
"""How a regulation is numbered: 00-QĐ/TW, 00/2020/QH14."""

DATA = ("fixtures", "attack", "bench", "tests", "docs")
"""What is made up there stands for the records of an office."""

PAGES = [path for path in FILES if path.suffix in (".html", ".js", ".txt") and not path.is_relative_to(ROOT / "docs")]


def words_of(source):
    """Return the texts in `source` that can reach a reader of the portal, with their lines: all but docstrings."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def numbers_in(source):
    """Return the numbers of regulations in the texts of `source`."""
    return [(line, found[0]) for line, text in words_of(source) if (found := NUMBER.search(text))]


def test_a_number_in_a_text_is_found_and_one_in_a_docstring_is_not():
    assert numbers_in('"""By 01-QĐ/TW."""\nA = f"{x} Quy định 02-QĐ/TW"\n"""By 03-QĐ/TW."""') == [(2, "02-QĐ/TW")]
    assert numbers_in('raise Refusal("theo 45/2019/QH14")') == [(1, "45/2019/QH14")]


def test_code_names_regulations_by_their_subjects():
    found = {name: numbers_in(text) for name, text in MODULES.items() if name.split(".")[0] not in DATA}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_templates_and_scripts_name_regulations_by_their_subjects(folder):
    pages = [path for path in PAGES if path.is_relative_to(ROOT / folder)]
    assert pages
    assert [(path.name, found[0]) for path in pages if (found := NUMBER.search(path.read_text()))] == []


def test_what_a_model_says_of_its_fields_is_the_same_on_every_day():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if hasattr(field, "help_text")]
    assert [str(field) for field in fields if MARK.search(str(field.help_text))] == []


def marks():
    """Return every mark in code and templates that names a subject or a value, as people may have mistyped it."""
    texts = [text for name, source in MODULES.items() if name.split(".")[0] not in DATA for _, text in words_of(source)]
    texts += [path.read_text() for path in PAGES if path.is_relative_to(ROOT / "templates")]
    return {name for text in texts for name in MARK.findall(text)}


def test_every_subject_that_code_names_is_one_of_the_table():
    assert {Subject.FEES, Subject.CHARTER_GUIDANCE} <= marks()


def test_what_is_in_force_is_read_by_code_and_not_only_shown():
    """A value that can be changed on screen, and that no code reads, changes nothing."""
    code = {name: text for name, text in MODULES.items() if name.split(".")[0] not in DATA}
    del code["organizations.choices"]
    read = {text for source in code.values() for _, text in words_of(source)}
    assert [norm.value for norm in Norm if norm.value not in read] == []
