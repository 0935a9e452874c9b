"""No string that a screen may show says what `tests.words` lists, nor names the committee that uses the portal."""

import ast
import json
import re

import pytest
from django.conf import settings

from tests.test_architecture import MODULES, ROOT
from tests.words import badly_worded, wrong_words

NAME = "Bình Lư"
ELSEWHERE = ("fixtures", "bench", "attack")
"""The sample of a committee with a name, and programs without screens."""

FOREIGN = {"members.ethnicity", "members.roster_import.headers", "members.roster_import.levels"}
"""Modules of words that files of others may use."""

CODE = re.compile(r"\{%\s*(?:end)?comment.*?%\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r'"([^"\n]*)"')


def literals(source):
    """Return the strings in a Python source, docstrings left out."""
    nodes = list(ast.walk(ast.parse(source)))
    statements = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = (node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in strings if id(node) not in statements]


def template_faults(text):
    """Return what a template says wrongly: in its text, and in the strings that it hands to others."""
    handed = [word for code in CODE.findall(text) for word in QUOTED.findall(code)]
    return badly_worded(CODE.sub("…", text)) + [wrong for word in handed for wrong in wrong_words(word)]


SOURCES = {name: text for name, text in MODULES.items() if name.split(".")[0] not in ELSEWHERE}
TEMPLATES = {path.relative_to(ROOT).as_posix(): path.read_text() for path in (ROOT / "templates").rglob("*.html")}
SCRIPTS = {path.name: path.read_text() for path in (ROOT / "static").glob("*.js")}
GUIDE = ROOT / "docs" / "huong-dan-su-dung.md"


def test_no_module_says_what_offices_do_not():
    found = {
        name: faults
        for name, source in SOURCES.items()
        if name not in FOREIGN and (faults := [wrong for word in literals(source) for wrong in wrong_words(word)])
    }
    assert found == {}


def test_no_template_says_what_offices_do_not():
    assert {name: faults for name, text in TEMPLATES.items() if (faults := template_faults(text))} == {}


def test_no_script_and_no_page_of_the_guide_says_what_offices_do_not():
    scripts = [wrong for text in SCRIPTS.values() for word in QUOTED.findall(text) for wrong in wrong_words(word)]
    guide = [wrong for line in GUIDE.read_text().splitlines() if "?" not in line for wrong in wrong_words(line)]
    assert scripts + guide == []


def test_the_portal_is_nobodys_by_name():
    strings = {name: literals(source) for name, source in SOURCES.items()} | {
        name: [text] for name, text in {**TEMPLATES, **SCRIPTS}.items()
    }
    assert [name for name, texts in strings.items() if any(NAME in text for text in texts)] == []


def test_what_the_portal_is_called_is_written_in_the_settings_alone():
    written = {name: literals(source) for name, source in SOURCES.items()} | {
        name: [text] for name, text in {**TEMPLATES, **SCRIPTS}.items()
    }
    names = (settings.PORTAL_NAME, settings.PORTAL_OFFICE)
    found = {name for name, texts in written.items() if any(name_of in text for text in texts for name_of in names)}
    assert found == {"binhlu_portal.settings"}
    manifest = json.loads((ROOT / "static" / "manifest.json").read_text())
    assert manifest["name"] == settings.PORTAL_NAME, "a file that is served as it is"


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Thôi, không ghi", "Hủy"),
        ("Đã ghi 3 hồ sơ.", "Đã lưu"),
        ("Cổng đang kiểm tra tệp.", "hệ thống"),
        ("Hồ sơ trên cổng", "hệ thống"),
        ("Vượt\n  mức trần", "tỷ lệ khống chế"),
        ("Đưa vào nguồn", "quần chúng ưu tú"),
        ("Vì sao xóa", "Lý do"),
        ("Gọi Văn phòng Đảng ủy xã.", "Văn phòng cấp ủy"),
    ],
)
def test_a_wrong_word_is_found(said, right):
    assert [instead for _, instead in wrong_words(said)] == [right]
    assert [instead for _, instead in badly_worded(f"<p>{said}</p>")] == [right]
    handed = f'{{% include "notice.html" with text="{" ".join(said.split())}" %}}'
    assert [instead for _, instead in template_faults(handed)] == [right]


def test_a_docstring_is_not_on_screen_and_every_other_string_may_be():
    assert literals('"""Mức trần."""\nx = f"Mức trần {y}"\n') == ["Mức trần "]


@pytest.mark.parametrize("said", ["Cổng dữ liệu Đảng bộ xã", "Chi bộ chưa ghi buổi sinh hoạt", "Lý do xóa", "Ghi chú"])
def test_a_right_word_is_left(said):
    assert wrong_words(said) == []


def test_a_heading_that_asks_is_found_and_a_question_elsewhere_is_not():
    assert badly_worded("<h2>Đảng viên là những ai?</h2>") == [("Đảng viên là những ai?", "a heading")]
    assert badly_worded("<p>Có phải cùng một người không?</p>") == []


OF_A_UNIT = frozenset({"unit", "cell", "place", "parent", "organization", "committee", "of", "to"})
"""What a unit, or a day of it, is called in the code."""


def codes_in_sentences(source):
    """Return the lines at which a sentence says the code of a unit, where everybody knows its name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            told = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
            values, told = node.args, "…"  # what is formatted is written elsewhere
        else:
            continue
        if not told.isascii() and any(is_code_of_a_unit(value) for value in values):
            found.append(node.lineno)
    return found


def is_code_of_a_unit(value):
    """Whether an expression is the code of a unit."""
    owner = getattr(value, "value", None)
    named = getattr(owner, "attr", getattr(owner, "id", ""))
    return isinstance(value, ast.Attribute) and value.attr == "code" and named in OF_A_UNIT


def test_a_unit_is_called_by_its_name_in_sentences():
    on_screen = {name: text for name, text in SOURCES.items() if ".management." not in name}
    assert {name: lines for name, text in on_screen.items() if (lines := codes_in_sentences(text))} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('f"Tổ chức đảng “{unit.code}” không tồn tại"', [1]),
        ("NO_EVENT.format(self.unit.code, day)", [1]),
        ('f"Tổ chức đảng “{unit}” không tồn tại"', []),
        ('f"/don-vi/{unit.code}/"', []),
        ('f"Biểu {part.code} không có trang này."', []),
    ],
)
def test_a_code_in_a_sentence_is_found(source, lines):
    assert codes_in_sentences(source) == lines


def test_a_unit_in_a_sentence_is_its_last_name(cell_a):
    assert (str(cell_a), str(type(cell_a)(code="moi"))) == ("Chi bộ a", "moi")
