"""Excel renderer of sheets: a workbook to print and sign, one worksheet per sheet, totals as formulas.

The page follows Hướng dẫn 36-HD/VPTW as far as a wide table allows: its sizes of type, the heading in two columns, the
number of the page in the middle of the top margin from page 2 on. The table fits the width of the paper.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import repeat, zip_longest
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from binhlu_portal.sheets.letters import lines_of
from binhlu_portal.sheets.sheet import PARTY, FormHeading, Share, Sheet

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_TAB = re.compile(r"[\\/*?:\[\]']")
LONGEST_TAB = 31
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WITHOUT_RESULT = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)')
NO_DAY = (1980, 1, 1)  # instead of the day of writing: the first that a zip file can name

TABLE_SIZE = 12  # points; columns are as wide as so many digits of this size
LINE = 1.3  # the height of a line of text, in its size
BOLD = 1.15  # how much wider bold letters are
PADDING = 0.75  # digits of a column that stay empty beside its text
SIGNATURE_LINES = 3  # left empty for a hand and a seal
MILLIMETRE = 1 / 25.4  # inches
WHOLE = {"number": "#,##0", "percent": "0"}  # the format of a number before its decimals
GAP = "_)"  # leaves the width of a bracket between a number and the border
ACROSS_PAPER, UPRIGHT_PAPER = 118, 79  # digits of the table between the margins
FRAME = Border(*[Side("thin")] * 4)
ACROSS = {"number": "right", "percent": "right", "text": "left", "mark": "center"}


def write(sheets: Sequence[Sheet], file: str | Path | BinaryIO) -> None:
    """Render `sheets` as .xlsx to the path or binary file `file`; the same sheets give the same bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook._named_styles["Normal"].font = _font()  # Excel measures the width of columns by it
    pages = [_Page(sheet, workbook.create_sheet(_tab(sheet))) for sheet in sheets]
    for page in pages:
        page.draw()
    properties = workbook.properties
    properties.title, properties.creator = _printable(sheets[0].title), ""
    properties.created = properties.modified = datetime(*NO_DAY)
    ExcelWriter(workbook, _Package(file, [page.results for page in pages])).save()


class _Package(ZipFile):
    """The zip file of a workbook: without the time of writing, and with the results of formulas.

    The writer of openpyxl leaves results to the program that opens the workbook; one that only shows it, as on
    telephones, would show empty totals.
    """

    def __init__(self, file, results):
        super().__init__(file, "w")
        self._results = {f"xl/worksheets/sheet{number}.xml": of for number, of in enumerate(results, 1)}

    def writestr(self, name: str, data: bytes) -> None:
        """Add the entry `name`."""
        entry = ZipInfo(name, (*NO_DAY, 0, 0, 0))
        entry.external_attr = 0o600 << 16
        super().writestr(entry, data, ZIP_DEFLATED)

    def write(self, path: str, name: str) -> None:
        """Add the worksheet that lies at `path`."""
        results = self._results[name]
        self.writestr(
            name, WITHOUT_RESULT.sub(lambda cell: b"%b<v>%b</v>" % (cell[1], results[cell[2]]), Path(path).read_bytes())
        )


class _Page:
    """A worksheet being filled from the top; `row` is the next free one, rows and columns count from 1."""

    def __init__(self, sheet, worksheet):
        self.sheet, self.worksheet = sheet, worksheet
        self.columns = {leaf.key: number for number, leaf in enumerate(sheet.leaves, 1)}
        self.widths = _filling_the_paper(sheet.leaves, UPRIGHT_PAPER if sheet.upright else ACROSS_PAPER)
        self.last = len(self.widths)
        self.results = {}
        self.row = 1

    def draw(self) -> None:
        """Fill the worksheet and set how it is printed."""
        is_form = isinstance(self.sheet.heading, FormHeading)
        if self.sheet.heading:
            (self._form_heading if is_form else self._heading)(self.sheet.heading)
        if self.sheet.code and not is_form:
            self._line(self.sheet.code, _font(13, bold=True))
        self._line(self.sheet.title, _font(15, bold=True))
        if self.sheet.subtitle:
            self._line(self.sheet.subtitle, _font(13, italic=True))
        self.row += 1
        first = self.row
        self._header()
        self._rows()
        self._set_up_paper(header_from=first, header_to=first + self.sheet.depth)
        for note in self.sheet.notes:
            self._line(note, _font(italic=True), "left")
        self.row += 1
        self._foot()
        self.worksheet.print_area = f"A1:{get_column_letter(self.last)}{self.row - 1}"

    def _heading(self, heading):
        left = [(heading.superior.upper(), _font(14)), (heading.organ.upper(), _font(14, bold=True)), ("*", _font(14))]
        if heading.number:
            left.append((heading.number, _font(14)))
        between = [None] * (len(left) - 2)  # the day stands beside the number
        right = [
            (PARTY, _font(15, bold=True, underline="single")),
            *between,
            (heading.place_and_day, _font(14, italic=True)),
        ]
        self._side_by_side(left, right)
        self.row += 1

    def _form_heading(self, heading):
        """Write who reports beside what the form is called, as forms of statistics have it."""
        left = [(heading.superior.upper(), _font(13)), (heading.organ.upper(), _font(13, bold=True))]
        right = [(heading.form, _font(13, bold=True)), (f"Đơn vị tính: {heading.measure}", _font(13, italic=True))]
        self._side_by_side(left, right)
        self.row += 1

    def _header(self):
        """Write the tree of headers and the numbers of the columns."""
        heights = [0] * self.sheet.depth
        for line in self.sheet.header():
            for cell in line:
                first, last, top = cell.first + 1, cell.first + cell.colspan, self.row + cell.line
                height = self._put(top, first, last, cell.column.label, _font(bold=True), frame=True, rows=cell.rowspan)
                covered = slice(cell.line, cell.line + cell.rowspan)
                heights[covered.stop - 1] += max(0, height - sum(heights[covered]))
        for height in heights:
            self._close_row(height)
        for number in range(1, self.last + 1):
            height = self._put(self.row, number, number, f"({number})", _font(11, italic=True), frame=True)
        self._close_row(height)

    def _rows(self):
        excel_rows = {row.key: number for number, row in enumerate(self.sheet.rows, self.row)}
        leaves = self.sheet.leaves
        name = next((leaf for leaf in leaves if leaf.kind == "text"), None)
        for row in self.sheet.rows:
            indents = [row.level if leaf is name else 0 for leaf in leaves]
            self._close_row(max(map(self._cell, repeat(row), leaves, repeat(excel_rows), indents)))

    def _cell(self, row, leaf, excel_rows, indent):
        """Write the cell of `row` in the column `leaf`; an empty one has no formula either, which would show nought."""
        cell, number = row.cell(leaf.key), self.columns[leaf.key]
        font = _font(bold=row.emphasis)
        height = self._put(self.row, number, number, cell.value, font, ACROSS[leaf.kind], frame=True, indent=indent)
        written = self.worksheet.cell(self.row, number)
        if isinstance(cell.value, date):
            written.number_format = "DD/MM/YYYY"
        elif leaf.kind in WHOLE:
            places = leaf.places if cell.places is None else cell.places
            written.number_format = f"{WHOLE[leaf.kind]}.{'0' * places}".rstrip(".") + GAP
        if cell.formula and cell.value is not None:
            sources = [(excel_rows[key], self.columns[of]) for key, of in cell.formula.sources(row.key, leaf.key)]
            written.value = f"={_excel_formula(cell.formula, sources, leaf.places)}"
            self.results[written.coordinate.encode()] = str(cell.value).encode()
        return height

    def _foot(self):
        """Write who signs on the right, and on the left the second signature, or who receives the table, or both."""
        sheet = self.sheet
        left, right = [], []
        if sheet.signature:
            day = sheet.signature.place_and_day
            right = [(day, _font(14, italic=True))] if day else []
            right += [
                (sheet.signature.authority.upper(), _font(14, bold=True)),
                (sheet.signature.post.upper(), _font(14)),
            ]
            right += [None] * SIGNATURE_LINES
            right += [(sheet.signature.name, _font(14, bold=True))] if sheet.signature.name else []
        if sheet.left_signature:
            left = [(sheet.left_signature.upper(), _font(14, bold=True))]
            left += [None] * (max(len(right), SIGNATURE_LINES) - 1)
        if sheet.recipients:
            left += [("Nơi nhận:", _font(14, underline="single"), "left")]
            left += [(f"- {recipient}", _font(), "left") for recipient in sheet.recipients]
        self._side_by_side(left, right)

    def _side_by_side(self, left, right):
        """Write two blocks of lines, each (text, font) or None for an empty one, on the halves of the page."""
        middle = min(range(1, self.last), key=lambda end: abs(sum(self.widths[:end]) - sum(self.widths[end:])))
        for left_line, right_line in zip_longest(left, right):
            heights = [_height("", 1, _font(14))]
            if left_line:
                heights.append(self._put(self.row, 1, middle, *left_line))
            if right_line:
                heights.append(self._put(self.row, middle + 1, self.last, *right_line))
            self._close_row(max(heights))

    def _line(self, text, font, across="center"):
        """Write `text` over the whole width."""
        self._close_row(self._put(self.row, 1, self.last, text, font, across))

    def _put(self, row, first, last, value, font, across="center", *, frame=False, rows=1, indent=0):
        """Write `value` to a cell that covers the columns `first` to `last`; return the height it needs, in points."""
        cell = self.worksheet.cell(row, first)
        cell.font = font
        cell.alignment = Alignment(across, "center", wrap_text=isinstance(value, str), indent=indent)
        if frame:
            cell.border = FRAME
        if last > first or rows > 1:
            self.worksheet.merge_cells(start_row=row, end_row=row + rows - 1, start_column=first, end_column=last)
        if not isinstance(value, str):
            cell.value = value
            return _height("", 1, font)
        text = _printable(value)
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(STARTS_FORMULA)
        return _height(text, sum(self.widths[first - 1 : last]) - 2 * indent, font)

    def _close_row(self, height):
        self.worksheet.row_dimensions[self.row].height = height
        self.row += 1

    def _set_up_paper(self, header_from, header_to):
        """Lay A4 as the sheet lies, repeat the headers on every page, and number the pages from the second on."""
        worksheet = self.worksheet
        for number, width in enumerate(self.widths, 1):
            worksheet.column_dimensions[get_column_letter(number)].width = width
        worksheet.print_title_rows = f"{header_from}:{header_to}"
        worksheet.freeze_panes = f"A{header_to + 1}"
        worksheet.sheet_view.showGridLines = False
        worksheet.page_setup.orientation = "portrait" if self.sheet.upright else "landscape"
        worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
        worksheet.page_setup.firstPageNumber, worksheet.page_setup.useFirstPageNumber = 1, True
        worksheet.print_options.horizontalCentered = True
        margins = worksheet.page_margins
        margins.top, margins.header = 20 * MILLIMETRE, 10 * MILLIMETRE
        margins.bottom = margins.left = margins.right = 15 * MILLIMETRE
        worksheet.HeaderFooter.differentFirst = True
        worksheet.oddHeader.center.text = "&P"
        worksheet.oddHeader.center.font, worksheet.oddHeader.center.size = "Times New Roman,Regular", 14


def _font(size=TABLE_SIZE, **style):
    return Font(name="Times New Roman", size=size, **style)


def _height(text, width, font):
    """Return the points that `text` takes in type of a `font`, in a cell of `width` digits of the table."""
    fitting = max(1, width - PADDING) * TABLE_SIZE / font.size / (BOLD if font.bold else 1)
    return sum(lines_of(line, fitting) for line in text.split("\n")) * font.size * LINE + 2


def _filling_the_paper(columns, paper):
    """Return the widths of `columns`, those of text so much wider that a narrow table fills the `paper`."""
    spare = max(0, paper - sum(column.width for column in columns))
    texts = sum(column.kind == "text" for column in columns)
    return [column.width + (spare // texts if column.kind == "text" else 0) for column in columns]


def _tab(sheet):
    return NOT_IN_TAB.sub("-", _printable(sheet.tab or sheet.code))[:LONGEST_TAB]


def _printable(text):
    """Return `text` without the control characters that a workbook cannot hold."""
    return NOT_IN_XML.sub("", text)


def _excel_formula(formula, sources, places):
    """Return `formula` in the language of Excel; `sources` are the (row, column) numbers of what it reads."""
    names = [f"{get_column_letter(column)}{row}" for row, column in sources]
    if isinstance(formula, Share):
        part, whole = names
        return f'IF({whole}=0,"",ROUND({part}*100/{whole},{places}))'
    added = len(formula.plus)
    taken = "".join(f"-{name}" for name in names[added:])
    return (f"SUM({names[0]}:{names[added - 1]})" if _in_line(sources[:added]) else "+".join(names[:added])) + taken


def _in_line(sources):
    """Tell whether `sources` are neighbours from the first to the last, in one row or one column."""
    (row, column), number = sources[0], len(sources)
    down = [(row + step, column) for step in range(number)]
    right = [(row, column + step) for step in range(number)]
    return number > 1 and sources in (down, right)
