"""Workbooks for tests of blanks: whole ones made by libraries, and ones whose parts are written by hand."""

from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.binhlu_portal.spreadsheets import hostile
from tests.binhlu_portal.spreadsheets.hostile import HEAD, MAIN, OFFICE, PACKAGE, SHEET

WORKBOOK, RELATIONSHIPS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
DRAWING = (
    f'{HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:cxnSp macro="">'
    '<a:prstGeom prst="line"/></xdr:cxnSp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>'
)
"""A line drawn beneath a heading."""

AFTER_DATA = (
    '<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1&gt;1</formula></cfRule>'
    '</conditionalFormatting><dataValidations count="1"><dataValidation type="whole" sqref="A2"><formula1>1</formula1>'
    '</dataValidation></dataValidations><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
    '<pageSetup paperSize="9" orientation="landscape" r:id="rId2"/><drawing r:id="rId1"/><legacyDrawing r:id="rId3"/>'
)
"""What may follow the cells of a sheet: protection, areas, rules, paper, drawings, comments."""

PARTS_BESIDE = {
    "xl/worksheets/_rels/sheet1.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
    "xl/drawings/drawing1.xml": DRAWING,
    "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape/></xml>',
    "xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}"><authors/><commentList/></comments>',
    "xl/printerSettings/printerSettings1.bin": b"\0\1 a printer",
    "xl/media/image1.png": b"\x89PNG\r\n\x1a\n a picture",
}


def by_hand(rows="", *, after="", sheets=(("Bảng", ""),), beside="", target="worksheets/sheet1.xml", **parts):
    """Return a workbook with the XML `rows` in its first sheet.

    `after` follows the rows, `sheets` are (name, attributes), `beside` follows the list of sheets, `target` is where
    the first sheet is said to lie.
    """
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" {more}/>' for n, (name, more) in enumerate(sheets, 1)
    )
    targets = [target, *(f"worksheets/sheet{n}.xml" for n in range(2, len(sheets) + 1))]
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="{path}"/>' for n, path in enumerate(targets, 1)
    )
    made = hostile.excel(rows)
    data = made.pop(SHEET).replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" xmlns:r="{OFFICE}"')
    first = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    made[first] = data.replace("</sheetData>", f"</sheetData>{after}")
    made[WORKBOOK] = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{beside}</workbook>'
    made[RELATIONSHIPS] = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    others = {f"xl/worksheets/sheet{n}.xml": hostile.sheet(rows) for n in range(2, len(sheets) + 1)}
    types = "".join(
        f'<Override PartName="/{path}" ContentType="{hostile.TYPE}.worksheet+xml"/>' for path in (first, *others)
    )
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    return hostile.packed(made | others | parts)


def by_xlsxwriter(set_up):
    """Return a workbook of XlsxWriter that `set_up`(book) has written."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        set_up(book)
    return file.getvalue()


def parts_of(content):
    """Return {name: bytes} of what a workbook is packed of."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_by_openpyxl(content):
    """Return {sheet: {(row, column): value}} of all cells that hold something."""
    return {
        sheet.title: {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        for sheet in load_workbook(BytesIO(content)).worksheets
    }


def read_by_calamine(content):
    """Return the same as another program reads it: formulas as what they showed."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {
        name: {
            (row, column): value
            for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
            for column, value in enumerate(values, 1)
            if value != ""
        }
        for name in book.sheet_names
    }
