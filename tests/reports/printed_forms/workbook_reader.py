"""How the tests of annexes read a sheet, its links and its workbook."""

import io

from openpyxl import load_workbook

from binhlu_portal.sheets import xlsx


def values(row):
    """Return the cells of a row that are not empty, but its mark and name, by column."""
    shown = {key: row.cell(key).value for key in row.cells if key not in ("mark", "name", "unit")}
    return {key: value for key, value in shown.items() if value is not None}


def rows(sheet):
    """Return the rows of a sheet by their key, each as its cells that are not empty."""
    return {row.key: values(row) for row in sheet.rows}


def links(sheet):
    """Return every linked cell of a sheet with its row and column."""
    cells = [(row.key, key, row.cell(key)) for row in sheet.rows for key in row.cells]
    return [(row, column, cell) for row, column, cell in cells if cell.link]


def opened(client, link):
    """Return the number that the page behind a link shows for its list."""
    response = client.get(link)
    assert response.status_code == 200, link
    assert response.context["narrowed_value"] == response.context["table"].paginator.count, link
    return response.context["narrowed_value"]


def check_links(client, reader, sheets, without=()):
    """Open every link of `sheets` but in the rows `without`: the list must have as many rows as the cell says."""
    client.force_login(reader)
    found = [(sheet, *cell) for sheet in sheets for cell in links(sheet) if cell[0] not in without]
    assert found
    numbers = {link: opened(client, link) for link in {cell.link for *_, cell in found}}
    for sheet, row, column, cell in found:
        assert numbers[cell.link] == cell.value, (sheet.code, row, column, cell.link)


def workbook(sheets):
    """Return the bytes of the workbook of `sheets`."""
    file = io.BytesIO()
    xlsx.write(sheets, file)
    return file.getvalue()


def formulas(sheets):
    """Return the formulas of each row of the first worksheet, by the name in its second column."""
    worksheet = load_workbook(io.BytesIO(workbook(sheets))).worksheets[0]
    return {
        line[1].value: [cell.value for cell in line if isinstance(cell.value, str) and cell.value.startswith("=")]
        for line in worksheet.iter_rows()
        if line[1].value
    }
