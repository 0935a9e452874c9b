"""Parts of an outline: sections with headings, sentences of figures, texts of the frame around them.

Sentences name figures by placeholders (`reports.placeholders`): {{ members.total }}, {{ members.female.tren }} (of
how many), {{ members.female.ty_le }} (percentage), {{ chu_thich.X }} (footnote), {{ bieu.1B }} (annex, where one is
asked for). [lead|part|part] is a list: parts whose figures are nought are left out, and so is the lead without parts.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A sentence of figures; `otherwise` is said instead when all of them are nought or one has nothing to count on."""

    text: str
    otherwise: str = ""


@dataclass(frozen=True)
class Section:
    """A section: its code ("III.1.2"), its heading, what the committee is asked to say in words (`ask`), if anything.

    `paragraphs` are of sentences and come after the words.
    """

    code: str
    heading: str
    ask: str = ""
    paragraphs: tuple = ()

    carries = True
    start = ""
    lines = 12

    @property
    def level(self):
        """How deep the section lies: 1 for I to V."""
        return self.code.count(".") + 1

    @property
    def number(self):
        """The number before the heading: III. within the whole, 1. and 1.2. within it."""
        return f"{self.code.partition('.')[2] or self.code}."

    @property
    def says(self):
        """Whether the section says something itself and not only by the sections within it."""
        return bool(self.ask or self.paragraphs)

    @property
    def label(self):
        """What the section is called where its text is written."""
        return f"{self.code}. {self.heading}"


@dataclass(frozen=True)
class FrameText:
    """What stands around the sections and only the committee knows; it `carries` on to the next report or not.

    `start` is what it says until it is written; `lines` is how many lines it usually takes.
    """

    code: str
    label: str
    ask: str
    start: str = ""
    carries: bool = True
    lines: int = 1


def shares(lead, *parts):
    """Return a list for a sentence, led by `lead`: (words, code) each with its number and its percentage."""
    return _list(lead, (f"{words} {{{{ {code} }}}} ({{{{ {code}.ty_le }}}})".strip() for words, code in parts))


def counts(lead, *parts):
    """Return a list for a sentence, led by `lead`: (words, code, words) each with its number."""
    return _list(lead, (f"{before} {{{{ {code} }}}} {after}".strip() for before, code, after in parts))


def _list(lead, parts):
    return f"[{'|'.join([lead, *parts])}]"
