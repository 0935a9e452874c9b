"""The process that fills a template: it limits itself, looks the file through, and knows only the words it is given.

It is started by `document.py` and gets on its standard input a line of JSON ({"words": {name: text}, "notes": [text]})
and the template. Its answer is the filled document or, with the exit status that says so, sentences as JSON. A template
may hold place-holders and nothing else of the language of templates; that language runs in a sandbox all the same.
"""

import json
import re
import sys
from io import BytesIO
from zipfile import ZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from binhlu_portal.deterministic_zip import deterministic_zip
from binhlu_portal.sandbox.confinement import REFUSED, confine, exit_exhausted
from binhlu_portal.spreadsheets.sandbox import limits, zip_inspect
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from binhlu_portal.spreadsheets.sandbox.xml_scan import IgnoredPart, XmlElements, XmlPart, local
from reports.placeholders.syntax import read

from . import word_footnotes
from .footnote_markers import NO_PARAGRAPH
from .limits import MEMORY, ONLY_PLACES, PROCESSOR_SECONDS, WORDS

TYPES = "[Content_Types].xml"
PLACE = re.compile(r'\{\{\s*([\w.]+(?:\s*\|\s*\w+\s*:\s*(?:"[^"{}|<>]*"|[\w/.-]+))*)\s*\}\}')
PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
"""All that a template may be made of."""

FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.IGNORECASE)
"""Fields of Word that bring in what is not in the file."""


FAR = re.compile(r"^\s*(\w+:)?[/\\]{2}")
"""An address that leads to another machine or out of the file."""


class Unknown(Exception):
    """The template has place-holders that are not known: their names."""


class Story(XmlPart):
    """A part of a Word document: nothing embedded, no field that fetches."""

    def __init__(self):
        super().__init__()
        self.parser.CharacterDataHandler = self.text
        self.parser.EndElementHandler = self.end
        self.within, self.said = "", []

    def start(self, name, attributes):
        """Refuse what is embedded; note where a field says what it does."""
        super().start(name, attributes)
        self.within = name.rpartition(":")[2]
        if self.within in ("altChunk", "object", "OLEObject", "control"):
            raise Unreadable(limits.EMBEDDED)
        named = local(attributes)
        if any(FAR.search(named.get(name, "")) for name in ("src", "href")):
            raise Unreadable(limits.LINKED)
        if self.within == "fldSimple":
            self.said.append(named.get("instr", ""))

    def text(self, words):
        """Keep what a field does."""
        if self.within == "instrText":
            self.said.append(words)

    def end(self, name):
        """Leave the element."""
        self.within = ""

    def look_through(self, pieces):
        """Look through all pieces and return the part."""
        super().look_through(pieces)
        if FETCHES.search("".join(self.said)):
            raise Unreadable(limits.LINKED)
        return self


def look_through(content):
    """Refuse a file that is no Word document or holds what could do harm."""
    try:
        parts = zip_inspect.parts_of(content)
        pieces = zip_inspect.Unpacked(content).pieces
        if "word/document.xml" not in {part.filename for part in parts}:
            raise Unreadable(limits.BROKEN)
        for part in parts:
            found = _kind(part.filename.lower())().look_through(pieces(part))
            if part.filename == TYPES:
                _check_types(found)
    except zip_inspect.DAMAGED:
        raise Unreadable(limits.BROKEN) from None


def _kind(name):
    if name == TYPES.lower() or name.endswith(".rels"):
        return XmlElements
    if "vbaproject" in name or "/embeddings/" in name:
        raise Unreadable(limits.EMBEDDED)
    return Story if name.endswith(".xml") else IgnoredPart


def _check_types(types):
    """Refuse a file that says of a part that it is XML though its name does not: it would not be looked through."""
    for _, attributes in types.found:
        ending = attributes.get("Extension") or attributes.get("PartName", "").rpartition(".")[2]
        if attributes.get("ContentType", "").endswith("xml") and ending.lower() not in ("xml", "rels"):
            raise Unreadable(limits.BROKEN)


def name_of(place):
    """Return the name by which the language of templates knows a place-holder: one word of plain letters."""
    return f"x{str(read(place)).encode().hex()}"


def place_of(name):
    """Return the place-holder that has the name `name`."""
    return bytes.fromhex(name[1:]).decode()


class ConfinedTemplate(DocxTemplate):
    """A template whose place-holders are `known`; `unknown` gathers the others."""

    def __init__(self, content, known):
        super().__init__(BytesIO(content))
        self.environment = SandboxedEnvironment(autoescape=True)
        self.known, self.unknown = known, {}

    def patch_xml(self, src_xml):
        """Return the part with its place-holders drawn together, once nothing but known ones stands in it."""
        patched = PLACE.sub(lambda found: f"{{{{ {name_of(found[1])} }}}}", super().patch_xml(src_xml))
        tree = self.environment.parse(patched)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, PLAIN):
                raise Unreadable(ONLY_PLACES)
            if isinstance(node, nodes.Name) and node.name not in self.known:
                self.unknown[place_of(node.name)] = True
        return patched

    def render_properties(self, context, jinja_env=None):
        """Leave the properties of the file as they are."""


def fill(content, words, notes):
    """Return the template `content` with `words` in its place-holders and `notes` where they are called."""
    look_through(content)
    known = {name_of(name): text for name, text in words.items()}
    template = ConfinedTemplate(content, known)
    try:
        template.render(known, template.environment, autoescape=True)
    except (TemplateError, RecursionError):
        raise Unreadable(ONLY_PLACES) from None
    except (PackageNotFoundError, KeyError, ValueError):
        raise Unreadable(limits.BROKEN) from None
    if template.unknown:
        raise Unknown(*template.unknown)
    _leave_out_empty(template.docx)
    word_footnotes.put(template.docx, notes)
    written = BytesIO()
    template.docx.save(written)
    with ZipFile(written) as parts:
        return deterministic_zip((name, parts.read(name)) for name in parts.namelist())


def _leave_out_empty(document):
    """Take out the paragraphs where nothing is said; those in tables stay, for a cell cannot be without."""
    for text in list(document.element.body.iter(qn("w:t"))):
        if NO_PARAGRAPH in (text.text or ""):
            text.text = text.text.replace(NO_PARAGRAPH, "")
            paragraph = next(text.iterancestors(qn("w:p")))
            if paragraph.getparent() is document.element.body and not "".join(paragraph.itertext()).strip():
                document.element.body.remove(paragraph)


def main():
    """Answer on standard output."""
    confine(MEMORY, PROCESSOR_SECONDS, limits.LARGEST_RESULT)
    given = json.loads(sys.stdin.buffer.readline())
    try:
        answer, status = fill(sys.stdin.buffer.read(), given["words"], given["notes"]), 0
    except Unknown as unknown:
        answer, status = json.dumps({"unknown": unknown.args}).encode(), REFUSED
    except Unreadable as refusal:
        words = str(refusal)
        answer, status = json.dumps({"refused": WORDS.get(words, words)}).encode(), REFUSED
    except MemoryError as error:
        exit_exhausted(error)
    except BaseException:  # what trips over a hostile file may raise anything
        answer, status = json.dumps({"refused": WORDS[limits.BROKEN]}).encode(), REFUSED
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    sys.exit(status)


if __name__ == "__main__":
    main()
