"""Lists of offices as files, and a folder of them that was checked."""

from openpyxl import Workbook

from binhlu_portal.spreadsheets.jobs.actions import receive_folder, work_on_next
from members.choices import StartReason
from tests.binhlu_portal.spreadsheets.files import saved

DAY = "2026-03-01"
HEAD = ("TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chi bộ")
DOUBTFUL = (*HEAD, "Mục khác")
"""Headings with one of which it is not sure what it means."""


def a_list(*people, cell="Chi bộ a", head=HEAD, more=()):
    """Return a workbook that lists `people`, (name, day of birth) or a name, all of one cell."""
    book = Workbook()
    book.active.append(head)
    for number, person in enumerate(people, 1):
        name, born = person if isinstance(person, tuple) else (person, f"17/05/19{50 + number % 50}")
        book.active.append([number, name, born, "Nam", "Thái", cell, *more])
    return saved(book)


def received(user, *contents):
    """Return a folder of files 1.xlsx, 2.xlsx … that waits to be checked."""
    files = [(f"{number}.xlsx", content) for number, content in enumerate(contents, 1)]
    return receive_folder(
        user=user, name="ds.zip", files=files, settings={"day": DAY, "way": StartReason.TRANSFERRED_IN}
    )


def worked():
    """Let the worker do all that waits."""
    while work_on_next():
        pass


def checked(user, *contents):
    """Return a folder of files that were checked."""
    folder = received(user, *contents)
    worked()
    return folder
