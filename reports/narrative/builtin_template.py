"""The portal's own template of the report: a Word document in the form of Party documents, full of place-holders.

Form after Hướng dẫn 36-HD/VPTW, 3/4/2018: A4, margins 20, 20, 30 and 15 mm, Times New Roman 14, the heading in two
columns without borders, the number of the page in the middle of the top margin from page 2 on. The office may take it
as the start of a template of its own.
"""

from datetime import datetime
from io import BytesIO

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from binhlu_portal.sheets.sheet import PARTY
from reports.placeholders.report import OWN, SECTION

FONT = "Times New Roman"
BODY, SMALL = 14, 12
LEFT, RIGHT = Mm(67), Mm(98)
"""How wide the two columns of the heading and of the signature are: 165 mm together."""

LINES_TO_SIGN = 4
"""Lines left empty for a hand and a seal."""

LEVELS = {1: (True, False), 2: (True, False), 3: (True, True), 4: (False, True)}
"""How headings of each level are written: (bold, italic)."""

NO_DAY = datetime(1980, 1, 1)
CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def make(outline):
    """Return the template of reports by `outline`."""
    document = docx.Document()
    _set_page(document.sections[0])
    _set_styles(document)
    _heading(document)
    _title(document)
    document.add_paragraph("{{ mo_dau }}")
    for section in outline.sections:
        document.add_heading(section.title, section.level)
        if section.says:
            document.add_paragraph(f"{{{{ {SECTION if section.is_leaf else OWN}{section.code} }}}}")
    _signature(document)
    package = document.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]  # a picture of some other document
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title, properties.language = "Báo cáo", "vi-VN"
    properties.created = properties.modified = NO_DAY
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_page(section):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.first_line_indent = 0
    _field(paragraph.add_run(), "PAGE")


def _field(run, code):
    """Make `run` show what Word counts itself."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _set_styles(document):
    styles = document.styles
    for name in ("Normal", "Header", *(f"Heading {level}" for level in LEVELS)):
        style = styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        style.font.size, style.font.color.rgb = Pt(BODY), RGBColor(0, 0, 0)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(6)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.1
        form.first_line_indent = Mm(12.7)
        form.widow_control = True
    styles["Normal"].paragraph_format.alignment = JUSTIFIED
    for level, (bold, italic) in LEVELS.items():
        style = styles[f"Heading {level}"]
        style.font.bold, style.font.italic = bold, italic
        style.paragraph_format.alignment, style.paragraph_format.space_before = JUSTIFIED, Pt(6)

    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.element.set(qn("w:styleId"), "FootnoteText")
    note.base_style, note.font.size = styles["Normal"], Pt(10)


def _columns(document, rows):
    """Return the cells of a table without borders of two columns, row by row."""
    table = document.add_table(rows, 2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, (LEFT, RIGHT), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return [row.cells for row in table.rows]


def _line(cell, text, size=BODY, *, first=False, alignment=CENTRE, caps=False, **font):
    """Add a line to `cell`, or write its first one."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after, form.line_spacing = 0, Pt(0), 1
    form.alignment = alignment
    run = paragraph.add_run(text)
    run.font.size, run.font.all_caps = Pt(size), caps or None
    for name, value in font.items():
        setattr(run.font, name, value)
    return paragraph


def _heading(document):
    ((left, right),) = _columns(document, 1)
    _line(left, "{{ cap_tren }}", first=True, caps=True)
    _line(left, "{{ cap_uy }}", caps=True, bold=True)
    _line(left, "*")
    _line(left, "{{ so }}")
    _ruled(_line(right, PARTY, 15, first=True, bold=True), Mm(4))
    _line(right, "")
    _line(right, "")
    _line(right, "{{ ngay_ky }}", italic=True)


def _ruled(paragraph, indent):
    """Put a rule below a paragraph, which is indented at both sides: the rule is as long as is left."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _title(document):
    for text, size, before, after in (("BÁO CÁO", 16, 18, 0), ("{{ trich_yeu }}", BODY, 0, 0)):
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.alignment, form.first_line_indent = CENTRE, 0
        form.space_before, form.space_after = Pt(before), Pt(after)
        run = paragraph.add_run(text)
        run.font.size, run.font.bold = Pt(size), True
    rule = document.add_paragraph()
    rule.paragraph_format.space_after, rule.paragraph_format.line_spacing = Pt(12), Pt(2)
    rule.paragraph_format.first_line_indent = 0
    _ruled(rule, Mm(58))


def _signature(document):
    space = document.add_paragraph()
    space.paragraph_format.space_after = Pt(0)
    ((left, right),) = _columns(document, 1)
    _line(left, "Nơi nhận:", first=True, alignment=WD_ALIGN_PARAGRAPH.LEFT, underline=True)
    _line(left, "{{ noi_nhan }}", SMALL, alignment=WD_ALIGN_PARAGRAPH.LEFT)
    _line(right, "{{ the_thuc_ky }}", first=True, bold=True)
    _line(right, "{{ chuc_vu }}")
    for _ in range(LINES_TO_SIGN):
        _line(right, "")
    _line(right, "{{ nguoi_ky }}", bold=True)
    for paragraph in (*left.paragraphs, *right.paragraphs[:-1]):
        paragraph.paragraph_format.keep_with_next = True
