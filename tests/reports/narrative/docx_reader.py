"""Reading documents in tests: their text as people see it, their parts."""

from io import BytesIO
from zipfile import ZipFile

import docx


def opened(content):
    """Return the document as python-docx has it."""
    return docx.Document(BytesIO(content))


def lines(content):
    """Return the lines of the body: of paragraphs and of tables, in their order."""
    return [paragraph.text for paragraph in opened(content).element.body.iter(docx.oxml.ns.qn("w:p"))]


def part(content, name):
    """Return a part of the file as text."""
    with ZipFile(BytesIO(content)) as file:
        return file.read(name).decode()


def document(*texts):
    """Return a plain document with these paragraphs, such as an office writes."""
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def with_part(content, name, text):
    """Return the file with one part put in the place of another, or added."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(result, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, text)
    return result.getvalue()
