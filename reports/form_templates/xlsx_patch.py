"""Values put into the cells of a workbook; all else stays as its author has made it, drawings included.

openpyxl would lose what it does not know, such as the lines drawn beneath the heading of most official forms. So the
XML of the sheets is changed where a value goes, and nowhere else.
"""

import posixpath
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from binhlu_portal.deterministic_zip import deterministic_zip
from binhlu_portal.spreadsheets.sandbox.xlsx import RELATIONSHIPS, WORKBOOK

PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)
BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
"""The last of these in a workbook is what the settings of calculation follow."""


def fill(content, values):
    """Return the workbook with `values` {sheet: {"C7": number, text or None}}; cells that compute are left alone.

    What formulas showed is removed, for it is not true any more: whoever opens the workbook computes it anew.
    """
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    workbook = etree.fromstring(parts[WORKBOOK], PARSER)
    for name, path in _sheets(workbook, parts):
        sheet = etree.fromstring(parts[path], PARSER)
        _put_all(sheet, values.get(name, {}))
        _forget_results(sheet)
        parts[path] = _written(sheet)
    _compute_when_opened(workbook)
    parts[WORKBOOK] = _written(workbook)
    return deterministic_zip(parts.items())


def _tag(element, name):
    """Return the name of an element of the same language as `element`."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def _written(root):
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sheets(workbook, parts):
    """Return (name, path) of the worksheets."""
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target"))).lstrip("/")
        for relation in etree.fromstring(parts[RELATIONSHIPS], PARSER)
        if relation.get("Type", "").endswith("/worksheet")
    }
    found = [
        (sheet.get("name"), next(value for key, value in sheet.items() if etree.QName(key).localname == "id"))
        for sheet in workbook.iter(_tag(workbook, "sheet"))
    ]
    return [(name, targets[key]) for name, key in found if key in targets]


def _put_all(sheet, values):
    data = sheet.find(_tag(sheet, "sheetData"))
    _number(data)
    rows = {int(row.get("r")): row for row in data}
    for place, value in values.items():
        letters, number = coordinate_from_string(place)
        if number not in rows:
            rows[number] = _insert(data, "row", [int(row.get("r")) for row in data], number, str(number))
        row = rows[number]
        row.attrib.pop("spans", None)
        columns = {_column(cell.get("r")): cell for cell in row}
        column = column_index_from_string(letters)
        if column not in columns:
            columns[column] = _insert(row, "c", list(columns), column, place)
        _put(columns[column], value)


def _number(data):
    """Let every row and cell say where it stands: both may leave it out when they follow the one before."""
    row_number = 0
    for row in data:
        row_number = int(row.get("r", row_number + 1))
        row.set("r", str(row_number))
        column = 0
        for cell in row:
            column = _column(cell.get("r")) if cell.get("r") else column + 1
            cell.set("r", f"{get_column_letter(column)}{row_number}")


def _column(place):
    return column_index_from_string(coordinate_from_string(place)[0])


def _insert(parent, name, numbers, number, place):
    """Put a new element among those with `numbers`, in their order."""
    element = etree.Element(_tag(parent, name), r=place)
    parent.insert(sum(other < number for other in numbers), element)
    return element


def _put(cell, value):
    """Write `value` into a cell; one that computes keeps its formula."""
    if cell.find(_tag(cell, "f")) is not None:
        return
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, _tag(cell, "is")), _tag(cell, "t"))
        text.text = value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elif value is not None:
        etree.SubElement(cell, _tag(cell, "v")).text = repr(value)


def _forget_results(sheet):
    for formula in sheet.iter(_tag(sheet, "f")):
        cell = formula.getparent()
        cell.attrib.pop("t", None)
        for result in cell.findall(_tag(cell, "v")):
            cell.remove(result)


def _compute_when_opened(workbook):
    settings = workbook.find(_tag(workbook, "calcPr"))
    if settings is None:
        settings = etree.Element(_tag(workbook, "calcPr"))
        found = (workbook.find(_tag(workbook, name)) for name in BEFORE_CALCULATION)
        before = next(element for element in found if element is not None)
        before.addnext(settings)
    settings.set("fullCalcOnLoad", "1")
