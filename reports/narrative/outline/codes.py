"""Codes of sections through an edit of their outline: what was written stays with its heading wherever that moves.

A heading keeps the code under which its text is kept: by the code in its line, by its words, or, where these are new,
by its place. A code other than that of its place is written at the end of the line: "1.3. Kết nạp đảng viên {I.1.2}".
"""

from collections import Counter
from collections.abc import Collection, Iterator

from .parser import FRESH, HEADING
from .parts import Outline, Section


def keep_codes(new: Outline, old: Outline, used: Collection[str]) -> str:
    """Return the text of `new` with the codes that its headings have in `old`; `used` are codes with texts."""
    lines = new.text.splitlines()
    codes = _codes(new, old, used, lines)
    for section in new.sections:
        found = HEADING.fullmatch(lines[section.line - 1].strip())
        code = codes[section.place]
        lines[section.line - 1] = f"{found['number']} {found['words']}" + f" {{{code}}}" * (code != section.place)
    return "\n".join(lines) + "\n"


def _codes(new, old, used, lines):
    """Return the code of each section of `new`, by its place."""
    codes = {
        section.place: section.code
        for section in new.sections
        if HEADING.fullmatch(lines[section.line - 1].strip())["code"]
    }
    for words_of in (_paths, _words):
        known, asked = _once(words_of(old.sections)), _once(words_of(new.sections))
        for words, section in asked.items():
            if section.place not in codes and words in known and known[words].code not in codes.values():
                codes[section.place] = known[words].code
    had = {section.code for section in old.sections}
    taken = {*codes.values(), *had, *used}
    fresh = (code for number in range(1, 10_000) if (code := f"{FRESH}{number}") not in taken)
    for section in new.sections:
        if section.place not in codes:
            is_free = section.place not in codes.values() and (section.place in had or section.place not in used)
            codes[section.place] = section.place if is_free else next(fresh)
    return codes


def _words(sections: Collection[Section]) -> Iterator[tuple[str, Section]]:
    """Yield each section by its heading."""
    return ((" ".join(section.heading.casefold().split()).rstrip(".:;"), section) for section in sections)


def _paths(sections):
    """Yield each section by its heading and those around it."""
    above = []
    for words, section in _words(sections):
        above = [(level, each) for level, each in above if level < section.level] + [(section.level, words)]
        yield tuple(each for _, each in above), section


def _once(named):
    """Return what has a name that nothing else has."""
    named = list(named)
    often = Counter(name for name, _ in named)
    return {name: section for name, section in named if often[name] == 1}
