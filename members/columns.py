"""Columns by which lists name a person, and the pages that work off the people ticked in a list."""

from binhlu_portal.records.tables.bulk_pages import CHOSEN_UNITS, BulkPage
from binhlu_portal.records.tables.columns import ListColumn, labelled
from members import ethnicity

from . import choices


def person(path="member__"):
    """Return the columns by which a person is known."""
    return (
        ListColumn("Họ và tên", f"{path}full_name", short=True, sort=f"{path}sort_name", member=f"{path}pk"),
        ListColumn("Ngày sinh", f"{path}born_on", short=True),
        ListColumn("Giới tính", f"{path}gender", labelled(choices.Gender), short=True),
        ListColumn("Dân tộc", f"{path}ethnicity", labelled(ethnicity.ETHNICITY_CHOICES), short=True),
    )


CELL = ListColumn("Chi bộ", "cell")
BY_NAME = ("member__sort_name", "pk")


MAKE_OFFICIAL = BulkPage("Công nhận chính thức những người đã chọn trên bảng", ("admissions-official",))


POST_DECISIONS = BulkPage("Ghi quyết định của những người đã chọn trên bảng", ("post-decisions",))

COMMITTEES = BulkPage("Ghi cấp ủy của các tổ chức đã chọn trên bảng", ("committees",), chosen=CHOSEN_UNITS)


def adding(code: str, words: str) -> BulkPage:
    """Return the form that adds the same fact, of the record type with `code`, about everybody."""
    return BulkPage(words, ("record-add", code))


def on_grid(*labels: str) -> BulkPage:
    """Return the grid of people with the columns that have these labels in their list."""
    columns = [ListColumn(label, "").name for label in labels]
    return BulkPage("Sửa những người đã chọn trên bảng", ("members-grid",), {"cot": columns})
