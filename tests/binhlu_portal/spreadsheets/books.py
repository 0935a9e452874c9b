"""Data workbooks for tests: written by the portal, edited as people do, read again."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from binhlu_portal.spreadsheets.data_workbook import reader
from binhlu_portal.spreadsheets.data_workbook.resources import MARK, TABS, tab_titled
from binhlu_portal.spreadsheets.data_workbook.row_ids import RowIds
from binhlu_portal.spreadsheets.data_workbook.writer import write
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from organizations.scope import SYSTEM

TODAY = date(2026, 12, 31)
"""The day on which workbooks of tests are brought, unless a test says otherwise."""


def written(user=SYSTEM, unit=None, *, filled=True):
    """Return the bytes of a workbook that the portal writes for `user`."""
    file = BytesIO()
    write(file, user=user, unit=unit, filled=filled)
    return file.getvalue()


def mark_of(record):
    """Return the mark by which this database calls a record."""
    return RowIds.of_database().mark(record._meta.db_table, record.pk)


def cell_value(read):
    """Return the value of a cell: nothing where it is empty, numbers without a fraction as whole ones."""
    if isinstance(read, float) and read.is_integer():
        return int(read)
    return None if read == "" else read


class Book:
    """A data workbook as rows by the names of fields, `mark` among them: {model: [{name: value}]}."""

    def __init__(self, rows=None, stamp=""):
        self.rows = {model: [] for model in TABS} | (rows or {})
        self.stamp = stamp

    @classmethod
    def of(cls, user=SYSTEM, unit=None):
        """Return what the portal writes for `user`."""
        return cls.read(written(user, unit))

    @classmethod
    def read(cls, content):
        """Return what stands in a workbook."""
        found = CalamineWorkbook.from_object(BytesIO(content))
        rows = {}
        for title in found.sheet_names:
            if tab := tab_titled(title):
                names = {MARK: "mark"} | {column.column_name: name for name, column in tab.columns.items()}
                heading, *lines = found.get_sheet_by_name(title).to_python()
                rows[tab.model] = [
                    dict(zip(map(names.get, heading), map(cell_value, line), strict=True)) for line in lines
                ]
        return cls(rows, found.get_sheet_by_name(reader.HIDDEN).to_python()[0][0])

    def of_record(self, record):
        """Return the row of a record."""
        return next(row for row in self.rows[type(record)] if row["mark"] == mark_of(record))

    def add(self, model, **values):
        """Add a row."""
        self.rows[model].append(values)
        return values

    def grids(self):
        """Return its sheets as they are read from a file."""
        found = [Grid(reader.HIDDEN, [[self.stamp]])] if self.stamp else []
        for model, rows in self.rows.items():
            columns = TABS[model].columns
            names = ["mark", *columns]
            heading = [MARK, *(column.column_name for column in columns.values())]
            if rows:
                found.append(Grid(TABS[model].title, [heading, *([row.get(name) for name in names] for row in rows)]))
        return found

    def reading(self):
        """Return the `Reading` of it."""
        grids = self.grids()
        reading = reader.read(grids)
        reading.grids = grids
        return reading

    def bring(self, user, **more):
        """Write it into the database as `user` and return the `Outcome`."""
        return import_rows(self.reading(), user, **{"today": TODAY} | more)


def wrong(outcome):
    """Return what is wrong: [(sheet, row, message)]."""
    return [(fault.sheet, fault.row, fault.message) for fault in outcome.faults]


def everything():
    """Return the values of all records, by model and id."""
    return {model: {row["pk"]: row for row in model._base_manager.values("pk", *TABS[model].columns)} for model in TABS}


def differences(before, after):
    """Return {(model, id): {field: (before, after)}} of what has changed; None for what was not there."""
    found = {}
    for model, rows in after.items():
        assert before[model].keys() <= rows.keys()
        for pk, row in rows.items():
            old = before[model].get(pk)
            if old != row:
                found[model, pk] = old and {name: (old[name], row[name]) for name in row if old[name] != row[name]}
    return found


def xlsx(book):
    """Return a `Book` as the bytes of a file."""
    made = Workbook()
    made.remove(made.active)
    for grid in book.grids():
        sheet = made.create_sheet(grid.name)
        for row in grid.rows:
            sheet.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()
