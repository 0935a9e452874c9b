"""A list as an Excel file: by the portal, and by XlsxWriter in constant-memory mode with nothing around it."""

from datetime import date
from functools import partial
from tempfile import TemporaryFile

from xlsxwriter import Workbook

from binhlu_portal.records.tables.exports import write_xlsx

from .turns import HEADING, take_turns

LABELS = [f"Cột {number}" for number in range(1, 21)]
GOAL = 1.3


def rows(count):
    """Return the rows of a list of people: names, days, numbers and words."""
    for number in range(count):
        words = (f"Đơn vị số {number % 60}", "Nam", "Thái", f"Bản {number % 30:02}", "Hoàn thành tốt nhiệm vụ")
        days = (date(1980, 5, number % 28 + 1), date(2010, 1, 5), date(2011, 1, number % 28 + 1))
        yield [f"Đảng viên {number}", *days, number, 3.5, *words * 2, "", None, f"{number:012}", "không"]


def by_portal(count):
    """Write the list as the portal does."""
    with TemporaryFile() as file:
        write_xlsx(file, ["Danh sách"], LABELS, rows(count))


def bare(count):
    """Write the same cells with the fewest calls."""
    with TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, LABELS)
        for number, row in enumerate(rows(count), 1):
            sheet.write_row(number, 0, row)
        book.close()


def measure(count, say=print):
    """Say how both ways compare for a list of so many rows."""
    say(HEADING)
    found = take_turns(partial(by_portal, count), partial(bare, count), GOAL)
    say(f"{f'export of {count:,} x {len(LABELS)}':34} {found}")
    return found
