"""Real footnotes of Word, put where a filled document calls them.

A call stands in brackets: a raised digit behind a figure reads as one more digit of it.
"""

from copy import deepcopy

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from .footnote_markers import CALL

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RAISED = f'<w:rPr {nsdecls("w")}><w:vertAlign w:val="superscript"/></w:rPr>'
EMPTY = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
FORM = (
    '<w:pPr><w:pStyle w:val="FootnoteText"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:firstLine="0"/><w:jc w:val="both"/></w:pPr>'
)
SIZE = '<w:sz w:val="20"/>'
NOTE = (
    f'<w:footnote {nsdecls("w")} w:id="{{}}"><w:p>{FORM}'
    f'<w:r><w:rPr>{SIZE}<w:vertAlign w:val="superscript"/></w:rPr><w:t>(</w:t><w:footnoteRef/><w:t>)</w:t></w:r>'
    f'<w:r><w:rPr>{SIZE}</w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>'
)


def put(document, notes):
    """Put a footnote wherever the text of `document` calls one of `notes`."""
    part = list_ = None
    for text in list(document.element.body.iter(qn("w:t"))):
        if not CALL.search(text.text or ""):
            continue
        if part is None:
            part = _part(document)
            list_ = parse_xml(part.blob)
        _split(text, list_, notes)
    if part is not None:
        part._blob = etree.tostring(list_, xml_declaration=True, encoding="UTF-8", standalone=True)


def _part(document):
    """Return the part of the document with its footnotes; one that has none gets it."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            return relation.target_part
    part = Part(PackURI("/word/footnotes.xml"), KIND, EMPTY.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _split(text, list_, notes):
    """Cut the run of `text` at each call, with a reference to a new footnote between the pieces."""
    run, pieces = text.getparent(), CALL.split(text.text)
    text.text = pieces[0]
    text.set(qn("xml:space"), "preserve")
    after = [deepcopy(sibling) for sibling in text.itersiblings()]
    for sibling in list(text.itersiblings()):
        run.remove(sibling)
    for index, following in zip(pieces[1::2], pieces[2::2], strict=True):
        reference = parse_xml(
            f"<w:r {nsdecls('w')}>{RAISED}<w:t>(</w:t>"
            f'<w:footnoteReference w:id="{_add(list_, notes[int(index)])}"/><w:t>)</w:t></w:r>'
        )
        run.addnext(reference)
        run = _run_with(run, following)
        reference.addnext(run)
    run.extend(after)


def _run_with(run, words):
    """Return a run like `run` with the text `words`."""
    new = parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"></w:t></w:r>')
    new[0].text = words
    if (form := run.find(qn("w:rPr"))) is not None:
        new.insert(0, deepcopy(form))
    return new


def _add(list_, words):
    """Add a footnote that says `words`, and return its number."""
    number = max((int(note.get(qn("w:id"))) for note in list_), default=0) + 1
    note = parse_xml(NOTE.format(number))
    *_, said = note.iter(qn("w:t"))
    said.text = f" {words}"
    list_.append(note)
    return number
