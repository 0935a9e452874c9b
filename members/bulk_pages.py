"""Pages on which people ticked in a list of a check or a reminder are worked off at once."""

from binhlu_portal.records.tables.columns import ListColumn
from binhlu_portal.records.tables.picking import BulkPage

MAKE_OFFICIAL = BulkPage("Công nhận chính thức những người đã chọn trên bảng", ("admissions-official",))


def adding(code: str, words: str) -> BulkPage:
    """Return the form that adds the same fact, of the record type with `code`, about everybody."""
    return BulkPage(words, ("record-add", code))


def on_grid(*labels: str) -> BulkPage:
    """Return the grid of people with the columns that have these labels in their list."""
    columns = [ListColumn(label, "").name for label in labels]
    return BulkPage("Sửa những người đã chọn trên bảng", ("members-grid",), {"cot": columns})
