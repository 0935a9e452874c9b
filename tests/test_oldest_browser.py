"""The oldest browser for which the portal is written: its stylesheet and scripts say nothing that Chromium 69 lacks.

What Chromium 69 knows are lists that it wrote itself (`tests/data/chromium-69/`). Whatever is newer stands within
@supports, or is named here with what a page is without it. `make lint` runs this file; the pages themselves are opened
in that browser by `make oldest-browser`.
"""

import re
from functools import cache

import esprima
import pytest
import tinycss2
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
SHEETS, SCRIPTS = sorted(STATIC.rglob("*.css")), sorted(STATIC.rglob("*.js"))
KNOWN = {path.stem: set(path.read_text().split()) for path in (settings.BASE_DIR / "tests/data/chromium-69").iterdir()}

AT_RULES = {"media", "supports", "keyframes", "page", "font-face"}
FEATURES = {"screen", "print", "and", "not", "min-width", "max-width", "pointer", "hover", "fine", "coarse"}
FUNCTIONS = {"var", "calc", "counter", "repeat", "minmax", "attr", "url", "inset", "translate", "scalex", "rgba"}
PSEUDO = {"root", "not", "hover", "focus", "checked", "empty", "disabled", "target", "before", "after"}
PSEUDO |= {"first-child", "last-child", "only-child", "nth-child", "first-of-type", "nth-of-type"}

DISPENSABLE = {
    "accent-color": "what is ticked has the colour of the browser",
    "color-scheme": "browsers without it know no dark scheme either, or leave their scroll bars light",
    "field-sizing": "the cells of a grid are as wide as they can be",
    "text-decoration-thickness": "a line is as thick as the browser draws it",
    "text-underline-offset": "a line is as near as the browser draws it",
    "text-wrap": "a heading fills its first line",
    "-webkit-text-size-adjust": "a word of Safari alone",
    "min()": "one column instead of as many as fit",
    "focus-visible": "the browser marks what has the focus by its own ring",
    "file-selector-button": "the button is the browser's own",
    "-webkit-details-marker": "a word of Safari alone",
    "prefers-color-scheme": "pages are light",
    "dark": "pages are light",
    "forced-colors": "colours are those of the page",
    "active": "colours are those of the page",
    "scripting": "the keys of a grid are not told",
    "enabled": "the keys of a grid are not told",
}
"""What newer browsers add to the looks of a page, and what a page is without it."""

DISPENSABLE_NAMES = {
    "moveBefore": "htmx asks first whether it is there",
    "parseHTMLUnsafe": "htmx asks first whether it is there",
    "startViewTransition": "htmx asks first whether it is there",
    "hidePopover": "portal.js asks first whether it is there",
    "fromEntries": "htmx needs it where values of a form are turned into JSON; nothing here does that",
    "done": "a key of what iterators give",
    "noHeaders": "what a caller may say to htmx",
    "claim": "of service workers, which the list leaves out; as old as they are",
    "respondWith": "of service workers, which the list leaves out; as old as they are",
    "waitUntil": "of service workers, which the list leaves out; as old as they are",
    "csrf": "a word of the portal's answer",
    "dang_vien": "a field of a form",
    "held_on": "a field of a form",
    "newcomer": "a field of a form",
}
"""Names that scripts ask for although Chromium 69 has them not."""


def rules_in(nodes):
    """Yield the rules of a sheet that old browsers read, as (at-rule, selectors, declarations), whatever holds them."""
    for node in nodes:
        if node.type == "at-rule":
            prelude = tinycss2.serialize(node.prelude).strip()
            yield node.at_keyword, prelude, None
            newer = node.at_keyword == "supports" and not prelude.startswith("not ")
            if node.content and node.at_keyword in {"media", "supports"} and not newer:
                yield from rules_in(tinycss2.parse_blocks_contents(node.content))
        elif node.type == "qualified-rule":
            yield None, tinycss2.serialize(node.prelude), tinycss2.parse_blocks_contents(node.content)


def declarations_in(text):
    """Yield what old browsers read of a stylesheet: (property, value)."""
    for _, _, content in rules_in(tinycss2.parse_stylesheet(text)):
        for each in content or ():
            if each.type == "declaration":
                yield each.lower_name, tinycss2.serialize(each.value).strip()


def functions_in(values):
    """Yield the functions in what a property is set to."""
    for value in values:
        if value.type == "function":
            yield value.lower_name
            yield from functions_in(value.arguments)


def strange_pseudo(selector):
    return set(re.findall(r"::?([a-z-]+)", selector)) - PSEUDO


def faults_of_sheet(text):
    """Return what Chromium 69 does not understand of a stylesheet, and a page cannot dispense with."""
    found = []
    for keyword, prelude, content in rules_in(tinycss2.parse_stylesheet(text)):
        if keyword:
            words = set(re.findall(r"[a-z-]{3,}", prelude)) if keyword == "media" else set()
            found += [f"@{keyword}"] * (keyword not in AT_RULES)
            found += sorted(words - FEATURES - {"rem"} - DISPENSABLE.keys())
            continue
        strange = [strange_pseudo(selector) for selector in prelude.split(",")]
        # One selector that a browser does not know takes its whole rule away.
        found += [f"{prelude.strip()}: {sorted(each)}" for each in strange if each - DISPENSABLE.keys()]
        found += [f"{prelude.strip()}: not all are new"] * (any(strange) and not all(strange))
        for each in content:
            if each.type == "declaration" and not each.name.startswith("--"):
                new = {f"{name}()" for name in functions_in(each.value) if name not in FUNCTIONS}
                new |= {each.name} - KNOWN["properties"]
                found += [f"{prelude.strip()}: {name}" for name in sorted(new - DISPENSABLE.keys())]
                if new and "var(" in tinycss2.serialize(each.value) and each.name in KNOWN["properties"]:
                    found.append(f"{prelude.strip()}: a var() beside {sorted(new)} leaves the property without value")
            elif each.type == "qualified-rule":
                found.append(f"{prelude.strip()}: a rule within a rule")
    return found


@cache
def parsed(text):
    """Return the nodes of a script, whose syntax is that of its time (ECMAScript 2018) or older."""
    return list(nodes_of(esprima.parseScript(text)))


def nodes_of(tree):
    """Yield every node of a script."""
    if isinstance(tree, list):
        for each in tree:
            yield from nodes_of(each)
    elif isinstance(tree, esprima.nodes.Node):
        yield tree
        for value in vars(tree).values():
            yield from nodes_of(value)


def names_made(nodes):
    """Yield the names that a script gives itself: the keys of its objects, and what it sets."""
    for node in nodes:
        if node.type == "Property" and not node.computed:
            yield node.key.name or node.key.value
        elif node.type == "AssignmentExpression" and node.left.type == "MemberExpression" and not node.left.computed:
            yield node.left.property.name


def names_asked(nodes):
    """Yield the names that a script asks of others."""
    return (node.property.name for node in nodes if node.type == "MemberExpression" and not node.computed)


def data_of_pages():
    """Return the names by which scripts find the data-… of pages."""
    text = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    return {re.sub(r"-(\w)", lambda letter: letter[1].upper(), name) for name in re.findall(r"data-([a-z-]+)", text)}


def faults_of_script(text, more=frozenset()):
    """Return what Chromium 69 does not understand of a script: its syntax, names of the browser, selectors."""
    try:
        nodes = parsed(text)
    except esprima.Error as error:
        return [str(error)]
    known = KNOWN["names"] | DISPENSABLE_NAMES.keys() | more
    return sorted(set(names_asked(nodes)) - known) + re.findall(r":(?:is|where|has|focus-visible)\b", text)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_oldest_browser_understands_every_stylesheet(path):
    assert faults_of_sheet(path.read_text()) == []


def test_the_oldest_browser_understands_every_script():
    texts = {path.name: path.read_text() for path in SCRIPTS}
    own = data_of_pages().union(*(names_made(parsed(text)) for text in texts.values()))
    assert {name: found for name, text in texts.items() if (found := faults_of_script(text, own))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "@layer base { a { color: red; } }",
        "@container (max-width: 3rem) { a { color: red; } }",
        "@media (max-width: 3rem) { a:is(.b, .c) { color: red; } }",
        "@media (width < 3rem) and (dynamic-range: high) { a { color: red; } }",
        "a:has(b) { color: red; }",
        "a, a:focus-visible { color: red; }",
        "a { inset: 0; }",
        "a { margin-inline: 0; }",
        "a { width: max(1rem, 10%); }",
        "a { grid-template-columns: repeat(2, min(var(--one), 10%)); }",
        "a { b { color: red; } }",
        "@supports not (inset: 0) { a { aspect-ratio: 1; } }",
    ],
)
def test_what_is_newer_is_found_in_a_stylesheet(text):
    assert faults_of_sheet(text)
    assert not faults_of_sheet(f"@supports (inset: 0) {{ {text} }}") or "@supports not" in text


@pytest.mark.parametrize(
    "text",
    [
        "a?.b;",
        "a ?? b;",
        "a ||= b;",
        "class A { #b = 1; }",
        "a.replaceAll('b', 'c');",
        "Object.groupBy(a, b);",
        "document.querySelector('a:is(b, c)');",
        "form.requestSubmit();",
    ],
)
def test_what_is_newer_is_found_in_a_script(text):
    assert faults_of_script(text)
