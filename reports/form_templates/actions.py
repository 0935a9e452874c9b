"""Actions on form templates (blanks): keep one, replace its file, bind its cells."""

from datetime import datetime

from binhlu_portal.accounts.models import User
from binhlu_portal.db.actions import Refusal, action, change, create
from organizations.models import Unit
from organizations.scope import SYSTEM, Reader
from reports.form_templates.models import Blank, BlankCell, BlankFile
from reports.placeholders.cells import CELLS
from reports.placeholders.syntax import PLACEHOLDER
from reports.reporting_periods.closing.snapshot_codec import pack

from .evaluation import check_place
from .worker_client import outline


@action
def keep_blank(*, unit: Unit, name: str, user: User, now: datetime, file_name: str, content: bytes) -> Blank:
    """Keep a workbook of a superior committee as a form template that `unit` fills.

    Raises Refusal when a place-holder typed in it is not known, or the file cannot be filled.
    """
    blank = create(Blank, unit=unit, name=name)
    _keep_file(blank, user, now, file_name, content)
    return blank


@action
def replace_file(*, blank: Blank, user: User, now: datetime, file_name: str, content: bytes) -> BlankFile:
    """Replace the workbook of a form template from now on.

    Raises Refusal when a bound cell is not in the new file, or a place-holder typed in it is not known.
    """
    file = _keep_file(blank, user, now, file_name, content)
    grids = file.grids
    for cell in blank.cells.all():
        check_place(grids, cell)
    return file


def _keep_file(blank, user, now, file_name, content):
    sheets = outline(content)
    file = BlankFile(blank=blank, user=user, at=now, name=file_name[-120:], content=content, sheets=pack(sheets))
    typed = [cell.text for grid in file.grids.values() for cell in grid.values() if PLACEHOLDER.search(cell.text)]
    if wrong := [sentence for text in typed for sentence in CELLS.errors_in(text, blank.unit, user)]:
        raise Refusal([*dict.fromkeys(wrong)])
    file.full_clean()
    file.save(force_insert=True)
    return file


@action
def bind(
    *,
    blank: Blank,
    sheet: str,
    row: int,
    column: int,
    text: str,
    of: str | None = None,
    earlier: bool = False,
    last_row: int | None = None,
    user: Reader = SYSTEM,
) -> BlankCell:
    """Bind a cell of the form template: the portal writes `text` there from now on, instead of what it wrote before.

    `text` names only units that `user` may see. Raises Refusal for an unknown place-holder, a cell that cannot be
    written, and one that overlaps another binding.
    """
    check_place(blank.file.grids, BlankCell(sheet=sheet, row=row, column=column))
    text = CELLS.with_braces(text)
    if wrong := CELLS.errors_in(text, blank.unit, user, in_rows=last_row is not None):
        raise Refusal({"text": wrong})
    fields = {"text": text, "of": of, "earlier": earlier, "last_row": last_row}
    column_of = BlankCell.objects.filter(blank=blank, sheet=sheet, column=column)
    for other in column_of.exclude(row=row).filter(row__lte=last_row or row):
        if row <= (other.last_row or other.row):
            raise Refusal(f"Ô này chồng lên ô đã gắn {other} ({other.in_words}): sửa hoặc bỏ gắn ô đó trước.")
    if found := column_of.filter(row=row).first():
        return change(found, **fields)
    return create(BlankCell, blank=blank, sheet=sheet, row=row, column=column, **fields)
