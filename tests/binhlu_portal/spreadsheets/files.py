"""Files for tests as people send them: workbooks of the portal changed in a cell or two, brought in and checked."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from binhlu_portal.spreadsheets.jobs.actions import receive_file, work_on_next

PEOPLE = "Đảng viên"


def changed(content, *changes):
    """Return a workbook with `changes` (sheet, row from 1, heading of the column, value)."""
    book = load_workbook(BytesIO(content))
    for title, row, heading, value in changes:
        sheet = book[title]
        headings = [cell.value for cell in sheet[1]]
        sheet.cell(row, headings.index(heading) + 1).value = value
    return saved(book)


def saved(book):
    """Return an open workbook as a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def newcomer(row=2, name="Nguyễn Văn Mẫu", born="17/05/1990", gender="Nam", ethnicity="Kinh"):
    """Return the changes that write a new person into a row of the workbook."""
    values = {"Họ và tên": name, "Ngày sinh": born, "Giới tính": gender, "Dân tộc": ethnicity}
    return [(PEOPLE, row, heading, value) for heading, value in values.items()]


def checked(user, content, name="ds.xlsx"):
    """Return a file that was brought in and checked."""
    batch = receive_file(user=user, name=name, content=content, settings={"day": "2026-03-01"})
    work_on_next()
    batch.refresh_from_db()
    return batch


def upload(content, name="ds.xlsx"):
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)
