"""A data workbook read: by the portal, which has a process of its own refuse what is hostile, and by openpyxl."""

from io import BytesIO

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from binhlu_portal.spreadsheets.sandbox.client import read

from .files import make_files
from .turns import HEADING, take_turns

GOAL, GOAL_ALONE = 1.0, 0.1
"""Reading safely may take as long as openpyxl takes without any care; the reader beneath it a tenth."""


def measure(folder, members, say=print):
    """Say how the portal and the reader it stands on compare with openpyxl."""
    content = make_files(folder, members)[0].read_bytes()

    def openpyxl():
        for sheet in load_workbook(BytesIO(content), read_only=True):
            for _ in sheet.iter_rows(values_only=True):
                pass

    def calamine():
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    say(HEADING)
    ways = {"the portal": (lambda: read(content, "du-lieu.xlsx"), GOAL), "calamine alone": (calamine, GOAL_ALONE)}
    for name, (way, goal) in ways.items():
        say(f"{f'{name}, {members:,} members':34} {take_turns(way, openpyxl, goal, pairs=2)}")
