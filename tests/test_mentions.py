"""What comments, docstrings and the docs mention exists: modules, what stands in them, files."""

import ast
import pkgutil
import re

import pytest

from reports.figures.registry import KNOWN
from tests.test_architecture import APPS, FILES, MODULES, ROOT, SHELL

MODULE = re.compile(rf"(?<![\w/.{{-])(?:{'|'.join([SHELL, *APPS])})(?:\.[a-z]\w*)+")
"""The name of a module, or of something in one: binhlu_portal.sheets.html.context."""

FILE = re.compile(r"(?<![\w/.<{-])(?:[\w-]+/)*[\w-]+\.(?:py|html|css|js|txt|json)\b")
PATHS = ["/" + path.relative_to(ROOT).as_posix() for path in FILES]
COMMENTS = {
    ".html": re.compile(r"{% comment %}(.*?){% endcomment %}", re.DOTALL),
    ".css": re.compile(r"/\*(.*?)\*/", re.DOTALL),
    ".js": re.compile(r"//(.*)"),
    ".md": re.compile(r"`([^`\n]+)`"),
}


def comments(path):
    """Return the comments of a file; of a module its docstrings and what stands behind a #."""
    text = path.read_text()
    if path.suffix != ".py":
        return COMMENTS[path.suffix].findall(text)
    strings = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr))
    docs = [found.value for found in strings if isinstance(found, ast.Constant) and isinstance(found.value, str)]
    return docs + re.findall(r"#(.*)", text)


def exists(name):
    """Whether there is a module of this name, or something so called in one, or a figure."""
    if any(name == code or name.startswith(f"{code}.") for code in KNOWN):
        return True
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def missing(texts):
    """Return what `texts` mention that is not there."""
    names = {name for text in texts for name in MODULE.findall(text) if not FILE.search(name)}
    files = {file for text in texts for file in FILE.findall(text)}
    return sorted(name for name in names if not exists(name)) + sorted(
        file for file in files if not any(path.endswith(f"/{file}") for path in PATHS)
    )


CODE = [ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in MODULES]
OTHERS = [
    path
    for path in FILES
    if (path.suffix in {".html", ".css", ".js"} and path.relative_to(ROOT).parts[0] in {"templates", "static"})
    or path.name in {"architecture.md", "README.md", "security.md"}
]


@pytest.mark.parametrize("paths", [CODE, OTHERS], ids=["code", "pages and texts"])
def test_what_is_mentioned_exists(paths):
    found = {str(path.relative_to(ROOT)): missing(comments(path)) for path in paths}
    assert {name: gone for name, gone in found.items() if gone} == {}


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("One sheet by binhlu_portal.sheets.html.context.", []),
        ("One sheet by reports.render.html.context.", ["reports.render.html.context"]),
        ("The figure members.total and the module members.probation", []),
        (
            "`binhlu_portal.audit.display.lines`, `binhlu_portal.audit.display.words`",
            ["binhlu_portal.audit.display.words"],
        ),
        ("see moment/parameters.py and moment/gone.py", ["moment/gone.py"]),
    ],
)
def test_a_mention_of_what_is_gone_is_found(said, gone):
    assert missing([said]) == gone
